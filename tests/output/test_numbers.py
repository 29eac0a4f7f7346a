"""Numbers as people read them."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glomex_cli.models import Cell, Column, Report, Role
from glomex_cli.output.numbers import (
    cell_text,
    format_amount,
    format_change,
    format_percent,
    total_texts,
)
from support.rendering import report_of

NUMBERS = st.one_of(st.integers(), st.floats())


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "-"),
        (0, "0"),
        (999, "999"),
        (1000, "1,000"),
        (-1234567, "-1,234,567"),
        (10**18, "1,000,000,000,000,000,000"),
        (0.0, "0"),
        (-0.0, "0"),
        (1.0, "1.00"),
        (1234.567, "1,234.57"),
        (-1234.5, "-1,234.50"),
        (0.5, "0.5000"),
        (0.0001, "0.0001"),
        (0.00001234, "1.23e-05"),
        (999_999_999_999_999.0, "999,999,999,999,999.00"),
        (1e15, "1e+15"),
        (math.nan, "-"),
        (math.inf, "-"),
        (-math.inf, "-"),
    ],
)
def test_amounts_are_grouped_and_no_longer_than_helps(value: float | None, text: str) -> None:
    assert format_amount(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "-"),
        (1200, "+1,200"),
        (-3, "-3"),
        (0, "0"),
        (0.0, "0"),
        (0.5, "+0.5000"),
        (-12.345, "-12.35"),
        (math.inf, "-"),
        (-math.inf, "-"),
        (math.nan, "-"),
    ],
)
def test_a_change_carries_its_sign(value: float | None, text: str) -> None:
    assert format_change(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "-"),
        (12.34, "+12.3%"),
        (-99.96, "-100.0%"),
        (1234.5, "+1,234.5%"),
        (10**400, f"+{10**400:,}.0%"),
        (5, "+5.0%"),
        (0, "0.0%"),
        (0.04, "0.0%"),
        (-0.04, "0.0%"),
        (-0.0, "0.0%"),
        (math.inf, "-"),
        (math.nan, "-"),
    ],
)
def test_percents_have_one_decimal_and_a_sign(value: float | None, text: str) -> None:
    assert format_percent(value) == text


@given(NUMBERS)
def test_the_sign_is_that_of_the_number(value: float) -> None:
    for text in (format_change(value), format_percent(value)):
        if text.startswith("+"):
            assert value > 0
        elif text.startswith("-") and text != "-":
            assert value < 0


@given(st.integers())
def test_a_grouped_count_is_the_count(value: int) -> None:
    assert int(format_amount(value).replace(",", "")) == value


@pytest.mark.parametrize(
    ("value", "role", "text"),
    [
        ("2026-03-01", Role.DIMENSION, "2026-03-01"),
        (2026, Role.DIMENSION, "2026"),
        (None, Role.DIMENSION, "-"),
        ("▁█", Role.TREND, "▁█"),
        (None, Role.TREND, "-"),
        (2026, Role.METRIC, "2,026"),
        (2026, Role.CHANGE, "+2,026"),
        (2026, Role.PERCENT, "+2,026.0%"),
        ("n/a", Role.METRIC, "n/a"),
    ],
)
def test_a_cell_reads_as_its_column_says(value: Cell, role: Role, text: str) -> None:
    assert cell_text(value, role) == text


def test_a_report_without_a_total_has_no_footer() -> None:
    assert total_texts(report_of({"day": "2026-03-01"})) == []


@pytest.mark.parametrize(
    ("total", "footer"),
    [
        ({"views": 1234}, ["total", "1,234", ""]),
        ({"day": "all days", "views": 1}, ["all days", "1", ""]),
        ({"day": None, "views": None, "trend": "▁█"}, ["total", "", "▁█"]),
    ],
)
def test_the_footer_is_named_and_leaves_out_what_has_no_total(
    total: dict[str, Cell], footer: list[str]
) -> None:
    columns = (
        Column("day", Role.DIMENSION),
        Column("views", Role.METRIC),
        Column("trend", Role.TREND),
    )

    assert total_texts(Report(columns, [], total)) == footer


def test_a_footer_that_begins_with_a_number_has_no_name() -> None:
    columns = (Column("views", Role.METRIC), Column("day", Role.DIMENSION))

    assert total_texts(Report(columns, [], {})) == ["", ""]
