"""Numbers for machines: the digits that were sent are the digits that are written."""

import csv
import io
import json
import math
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glomex_cli.http.json_stream import JsonReader
from glomex_cli.metrics import exact_float
from glomex_cli.models import Cell, Column, Json, Report, Role
from glomex_cli.output.json import json_text
from glomex_cli.output.writer import Format
from glomex_cli.services.normalize import is_beyond, normalize_cell, numeric
from support.rendering import written

INTEGERS = st.integers(-(10**400), 10**400).map(str)
# As JSON writes them: any digits, of any length, with or without an exponent.
DECIMALS = st.from_regex(
    r"-?(0|[1-9][0-9]{0,30})(\.[0-9]{1,30})?([eE][+-]?[0-9]{1,2})?", fullmatch=True
)
NUMBERS = st.one_of(INTEGERS, DECIMALS).filter(lambda text: text != "-0")


def exactly(text: str) -> Json:
    """Read JSON as answers are read."""
    value: Json = json.loads(text, parse_float=exact_float)
    return value


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(), NUMBERS.map(exactly)),
    lambda inner: st.one_of(st.lists(inner), st.dictionaries(st.text(), inner)),
)
PLAIN_JSON = st.recursive(
    st.integers(), lambda inner: st.one_of(st.lists(inner), st.dictionaries(st.text(), inner))
)


def read(text: str) -> Json:
    return JsonReader([text.encode()], limit=10_000).value()


def columns_of(cell: Cell) -> Report:
    return Report((Column("x", Role.METRIC),), [{"x": cell}])


@given(NUMBERS, st.booleans())
def test_any_number_is_printed_as_it_was_sent(digits: str, as_text: bool) -> None:  # noqa: FBT001
    cell = digits if as_text else read(digits)
    assert not isinstance(cell, (dict, list))
    report = columns_of(normalize_cell(cell, Role.METRIC))

    assert written(report, Format.NDJSON) == f'{{"x": {digits}}}\n'
    assert written(report, Format.CSV) == f"x\r\n{digits}\r\n"
    assert written(report, Format.TSV) == f"x\n{digits}\n"


@pytest.mark.parametrize(
    ("text", "written_as"),
    [
        ("12345678901234567.89", "12345678901234567.89"),
        ("+007.50", "7.50"),
        (" 5. ", "5.0"),
        (".5", "0.5"),
        ("-.5E3", "-0.5E3"),
        ("5.e3", "5.0e3"),
        ("1e-400", "1e-400"),
        ("-0.00", "-0.00"),
    ],
)
def test_text_becomes_a_number_of_json(text: str, written_as: str) -> None:
    report = columns_of(normalize_cell(text, Role.METRIC))
    assert written(report, Format.NDJSON) == f'{{"x": {written_as}}}\n'
    assert Decimal(written_as) == Decimal(text)


@pytest.mark.parametrize("cell", ["1e400", "-1e999999999", "NaN", "Infinity", "-inf", math.inf])
def test_what_no_float_holds_is_missing_and_known_to_be(cell: str | float) -> None:
    assert is_beyond(cell, Role.METRIC)
    assert normalize_cell(cell, Role.METRIC) is None
    assert normalize_cell("1e400", Role.DIMENSION) == "1e400"


@pytest.mark.parametrize("cell", ["", "n/a", "e5", ".", "1_000", 5, 0.5, None, "9" * 5000])
def test_what_is_held_or_is_no_number_is_not_counted_as_lost(cell: Cell) -> None:
    assert not is_beyond(cell, Role.METRIC)


def test_a_number_to_reckon_with_is_a_plain_one() -> None:
    assert type(numeric(exact_float("1.50"))) is float
    assert numeric("1.50") == 1.5


@given(JSON, st.sampled_from([None, 2]))
def test_json_text_is_read_back_digit_by_digit(value: Json, indent: int | None) -> None:
    text = json_text(value, indent=indent)

    assert json.loads(text) == value
    assert json_text(exactly(text), indent=indent) == text


@given(PLAIN_JSON, st.sampled_from([None, 2]))
def test_json_text_lays_out_as_the_standard_library_does(value: Json, indent: int | None) -> None:
    assert json_text(value, indent=indent) == json.dumps(value, ensure_ascii=False, indent=indent)


def test_a_deep_value_is_written_all_the_same() -> None:
    deep: Json = []
    for _ in range(50_000):
        deep = [deep]
    assert json_text(deep) == "[" * 50_001 + "]" * 50_001
    while deep:  # taken apart level by level: freeing it at once is deep as well
        assert isinstance(deep, list)
        deep = deep.pop()


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf])
def test_json_text_has_no_word_for_what_json_lacks(number: float) -> None:
    with pytest.raises(ValueError, match="neither"):
        json_text([number])


def test_numbers_of_all_kinds_stand_in_one_column() -> None:
    cells: list[Cell] = [1, exact_float("1.50"), 0.5, None, 10**30]
    report = Report((Column("x", Role.METRIC),), [{"x": cell} for cell in cells])
    rows = csv.reader(io.StringIO(written(report, Format.CSV), newline=""))
    assert [row[0] for row in rows] == ["x", "1", "1.50", "0.5", "", "1" + "0" * 30]
