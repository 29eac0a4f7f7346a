"""Rows to series: which field is a line, which its times, which its weights."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from math import isfinite, nan
from types import NoneType
from typing import TYPE_CHECKING, cast

from glomex_cli.errors import UsageError
from glomex_cli.spark.gaps import Tally, figure, shown
from glomex_cli.spark.series import Kind, Series, floats, kind_of
from glomex_cli.spark.times import moments

if TYPE_CHECKING:
    from collections.abc import Sequence

    from glomex_cli.spark.documents import Json

TIME_FIELDS = ("day", "week", "month", "time", "timestamp", "date")
_WEIGHT_FIELDS = ("views", "video_views")
# Mux answers `[time, value, views]`.
_TIME_INDEX, _VALUE_INDEX, _WEIGHT_INDEX = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Picking:
    """Which field was asked for, and what has to be said about the values."""

    field: str | None
    tally: Tally
    notes: list[str] = field(default_factory=list[str])


def series_of_numbers(items: Sequence[Json], picking: Picking) -> Series:
    """Read a plain array; there is no field to pick."""
    if picking.field is not None:
        raise UsageError("--field picks from rows, and the input is plain numbers")
    return Series("", _values(items, picking.tally))


def series_of_arrays(rows: Sequence[list[Json]], picking: Picking) -> Series:
    """Read rows of `[time, value, …]`: the value at index 1, or at the index asked for."""
    index = _index(picking.field)
    if index >= max(map(len, rows)):
        raise UsageError(f"no row has a value at index {index}", hint="--field 0 is the first one")
    times = None if index == _TIME_INDEX else moments(_cell(row, _TIME_INDEX) for row in rows)
    weights = [_cell(row, _WEIGHT_INDEX) for row in rows] if index == _VALUE_INDEX else []
    return Series(
        "",
        _values([_cell(row, index) for row in rows], picking.tally),
        times,
        _numbers(weights) or None,
        # Mux's third value is the number of views.
        Kind.COUNT if index == _WEIGHT_INDEX else Kind.RATE,
    )


def _index(name: str | None) -> int:
    if name is None:
        return _VALUE_INDEX
    if not (name.isascii() and name.isdigit()) or len(name) > len("9999"):
        raise UsageError(
            f"the rows have no field {shown(name)}, only places", hint="--field 1 is the second one"
        )
    return int(name)


def _cell(row: list[Json], index: int) -> Json:
    return row[index] if index < len(row) else None


def series_of_objects(rows: Sequence[dict[str, Json]], picking: Picking) -> list[Series]:
    """Read rows of named fields: the one asked for, else each that holds nothing but numbers."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    if not names:
        return []
    time_field = next((name for name in TIME_FIELDS if name in names), None)
    times = time_field and moments(row.get(time_field) for row in rows)
    weights = _weights(rows)
    lines: list[Series] = []
    for name in _chosen(rows, names, picking.field):
        kind = kind_of(name)
        values = _values([row.get(name) for row in rows], picking.tally, name)
        lines.append(
            Series(name, values, times or None, weights if kind is Kind.RATE else None, kind)
        )
    return lines


def _chosen(rows: Sequence[dict[str, Json]], names: list[str], wanted: str | None) -> list[str]:
    if wanted is not None:
        if wanted not in names:
            raise UsageError(f"the rows have no field {shown(wanted)}", hint=_field_hint(names))
        return [wanted]
    candidates = [name for name in names if name not in TIME_FIELDS]
    columns = {name: _numbers([row.get(name) for row in rows]) for name in candidates}
    filled = [name for name, column in columns.items() if column and _has_value(column)]
    chosen = filled or [name for name, column in columns.items() if column]
    if not chosen:
        raise UsageError("the rows have no field of numbers", hint=_field_hint(names))
    return chosen


def _field_hint(names: list[str]) -> str:
    listed = ", ".join(shown(name) for name in names[:8])
    return f"the fields are {listed}; pick one with --field"


def _has_value(column: array[float]) -> bool:
    return any(value == value for value in column)  # noqa: PLR0124 - NaN is not itself


def _weights(rows: Sequence[dict[str, Json]]) -> array[float] | None:
    for name in _WEIGHT_FIELDS:
        column = _numbers([row.get(name) for row in rows])
        if column and _has_value(column):
            return column
    return None


def _numbers(cells: Sequence[Json]) -> array[float] | None:
    """Give a column of numbers and gaps; None if a single cell is neither."""
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
    """Read a column of nothing but JSON numbers and null, the quick way."""
    if not set(map(type, cells)) <= {float, NoneType}:
        return None
    return floats(cast("Sequence[float | None]", cells))


def _values(cells: Sequence[Json], tally: Tally, name: str = "") -> array[float]:
    """Give the values of a column; UsageError names the row of one that is no number."""
    plain = _plain(cells)
    if plain is not None and isfinite(sum(plain)):
        return plain
    values = array("d")
    for row, cell in enumerate(cells, 1):
        number = _number(cell)
        if number is None:
            number = tally.refuse(_text(cell), f"row {row}{name and f' of {shown(name)}'}")
        values.append(tally.accept(number))
    return values


def _number(cell: Json) -> float | None:
    match cell:
        case bool() | list() | dict():
            return None
        case None:
            return nan
        case str():
            return figure(cell.strip().encode("utf-8", "surrogatepass"))
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
