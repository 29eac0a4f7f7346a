"""Numbers as people read them."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glomex_cli.metrics import MetricKind, Unit, exact_float
from glomex_cli.models import Cell, Column, Report, Role
from glomex_cli.output.numbers import (
    cell_text,
    format_amount,
    format_change,
    format_percent,
    raw_text,
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
    assert cell_text(value, Column("x", role)) == text


DAILY = MetricKind(Unit.SECONDS, adds_up=True)
AVERAGE = MetricKind(Unit.SECONDS, adds_up=False)
STARTUP = MetricKind(Unit.MILLISECONDS, adds_up=False)


@pytest.mark.parametrize(
    ("value", "kind", "text", "change"),
    [
        (0.6074, MetricKind(Unit.FRACTION), "60.7%", "+60.7 pp"),
        (0.0001, MetricKind(Unit.FRACTION), "0.01%", "+0.01 pp"),
        (-0.012, MetricKind(Unit.FRACTION), "-1.2%", "-1.2 pp"),
        (60.74, MetricKind(Unit.PERCENT), "60.7%", "+60.7 pp"),
        (0.87, MetricKind(Unit.SCORE), "87", "+87"),
        (0.876, MetricKind(Unit.SCORE), "87.6", "+87.6"),
        (40705056, DAILY, "11,306.96 h", "+11,306.96 h"),
        (exact_float("40705056.00"), DAILY, "11,306.96 h", "+11,306.96 h"),
        (3600, DAILY, "1.00 h", "+1.00 h"),
        (2.8, DAILY, "2.80 s", "+2.80 s"),
        (0, DAILY, "0.00 h", "0.00 h"),
        (3_600_000, MetricKind(Unit.MILLISECONDS, adds_up=True), "1.00 h", "+1.00 h"),
        (73.256, AVERAGE, "73.26 s", "+73.26 s"),
        (0, AVERAGE, "0.00 s", "0.00 s"),
        (1, AVERAGE, "1.00 s", "+1.00 s"),
        (0.583, AVERAGE, "583 ms", "+583 ms"),
        (1583, STARTUP, "1,583 ms", "+1,583 ms"),
        (583.46, STARTUP, "583.5 ms", "+583.5 ms"),
        (12345.678, MetricKind(Unit.MONEY), "12,345.68", "+12,345.68"),
        (5, MetricKind(Unit.MONEY), "5.00", "+5.00"),
        (0.005, MetricKind(Unit.MONEY), "0.01", "+0.01"),
        (0.004, MetricKind(Unit.MONEY), "0.004", "+0.004"),
        (4213456, MetricKind(Unit.BITS_PER_SECOND), "4.21 Mb/s", "+4.21 Mb/s"),
        (10**12, MetricKind(Unit.BITS_PER_SECOND), "1,000,000.00 Mb/s", "+1,000,000.00 Mb/s"),
        (0.05, MetricKind(Unit.PER_MINUTE), "0.05/min", "+0.05/min"),
        (1234567, MetricKind(Unit.COUNT), "1,234,567", "+1,234,567"),
        (1234.5, MetricKind(Unit.NUMBER), "1,234.50", "+1,234.50"),
        (10**400, DAILY, f"{10**400:,}", f"+{10**400:,}"),
        (None, DAILY, "-", "-"),
        (math.inf, DAILY, "-", "-"),
    ],
)
def test_a_number_carries_the_unit_of_its_metric(
    value: float | None, kind: MetricKind, text: str, change: str
) -> None:
    assert cell_text(value, Column("x", Role.METRIC, kind=kind)) == text
    assert cell_text(value, Column("x", Role.CHANGE, kind=kind)) == change
    assert cell_text(5, Column("x", Role.PERCENT, kind=kind)) == "+5.0%"


@given(NUMBERS, st.sampled_from(Unit), st.sampled_from([True, False, None]))
def test_every_number_has_a_text_for_people_in_every_unit(
    value: float,
    unit: Unit,
    adds_up: bool | None,  # noqa: FBT001
) -> None:
    kind = MetricKind(unit, adds_up=adds_up)
    text = cell_text(value, Column("x", Role.METRIC, kind=kind))
    change = cell_text(value, Column("x", Role.CHANGE, kind=kind))

    assert not {"inf", "nan"} & set(text.split())
    shows_zero = not set(text) & set("123456789")
    assert text.startswith("-") or value >= 0 or not math.isfinite(value) or shows_zero
    assert change.startswith("+") is (0 < value < math.inf)


@pytest.mark.parametrize(
    ("value", "text"),
    [(1234567, "1234567"), (0.5, "0.5"), (exact_float("1.50"), "1.50"), (None, "-"), ("x", "x")],
)
@pytest.mark.parametrize("role", Role)
def test_a_pipe_gets_the_digits(value: Cell, text: str, role: Role) -> None:
    assert raw_text(value, Column("x", role, kind=DAILY)) == text
    assert raw_text(math.nan, Column("x", role)) == "-"


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
