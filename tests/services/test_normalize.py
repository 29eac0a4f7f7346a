"""Numbers that arrive as numbers or text, and text that stays text."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glomex_cli.models import Cell, Role
from glomex_cli.services.normalize import normalize_cell, numeric
from support.reports import ANY_CELL


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (7, 7),
        (-7.5, -7.5),
        ("7", 7),
        (" +7\n", 7),
        ("12345678901234567890", 12345678901234567890),
        (".5", 0.5),
        ("5.", 5.0),
        ("-1.5e3", -1500.0),
        ("0.8743536882994202", 0.8743536882994202),
        (None, None),
        ("", None),
        ("-", None),
        ("1_000", None),
        ("1,000", None),
        ("0x10", None),
        ("７", None),
        ("٣", None),
        ("nan", None),
        ("Infinity", None),
        ("1e999", None),
        (math.nan, None),
        (-math.inf, None),
        (10**400, None),
        (-(10**400), None),
        ("9" * 5000, None),
        ("1e99999999999", None),
        (True, None),
    ],
)
def test_only_finite_ascii_numbers_count(cell: Cell, expected: float | None) -> None:
    found = numeric(cell)
    assert found == expected
    assert type(found) is type(expected)


@given(number=st.one_of(st.integers(-(10**60), 10**60), st.floats(allow_nan=False)))
def test_a_number_written_as_text_is_the_same_number(number: float) -> None:
    assert numeric(str(number)) == (number if math.isfinite(number) else None)


@given(cell=ANY_CELL, role=st.sampled_from(list(Role)))
def test_no_cell_fails_and_normal_cells_stay(cell: Cell, role: Role) -> None:
    normal = normalize_cell(cell, role)
    assert normalize_cell(normal, role) == normal
    assert normal == normal  # noqa: PLR0124 - not true of NaN


@given(text=st.text())
def test_the_text_of_a_dimension_is_never_touched(text: str) -> None:
    assert normalize_cell(text, Role.DIMENSION) == text


@pytest.mark.parametrize(
    ("cell", "expected"),
    [("154240", 154240), ("1.50", 1.5), ("  ", None), ("n/a", "n/a"), (True, True)],
)
def test_a_metric_sent_as_text_becomes_a_number_or_stays(cell: Cell, expected: Cell) -> None:
    assert normalize_cell(cell, Role.METRIC) == expected
