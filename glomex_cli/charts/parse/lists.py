"""Lists that come in batches, of numbers, of arrays or of objects, collected to series."""

from __future__ import annotations

from types import NoneType
from typing import TYPE_CHECKING, Final, TypeAlias

from glomex_cli.charts.parse.json_rows import ArrayTable, NumberList, ObjectTable
from glomex_cli.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from glomex_cli.charts.parse.numbers import FieldChoice
    from glomex_cli.charts.series import Series
    from glomex_cli.models import Json

PICK_HINT: Final = "pick one with jq, such as: jq '.data' answer.json | glomex sparkline"
_NOT_VALUES: Final = {list, dict, NoneType}
_BATCH: Final = 1_000
_Table: TypeAlias = "NumberList | ArrayTable | ObjectTable"
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
