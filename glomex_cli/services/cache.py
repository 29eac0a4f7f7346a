"""The cache of an endpoint: its schema, and how it reads `to`, kept in the cache folder.

Whatever is missing, old or broken is learned again.
"""

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from glomex_cli.config.settings import Settings, cache_folder
from glomex_cli.metrics import Agg, Better, MetricKind, Unit
from glomex_cli.models import ReportKind, ReportSchema, Schema
from glomex_cli.storage.files import replace_file

_VERSION = 2
_REFUSAL_LASTS = timedelta(days=1)
# What reading a file of any content may raise, a date past the calendar among it.
_BROKEN = (
    ArithmeticError, AttributeError, LookupError, OSError, RecursionError, TypeError, ValueError,
)  # fmt: skip


class Learned(NamedTuple):
    """What is known. `schema_at` is when the schema was asked for, and told or not."""

    schema: Schema | None = None
    schema_at: datetime | None = None
    includes_to: bool | None = None


class Cache:
    """What is known of one endpoint for one profile; without a file, only while this runs."""

    def __init__(self, file: Path | None, now: Callable[[], datetime]) -> None:
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
        """Whether the schema is not known and the service has not just refused to tell it."""
        schema, at = self.learned.schema, self.learned.schema_at
        return schema is None and (at is None or self._now() - at > _REFUSAL_LASTS)

    def learn_schema(self, schema: Schema | None) -> None:
        """Keep a schema as of now; None where the service does not tell, which lasts a day."""
        self._keep(self.learned._replace(schema=schema, schema_at=self._now()))

    def learn_to(self, *, includes_to: bool) -> None:
        """Keep whether the day given as `to` counts."""
        self._keep(self.learned._replace(includes_to=includes_to))

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
        return Cache(None, now)
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
        "schema_at": learned.schema_at.timestamp() if learned.schema_at else None,
        "includes_to": learned.includes_to,
    }
    return json.dumps(fields, ensure_ascii=False, indent=1).encode()


def _fields(report: ReportSchema) -> dict[str, Any]:
    mappings = {name: dict(each) for name, each in report._asdict().items() if name != "dimensions"}
    return {"dimensions": report.dimensions, **mappings}


def _read(file: Path) -> Learned:
    try:
        return _parse(json.loads(file.read_bytes()))
    except _BROKEN:
        return Learned()


def _parse(fields: Any) -> Learned:
    if fields["version"] != _VERSION:
        return Learned()
    schema, at, includes_to = fields["schema"], fields["schema_at"], fields["includes_to"]
    return Learned(
        schema=None if schema is None else Schema(_reports(schema)),
        schema_at=None if at is None else datetime.fromtimestamp(at, UTC),
        includes_to=includes_to if isinstance(includes_to, bool) else None,
    )


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
