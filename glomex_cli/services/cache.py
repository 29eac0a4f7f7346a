"""The cache of an endpoint: its schema, and what its answers taught, kept in the cache folder.

Whatever is missing, old or broken is learned again. Only a whole answer teaches, and all that
was learned is dated and can be forgotten.
"""

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from glomex_cli.config.settings import Settings, cache_folder
from glomex_cli.metrics import Agg, Better, MetricKind, Unit
from glomex_cli.models import Report, ReportKind, ReportSchema, Schema
from glomex_cli.services.learned import (
    Shape,
    forget_values,
    keep_values,
    shape_from_json,
    values_file,
)
from glomex_cli.storage.files import read_plain, replace_file

# What version 1 learned of `to` may be wrong, so that it is not believed.
_VERSION = 3
# What a schema of ten thousand fields takes a tenth of.
_MOST_BYTES = 16 * 1024 * 1024
# A service that does not tell its schema is asked again after this.
_REFUSED_FOR = timedelta(days=1)
# What reading a file of any content may raise, a date past the calendar among it.
_BROKEN = (
    ArithmeticError, AttributeError, LookupError, OSError, RecursionError, TypeError, ValueError,
)  # fmt: skip


class RangeReading(NamedTuple):
    """How one kind of report reads a range, and since when that is known.

    `includes_to` is whether the day given as `to` counts; `longest` how many days it allows.
    """

    at: datetime
    includes_to: bool | None = None
    longest: int | None = None


class Learned(NamedTuple):
    """What is known. `schema_at` is when the schema was told, `refused_at` when it was not."""

    schema: Schema | None = None
    schema_at: datetime | None = None
    shapes: Mapping[ReportKind, Shape] = MappingProxyType({})
    readings: Mapping[ReportKind, RangeReading] = MappingProxyType({})
    refused_at: datetime | None = None

    def reading(self, kind: ReportKind) -> RangeReading:
        """Return what is known of the ranges of a report."""
        return self.readings.get(kind, RangeReading(datetime.min.replace(tzinfo=UTC)))


class Cache:
    """What is known of one endpoint for one profile; without a file, only while this runs."""

    def __init__(
        self, file: Path | None, now: Callable[[], datetime], *, is_documented: bool = False
    ) -> None:
        """Keep what is learned in `file`; a service as documented needs no look at its schema."""
        self._is_documented = is_documented
        self.is_looked_at = False
        self._file = file
        self._now = now
        self._learned: Learned | None = None

    @property
    def learned(self) -> Learned:
        """What is known so far; the file is read when it is first asked for."""
        if self._learned is None:
            self._learned = _read(self._file) if self._file else Learned()
        return self._learned

    @property
    def is_worth_a_look(self) -> bool:
        """Whether the schema is not known, and was not refused in this run or of late."""
        refused = self.learned.refused_at
        age = None if refused is None else self._now() - refused
        is_refused = age is not None and timedelta() <= age < _REFUSED_FOR
        return self.learned.schema is None and not is_refused and not self.is_looked_at

    @property
    def wants_schema(self) -> bool:
        """Whether a report should look at the schema first: not of a service as documented."""
        return self.is_worth_a_look and not self._is_documented

    def learn_schema(
        self, schema: Schema, shapes: Mapping[ReportKind, Shape] = MappingProxyType({})
    ) -> None:
        """Keep a schema as of now, and how its reports are asked for."""
        self._keep(
            self.learned._replace(
                schema=schema, schema_at=self._now(), shapes=shapes, refused_at=None
            )
        )

    def learn_refusal(self) -> None:
        """Keep for a day that the schema is not told."""
        self._keep(self.learned._replace(refused_at=self._now()))

    def learn_shape(self, kind: ReportKind, shape: Shape) -> None:
        """Keep how a report was asked for with success."""
        self._keep(self.learned._replace(shapes={**self.learned.shapes, kind: shape}))

    def learn_reading(self, kind: ReportKind, **known: Any) -> None:
        """Keep fields of a RangeReading as of now."""
        reading = self.learned.reading(kind)._replace(at=self._now(), **known)
        self._keep(self.learned._replace(readings={**self.learned.readings, kind: reading}))

    def learn_values(self, dimension: str, report: Report) -> None:
        """Keep the values of a dimension for the completion of filters."""
        if self._file is not None:
            keep_values(values_file(self._file), dimension, report)

    def forget(self) -> None:
        """Forget all, so that everything is asked anew."""
        self.is_looked_at = False
        if self._file is not None:
            forget_values(values_file(self._file))
        self._keep(Learned())

    def _keep(self, learned: Learned) -> None:
        self._learned = learned
        if self._file is None:
            return
        with suppress(OSError):  # a cache that cannot be written is asked for again next time
            self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            replace_file(self._file, _to_bytes(learned), mode=0o600)


def open_cache(settings: Settings, now: Callable[[], datetime]) -> Cache:
    """Return the cache of an endpoint and profile; of the embedded sandbox nothing is kept."""
    if settings.endpoint.is_sandbox:
        return Cache(None, now, is_documented=True)
    file = cache_file(cache_folder(), url=settings.endpoint.url, profile=settings.profile)
    return Cache(file, now)


def cache_file(folder: Path, *, url: str, profile: str) -> Path:
    """Return the file for an endpoint as a profile sees it; its name reveals neither."""
    name = sha256(f"{profile}\0{url}".encode()).hexdigest()[:16]
    return folder / f"learnt-{name}.json"


def _to_bytes(learned: Learned) -> bytes:
    reports = learned.schema.reports if learned.schema else None
    fields = {
        "version": _VERSION,
        "schema": None if reports is None else {kind: _fields(reports[kind]) for kind in reports},
        "schema_at": _seconds(learned.schema_at),
        "shapes": {kind: shape.as_json() for kind, shape in learned.shapes.items()},
        "readings": {
            kind: {**reading._asdict(), "at": _seconds(reading.at)}
            for kind, reading in learned.readings.items()
        },
        "refused_at": _seconds(learned.refused_at),
    }
    return json.dumps(fields, ensure_ascii=False, indent=1).encode()


def _seconds(moment: datetime | None) -> float | None:
    return moment.timestamp() if moment else None


def _fields(report: ReportSchema) -> dict[str, Any]:
    mappings = {name: dict(each) for name, each in report._asdict().items() if name != "dimensions"}
    return {"dimensions": report.dimensions, **mappings}


def _read(file: Path) -> Learned:
    try:
        return _parse(json.loads(read_plain(file, limit=_MOST_BYTES)))
    except _BROKEN:
        return Learned()


def _parse(fields: Any) -> Learned:
    if fields["version"] != _VERSION:
        return Learned()
    schema = fields["schema"]
    return Learned(
        schema=None if schema is None else Schema(_reports(schema)),
        schema_at=_moment(fields["schema_at"]),
        shapes={ReportKind(k): shape_from_json(each) for k, each in fields["shapes"].items()},
        readings={ReportKind(k): _reading(each) for k, each in fields["readings"].items()},
        refused_at=_moment(fields["refused_at"]),
    )


def _moment(seconds: Any) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)


def _reading(fields: Any) -> RangeReading:
    includes_to, longest = fields["includes_to"], fields["longest"]
    if not isinstance(includes_to, bool | None) or not isinstance(longest, int | None):
        raise TypeError
    return RangeReading(datetime.fromtimestamp(fields["at"], UTC), includes_to, longest)


def _reports(schema: Mapping[str, Any]) -> dict[ReportKind, ReportSchema]:
    return {
        ReportKind(kind): ReportSchema(
            dimensions=tuple(map(str, each["dimensions"])),
            metrics=_types(each["metrics"]),
            labels=_types(each["labels"]),
            filters=_types(each["filters"]),
            parts={name: tuple(map(str, parts)) for name, parts in each["parts"].items()},
            kinds={name: _kind(*fields) for name, fields in each["kinds"].items()},
            descriptions=_types(each["descriptions"]),
        )
        for kind, each in schema.items()
    }


def _kind(unit: str, adds_up: object, better: str, agg: str, weight: str) -> MetricKind:
    known = adds_up if isinstance(adds_up, bool) else None
    return MetricKind(Unit(unit), known, Better(better), Agg(agg), str(weight))


def _types(names: Mapping[str, Any]) -> dict[str, str]:
    return {name: str(type_name) for name, type_name in names.items()}
