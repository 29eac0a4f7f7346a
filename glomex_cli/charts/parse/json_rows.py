"""JSON rows to series: which field holds the values, which their times, which their weights."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glomex_cli.charts.parse.json_cells import has_value, numbers_of, values_of
from glomex_cli.charts.parse.numbers import quoted_word
from glomex_cli.charts.parse.timestamps import parse_timestamps
from glomex_cli.charts.series import Series
from glomex_cli.errors import UsageError
from glomex_cli.metrics import UNKNOWN, Agg, guess_kind

if TYPE_CHECKING:
    from array import array
    from collections.abc import Sequence

    from glomex_cli.charts.parse.numbers import FieldChoice
    from glomex_cli.models import Json

TIME_FIELDS = ("day", "week", "month", "time", "timestamp", "date")
_WEIGHT_FIELDS = ("views", "video_views")
# Mux answers `[time, value, views]`.
_TIME_INDEX, _VALUE_INDEX, _WEIGHT_INDEX = 0, 1, 2


def series_of_numbers(items: Sequence[Json], picking: FieldChoice) -> Series:
    """Return the series of a plain array; UsageError if a field is asked for."""
    if picking.wanted is not None:
        raise UsageError(
            "--field picks from rows, and the input is plain numbers", "leave out --field"
        )
    return Series("", values_of(items, picking.tally))


def series_of_arrays(rows: Sequence[list[Json]], picking: FieldChoice) -> Series:
    """Return the series of rows `[time, value, …]`: the value at index 1, or as asked for."""
    index = _index(picking.wanted)
    if index >= max(map(len, rows)):
        raise UsageError(f"no row has a value at index {index}", hint="--field 0 is the first one")
    times = (
        None if index == _TIME_INDEX else parse_timestamps(_cell(row, _TIME_INDEX) for row in rows)
    )
    weights = [_cell(row, _WEIGHT_INDEX) for row in rows] if index == _VALUE_INDEX else []
    return Series(
        "",
        values_of([_cell(row, index) for row in rows], picking.tally),
        times,
        numbers_of(weights) or None,
        # Mux's third value is the number of views.
        guess_kind("views") if index == _WEIGHT_INDEX else UNKNOWN,
    )


def _index(name: str | None) -> int:
    if name is None:
        return _VALUE_INDEX
    if not (name.isascii() and name.isdigit()) or len(name) > len("9999"):
        raise UsageError(
            f"the rows have no field {quoted_word(name)}, only places",
            hint="--field 1 is the second one",
        )
    return int(name)


def _cell(row: list[Json], index: int) -> Json:
    return row[index] if index < len(row) else None


def series_of_objects(rows: Sequence[dict[str, Json]], picking: FieldChoice) -> list[Series]:
    """Return a series for the field asked for, else for each field that holds only numbers."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    if not names:
        return []
    time_field = next((name for name in TIME_FIELDS if name in names), None)
    times = time_field and parse_timestamps(row.get(time_field) for row in rows)
    weights = _weights(rows)
    lines: list[Series] = []
    for name in _chosen(rows, names, picking.wanted):
        kind = guess_kind(name)
        values = values_of([row.get(name) for row in rows], picking.tally, name)
        lines.append(
            Series(name, values, times or None, weights if kind.agg is Agg.MEAN else None, kind)
        )
    return lines


def _chosen(rows: Sequence[dict[str, Json]], names: list[str], wanted: str | None) -> list[str]:
    if wanted is not None:
        if wanted not in names:
            raise UsageError(
                f"the rows have no field {quoted_word(wanted)}", hint=_field_hint(names)
            )
        return [wanted]
    candidates = [name for name in names if name not in TIME_FIELDS]
    columns = {name: numbers_of([row.get(name) for row in rows]) for name in candidates}
    filled = [name for name, column in columns.items() if column and has_value(column)]
    chosen = filled or [name for name, column in columns.items() if column]
    if not chosen:
        raise UsageError("the rows have no field of numbers", hint=_field_hint(names))
    return chosen


def _field_hint(names: list[str]) -> str:
    listed = ", ".join(quoted_word(name) for name in names[:8])
    return f"the fields are {listed}; pick one with --field"


def _weights(rows: Sequence[dict[str, Json]]) -> array[float] | None:
    for name in _WEIGHT_FIELDS:
        column = numbers_of([row.get(name) for row in rows])
        if column and has_value(column):
            return column
    return None
