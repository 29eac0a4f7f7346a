"""The manifest of an export: what it holds, and when each month was last asked for.

It lies beside the months as `_glomex.json`, and holds no secret and no login. It is changed
without losing what another writer put there.
"""

import json
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, NamedTuple

from glomex_cli.errors import ConfigurationError
from glomex_cli.metrics import CellType
from glomex_cli.models import Column, Filter, ReportKind, Role
from glomex_cli.storage.destination import ChangedError, Destination, Tag

MANIFEST = "_glomex.json"
_VERSION = 1
_BROKEN = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError, RecursionError)
_TRIES = 3


class Source(NamedTuple):
    """The report that an export holds. Another one in the same place is refused."""

    origin: str
    kind: ReportKind
    dimensions: tuple[str, ...]
    metrics: tuple[str, ...]
    filters: tuple[Filter, ...] = ()


class Month(NamedTuple):
    """A month as it was last written, as of the days `first` to `through`.

    `days` are the days of the month that have rows. `digest` depends on the rows and not on
    their order. `tag` is the file's. A settled month is not asked for again.
    """

    rows: int
    days: tuple[int, ...]
    digest: str
    tag: Mapping[str, str]
    first: date
    through: date
    settled: bool
    written_at: str


class Manifest(NamedTuple):
    """An export: `first` is its first day, and `months` are by the first of each month.

    `columns` is empty until the service has answered once.
    """

    source: Source
    columns: tuple[Column, ...]
    first: date
    look_back_days: int
    months: Mapping[date, Month]


def file_of(month: date) -> str:
    """Return the path of a month's file; engines read the partition's value as a date.

    >>> file_of(date(2025, 6, 1))
    'month=2025-06-01/rows.parquet'
    """
    return f"month={month}/rows.parquet"


def dump_manifest(manifest: Manifest) -> bytes:
    """Return the manifest as JSON."""
    source = manifest.source
    fields = {
        "version": _VERSION,
        "origin": source.origin,
        "report": source.kind,
        "dimensions": source.dimensions,
        "metrics": source.metrics,
        "filters": [list(one) for one in source.filters],
        "columns": [
            {"name": column.name, "role": column.role, "type": column.type}
            for column in manifest.columns
        ],
        "from": str(manifest.first),
        "look_back_days": manifest.look_back_days,
        "months": {
            str(start): {
                **month._asdict(),
                "first": str(month.first),
                "through": str(month.through),
            }
            for start, month in sorted(manifest.months.items())
        },
    }
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode()


def load_manifest(data: bytes, *, place: str) -> Manifest:
    """Return the manifest in `data`; ConfigurationError for what this version cannot read."""
    try:
        return _parsed(json.loads(data))
    except _BROKEN:
        raise ConfigurationError(
            f"{MANIFEST} in {place} cannot be read",
            "a newer glomex may have written it; else remove it, and give --from again",
        ) from None


def _parsed(fields: Any) -> Manifest:
    if fields["version"] != _VERSION:
        raise ValueError("another version")
    return Manifest(
        source=Source(
            origin=str(fields["origin"]),
            kind=ReportKind(fields["report"]),
            dimensions=tuple(map(str, fields["dimensions"])),
            metrics=tuple(map(str, fields["metrics"])),
            filters=tuple(_filter(*one) for one in fields["filters"]),
        ),
        columns=tuple(
            Column(str(each["name"]), Role(each["role"]), type=CellType(each["type"]))
            for each in fields["columns"]
        ),
        first=date.fromisoformat(fields["from"]),
        look_back_days=int(fields["look_back_days"]),
        months={
            date.fromisoformat(start): _month(each) for start, each in fields["months"].items()
        },
    )


def _month(fields: Any) -> Month:
    return Month(
        rows=int(fields["rows"]),
        days=tuple(map(int, fields["days"])),
        digest=str(fields["digest"]),
        tag={str(name): str(value) for name, value in fields["tag"].items()},
        first=date.fromisoformat(fields["first"]),
        through=date.fromisoformat(fields["through"]),
        settled=bool(fields["settled"]),
        written_at=str(fields["written_at"]),
    )


def _filter(name: object, operator: object, value: object) -> Filter:
    return Filter(str(name), str(operator), str(value))


class Ledger:
    """The manifest of one destination; `manifest` is None where nothing was exported yet."""

    def __init__(self, destination: Destination) -> None:
        """Read the manifest."""
        self.destination = destination
        self.manifest: Manifest | None = None
        self._tag: Tag | None = None
        self._read()

    def update(self, change: Callable[[Manifest | None], Manifest]) -> Manifest:
        """Write what `change` makes of the manifest, and return it.

        Where another writer has replaced it meanwhile, it is read again and `change` is called
        with that one; ConfigurationError after three times.
        """
        for _ in range(_TRIES):
            changed = change(self.manifest)
            if changed == self.manifest:
                return changed
            try:
                data = dump_manifest(changed)
                self._tag = self.destination.swap(MANIFEST, data, old=self._tag)
            except ChangedError:
                self._read()
                continue
            self.manifest = changed
            return changed
        raise ConfigurationError(
            f"another command is exporting to {self.destination.name}",
            "wait for it to end, then try again",
        )

    def _read(self) -> None:
        stored = self.destination.read(MANIFEST)
        if stored is None:
            self.manifest, self._tag = None, None
        else:
            self.manifest = load_manifest(stored.data, place=self.destination.name)
            self._tag = stored.tag


def without_lost_files(manifest: Manifest, destination: Destination) -> Manifest:
    """Return the manifest without the months whose files are gone: they are asked for again."""
    months = {
        start: month
        for start, month in manifest.months.items()
        if destination.tag_of(file_of(start)) is not None
    }
    return manifest._replace(months=months)
