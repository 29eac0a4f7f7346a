"""Columns of JSON cells to numbers. A string that holds a number counts as one, no boolean does."""

from __future__ import annotations

from array import array
from math import inf, isnan, nan
from types import NoneType
from typing import TYPE_CHECKING, cast

from glomex_cli.charts.parse.numbers import parse_number, quoted_word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from glomex_cli.charts.parse.numbers import Tally
    from glomex_cli.models import Json


def numbers_of(cells: Sequence[Json]) -> array[float] | None:
    """Return a column of numbers and gaps; None if a single cell is neither."""
    if (plain := _plain(cells)) is not None:
        return plain
    numbers = array("d")
    for cell in cells:
        number = _number(cell)
        if number is None:
            return None
        numbers.append(number)
    return numbers


def _plain(cells: Sequence[Json]) -> array[float] | None:
    """Return a column that holds only JSON numbers and null, the quick way; else None."""
    if not set(map(type, cells)) <= {float, NoneType}:
        return None
    numbers = cast("Sequence[float | None]", cells)
    return array("d", [nan if number is None else number for number in numbers])


def values_of(
    cells: Sequence[Json], tally: Tally, name: str = "", *, first_row: int = 1
) -> array[float]:
    """Return the values of a column; UsageError names the row of a cell that is not a number."""
    plain = _plain(cells)
    if plain is not None and inf not in plain and -inf not in plain:
        return plain
    values = array("d")
    for row, cell in enumerate(cells, first_row):
        number = _number(cell)
        if number is None:
            number = tally.refuse(_text(cell), f"row {row}{name and f' of {quoted_word(name)}'}")
        values.append(tally.accept(number))
    return values


def _number(cell: Json) -> float | None:
    match cell:
        case bool() | list() | dict():
            return None
        case None:
            return nan
        case str():
            return parse_number(cell.strip().encode("utf-8", "surrogatepass"))
        case _:
            return cell


def _text(cell: Json) -> str:
    match cell:
        case bool():
            return str(cell).lower()
        case list():
            return "[...]"
        case dict():
            return "{...}"
        case _:
            return str(cell)


def has_value(column: array[float]) -> bool:
    """Return whether a column holds more than gaps."""
    return not all(map(isnan, column))
