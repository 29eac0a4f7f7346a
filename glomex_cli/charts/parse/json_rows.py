"""Rows to series, batch by batch: which field holds values, which times, which weights.

Lists come in batches of numbers, of arrays or of objects.
"""

from __future__ import annotations

from types import NoneType
from typing import TYPE_CHECKING, Final, TypeAlias

from glomex_cli.charts.parse.downsample import Downsampler
from glomex_cli.charts.parse.numbers import PICK_HINT, quoted_word, refuse_many
from glomex_cli.charts.parse.rows import (
    ColumnCollector,
    TimeCollector,
    has_value,
    numbers_of,
    values_of,
)
from glomex_cli.errors import UsageError
from glomex_cli.metrics import UNKNOWN, Agg, guess_kind

if TYPE_CHECKING:
    from array import array
    from collections.abc import Callable, Iterable, Sequence

    from glomex_cli.charts.parse.numbers import FieldChoice
    from glomex_cli.charts.series import Series
    from glomex_cli.models import Json

TIME_FIELDS = ("day", "week", "month", "time", "timestamp", "date")
_WEIGHT_FIELDS = ("views", "video_views")
# Mux answers `[time, value, views]`.
_TIME_INDEX, _VALUE_INDEX, _WEIGHT_INDEX = 0, 1, 2
# A list of numbers keeps this many as they are, 2 MiB in all.
_EXACT_NUMBERS = 1 << 18
_NOT_VALUES: Final = {list, dict, NoneType}
_BATCH: Final = 1_000
_Table: TypeAlias = "NumberList | ArrayTable | ObjectTable"


class NumberList:
    """Collects plain numbers; UsageError if a field is asked for."""

    def __init__(self, picking: FieldChoice) -> None:
        if picking.wanted is not None:
            raise UsageError(
                "--field needs rows, and the input is plain numbers", "leave out --field"
            )
        self._tally = picking.tally
        self._values = Downsampler(picking.agg or Agg.MEAN, exact=_EXACT_NUMBERS)
        self._count = 0

    def add(self, items: Sequence[Json]) -> None:
        """Add a batch of numbers and gaps."""
        self._values.extend(values_of(items, self._tally, first_row=self._count + 1))
        self._count += len(items)

    def series(self) -> list[Series]:
        """Return the one series."""
        return [self._values.series()]


class ArrayTable:
    """Collects rows `[time, value, …]`: the value at index 1, or as asked for."""

    def __init__(self, picking: FieldChoice) -> None:
        self._tally = picking.tally
        self._index = _index(picking.wanted)
        # Mux's third value is the number of views.
        kind = guess_kind("views") if self._index == _WEIGHT_INDEX else UNKNOWN
        self._values = ColumnCollector("", kind, picking.agg, rows_before=0)
        self._weights = ColumnCollector("", guess_kind("views"), None, rows_before=0)
        self._times = TimeCollector()
        self._longest = 0
        self._count = 0

    def add(self, items: Sequence[Json]) -> None:
        """Add a batch of rows; null is an empty one."""
        rows = [item if isinstance(item, list) else [] for item in items]
        self._longest = max(self._longest, *map(len, rows))
        cells = [_cell(row, self._index) for row in rows]
        weights = [_cell(row, _WEIGHT_INDEX) for row in rows]
        values = values_of(cells, self._tally, first_row=self._count + 1)
        self._weights.add_cells(weights, None)
        self._values.add(values, numbers_of(weights) if self._weights.is_numeric else None)
        self._times.add([_cell(row, _TIME_INDEX) for row in rows], self._values.size)
        self._count += len(rows)

    def series(self) -> list[Series]:
        """Return the one series; UsageError where no row has that many values."""
        if self._index >= self._longest:
            raise UsageError(
                f"no row has a value at index {self._index}", hint="--field 0 is the first one"
            )
        times = None if self._index == _TIME_INDEX else self._times.times()
        has_weights = self._index == _VALUE_INDEX and self._weights.is_numeric
        return [self._values.series(times, self._weights.values() if has_weights else None)]


def _index(name: str | None) -> int:
    if name is None:
        return _VALUE_INDEX
    if not (name.isascii() and name.isdigit()) or len(name) > len("9999"):
        raise UsageError(
            f"the rows have no field {quoted_word(name)}, only positions",
            hint="--field 1 is the second one",
        )
    return int(name)


def _cell(row: list[Json], index: int) -> Json:
    return row[index] if index < len(row) else None


class ObjectTable:
    """Collects rows with names: the field asked for, else each field that holds only numbers."""

    def __init__(self, picking: FieldChoice) -> None:
        self._picking = picking
        self._names: dict[str, None] = {}
        self._columns: dict[str, ColumnCollector] = {}
        self._times = {name: TimeCollector() for name in TIME_FIELDS}
        self._count = 0

    def add(self, items: Sequence[Json]) -> None:
        """Add a batch of rows; null is an empty one."""
        rows = [item if isinstance(item, dict) else {} for item in items]
        self._names.update(dict.fromkeys(name for row in rows for name in row))
        refuse_many(self._names, "fields")
        weights = _weights(rows)
        size = 1
        for name in self._names:
            if name not in TIME_FIELDS or name == self._picking.wanted:
                column = self._column(name)
                self._add_cells(column, [row.get(name) for row in rows], weights)
                size = max(size, column.size)
        for name, times in self._times.items():
            if name in self._names:
                times.add([row.get(name) for row in rows], size)
        self._count += len(rows)

    def may_draw(self, name: str) -> bool:
        """Return whether a field is wanted, or holds only numbers and gaps where none is."""
        wanted, column = self._picking.wanted, self._columns.get(name)
        return name == wanted or (wanted is None and column is not None and column.is_numeric)

    def series(self) -> list[Series]:
        """Return the series; UsageError where no field can be drawn."""
        if not self._names:
            return []
        time_field = next((name for name in TIME_FIELDS if name in self._names), None)
        times = self._times[time_field].times() if time_field else None
        weights = next(filter(None, map(self._filled, _WEIGHT_FIELDS)), None)
        chosen = self._chosen()
        self._picking.tally.count_infinite(sum(column.infinite for column in chosen))
        return [column.series(times, weights) for column in chosen]

    def _column(self, name: str) -> ColumnCollector:
        if name not in self._columns:
            self._columns[name] = ColumnCollector(
                name, guess_kind(name), self._picking.agg, rows_before=self._count
            )
        return self._columns[name]

    def _add_cells(
        self, column: ColumnCollector, cells: Sequence[Json], weights: array[float] | None
    ) -> None:
        if column.name != self._picking.wanted:
            column.add_cells(cells, weights)
            return
        first_row = self._count + 1
        column.add(values_of(cells, self._picking.tally, column.name, first_row=first_row), weights)

    def _chosen(self) -> list[ColumnCollector]:
        wanted, names = self._picking.wanted, list(self._names)
        if wanted is not None:
            if wanted not in names:
                raise UsageError(
                    f"the rows have no field {quoted_word(wanted)}", hint=_field_hint(names)
                )
            return [self._columns[wanted]]
        numeric = [column for column in self._columns.values() if column.is_numeric]
        chosen = [column for column in numeric if column.has_value] or numeric
        if not chosen:
            bad = next((each for each in self._columns.values() if each.bad), None)
            beside = f": {quoted_word(bad.name)} holds {quoted_word(bad.bad)}" if bad else ""
            raise UsageError(f"the rows have no field of numbers{beside}", hint=_field_hint(names))
        return chosen

    def _filled(self, name: str) -> array[float] | None:
        column = self._columns.get(name)
        return column.values() if column and column.is_numeric and column.has_value else None


def _field_hint(names: list[str]) -> str:
    listed = ", ".join(quoted_word(name) for name in names[:8])
    return f"the fields are {listed}; pick one with --field"


def _weights(rows: Sequence[dict[str, Json]]) -> array[float] | None:
    for name in _WEIGHT_FIELDS:
        column = numbers_of([row.get(name) for row in rows])
        if column and has_value(column):
            return column
    return None


_TABLES: Final[dict[str, Callable[[FieldChoice], _Table]]] = {
    "array": ArrayTable,
    "object": ObjectTable,
    "value": NumberList,
}


class ListCollector:
    """Collects the items of a list, which are all of one kind; null may be among them."""

    def __init__(self, picking: FieldChoice) -> None:
        self._picking = picking
        self._kinds: set[str] = set()
        self._table: _Table | None = None
        self._batch: list[Json] = []

    def add(self, items: list[Json]) -> None:
        """Add items; UsageError where they are a mixture."""
        self._batch += items
        if len(self._batch) >= _BATCH:
            self._flush()

    def finish(self) -> list[Series]:
        """Return the series of what was added, and begin anew."""
        self._flush(is_last=True)
        found = self._table.series() if self._table else []
        self._table, self._kinds = None, set()
        return found

    def _flush(self, *, is_last: bool = False) -> None:
        self._kinds |= _kinds_of(self._batch)
        if len(self._kinds) > 1:
            mixed = "s and ".join(sorted(self._kinds))
            raise UsageError(f"the JSON array mixes {mixed}s", hint=PICK_HINT)
        if self._batch and (self._kinds or is_last):
            if self._table is None:
                self._table = _TABLES[next(iter(self._kinds), "value")](self._picking)
            self._table.add(self._batch)
            self._batch = []


def _kinds_of(items: Iterable[Json]) -> set[str]:
    types: set[type] = set(map(type, items))
    kinds = {"array": list in types, "object": dict in types, "value": bool(types - _NOT_VALUES)}
    return {kind for kind, is_there in kinds.items() if is_there}
