"""What an export holds, which months to ask for, and what is asked in each. No effects.

What it holds is what its manifest says, or what was typed, if the two agree.
"""

import re
from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import NamedTuple, TypeVar

from glomex_cli.dates.buckets import bucket_in
from glomex_cli.dates.calendar import ONE_DAY, end_of_month, starts_in
from glomex_cli.errors import UsageError
from glomex_cli.models import Bucket, Filter, Period, ReportKind
from glomex_cli.reports.export.manifest import Manifest, Month, Source
from glomex_cli.suggestions import quoted

_LOOK_BACK = re.compile(r"([0-9]{1,4})([dw])")
_BUCKETS = (Bucket.DAY, Bucket.HOUR)
_DAYS = {"d": 1, "w": 7}
_T = TypeVar("_T")
DEFAULT_LOOK_BACK_DAYS = 14


class Task(NamedTuple):
    """A month to ask for, by its first day, and the days of it that are asked for."""

    month: date
    period: Period


def parse_look_back(text: str) -> int:
    """Return the days that `--look-back` names: `14d`, `4w`.

    >>> parse_look_back("4w")
    28
    """
    found = _LOOK_BACK.fullmatch(text.lower())
    if found is None:
        raise UsageError(
            f"--look-back {quoted(text)} is not a number of days", "for example: --look-back 14d"
        )
    return int(found[1]) * _DAYS[found[2]]


def check_bucket(dimensions: Sequence[str], offered: Collection[Bucket]) -> None:
    """Raise UsageError for an export that is neither by day nor by hour.

    `offered` are the buckets of the service: where it has no hours, an export is by day.
    """
    bucket = bucket_in(dimensions)
    allowed = [each for each in _BUCKETS if each in offered]
    if bucket not in allowed:
        is_sum = bucket in {Bucket.WEEK, Bucket.MONTH}
        reason = ": sum the days in SQL for weeks and months" if is_sum else ""
        names = [name for name in dimensions if name not in set(Bucket)]
        raise UsageError(
            f"an export is by {' or '.join(allowed)}{reason}",
            f"type -d {','.join([*names, Bucket.DAY])}",
        )


def check_rebuilt(manifest: Manifest, held: Manifest | None, oldest: date | None) -> None:
    """Raise UsageError where months cannot be asked for with what is wanted now.

    They were held with other columns, and begin before the `oldest` day of the service.
    """
    if held is None or oldest is None or manifest.source == held.source:
        return
    gone = gone_months(held, oldest)
    if gone:
        raise UsageError(
            f"the service has nothing before {oldest}: {gone[0]:%Y-%m} cannot be rebuilt",
            "export these columns to another place",
        )


def tasks(manifest: Manifest, *, today: date, oldest: date | None = None) -> list[Task]:
    """Return the months to ask for, the oldest first: all but the settled ones, up to yesterday.

    Of a service that keeps its data for a time only, `oldest` is the first day that it has. A
    month that is held with days before it is not asked for again.
    """
    yesterday = today - ONE_DAY
    if manifest.first > yesterday:
        raise UsageError(
            f"there is no whole day since {manifest.first} yet", f"type --from {yesterday}"
        )
    first = manifest.first if oldest is None else max(manifest.first, oldest)
    if first > yesterday:
        return []
    found = (
        _task(start, first, yesterday)
        for start in starts_in(Period(first, yesterday), Bucket.MONTH)
    )
    gone = gone_months(manifest, oldest)
    due = (each for each in found if each.month not in gone)
    return [each for each in due if _is_due(each, manifest, today=today)]


def gone_months(manifest: Manifest, oldest: date | None) -> list[date]:
    """Return the months that are held with days before `oldest`: another answer has fewer."""
    return [
        start
        for start, month in sorted(manifest.months.items())
        if oldest and any(start.replace(day=day) < oldest for day in month.days)
    ]


def is_settled(task: Task, *, today: date, look_back_days: int) -> bool:
    """Return whether an answer of today for a month is its last: its look-back is over."""
    return end_of_month(task.month) + timedelta(days=look_back_days) < today


def without_the_gone(manifest: Manifest, *, today: date, oldest: date | None) -> Manifest:
    """Return the manifest with those months settled that the service has no day of any more.

    Only months whose look-back is over: until then a day that is missing may be an outage.
    """
    over = today - timedelta(days=manifest.look_back_days)
    months = {
        start: manifest.months[start]._replace(settled=True)
        for start in gone_months(manifest, oldest)
        if oldest and end_of_month(start) < min(oldest, over)
    }
    return manifest._replace(months={**manifest.months, **months})


def lost_days(task: Task, held: Month | None, days: Sequence[int]) -> list[date]:
    """Return the days of a month that are held, and that an answer lacks."""
    if held is None:
        return []
    return [task.month.replace(day=day) for day in held.days if day not in set(days)]


def _task(start: date, first: date, yesterday: date) -> Task:
    return Task(start, Period(max(start, first), min(end_of_month(start), yesterday)))


def _is_due(task: Task, manifest: Manifest, *, today: date) -> bool:
    held = manifest.months.get(task.month)
    if held is None:
        return True
    is_whole = held.settled and held.first <= max(task.month, manifest.first)
    return not (is_whole and is_settled(task, today=today, look_back_days=manifest.look_back_days))


class ExportChoice(NamedTuple):
    """What was typed; None is what was not, and is taken from the manifest or else from `Usual`."""

    kind: ReportKind | None = None
    dimensions: tuple[str, ...] | None = None
    metrics: tuple[str, ...] | None = None
    filters: tuple[Filter, ...] | None = None
    first: date | None = None
    look_back_days: int | None = None


def choose(
    held: Manifest | None, wanted: ExportChoice, usual: Source, *, rebuild: bool
) -> Manifest:
    """Return the manifest to go on with; `usual` says what a new export holds by default.

    Raises UsageError for a new export without its first day, and where the place holds another
    report: its origin and kind never change, the rest only with `rebuild`.
    """
    if held is None or not held.months:
        return _new(wanted, usual, held)
    return _continued(held, wanted, usual, rebuild=rebuild)


def check_same(held: Manifest, source: Source) -> None:
    """Raise UsageError where another command has made this place another report's."""
    if held.source != source:
        raise _other("another command has just changed the export", "run this command again")


def _new(wanted: ExportChoice, usual: Source, claimed: Manifest | None) -> Manifest:
    """Return a manifest without months; one that was `claimed` and got none may still change."""
    first = wanted.first or (claimed.first if claimed else None)
    if first is None:
        raise UsageError("a new export needs its first day", "for example: --from 2024-01-01")
    base = claimed.source._replace(origin=usual.origin) if claimed else usual
    days = _known(
        wanted.look_back_days, claimed.look_back_days if claimed else DEFAULT_LOOK_BACK_DAYS
    )
    return Manifest(_source(base, wanted), (), first, days, {})


def _continued(held: Manifest, wanted: ExportChoice, usual: Source, *, rebuild: bool) -> Manifest:
    source = _source(held.source, wanted)
    if usual.origin != source.origin:
        raise _other(
            f"it is from {source.origin.removesuffix(':')}",
            "use another destination for this endpoint",
        )
    if source.kind != held.source.kind:
        raise _other(f"it is the {held.source.kind} one", "use another destination for this one")
    if source != held.source and not rebuild:
        raise _other(_words(held.source), "leave out -d, -m and --filter, or add --rebuild")
    chosen = held._replace(
        source=source,
        first=_first(held, wanted),
        look_back_days=_known(wanted.look_back_days, held.look_back_days),
    )
    return _unsettled(chosen, held.source) if rebuild else chosen


def _source(base: Source, wanted: ExportChoice) -> Source:
    return base._replace(
        kind=_known(wanted.kind, base.kind),
        dimensions=_known(wanted.dimensions, base.dimensions),
        metrics=_known(wanted.metrics, base.metrics),
        filters=_known(wanted.filters, base.filters),
    )


def _unsettled(manifest: Manifest, before: Source) -> Manifest:
    """Return it with all months to be asked for again; other rows have no days to compare."""
    is_alike = manifest.source._replace(metrics=before.metrics) == before
    months = {
        start: month._replace(settled=False, days=month.days if is_alike else ())
        for start, month in manifest.months.items()
    }
    return manifest._replace(columns=(), months=months)


def _first(held: Manifest, wanted: ExportChoice) -> date:
    if wanted.first is None:
        return held.first
    if wanted.first > held.first:
        raise _other(f"it starts on {held.first}", "leave out --from: months are never removed")
    return wanted.first


def _words(source: Source) -> str:
    filters = "".join(f" --filter {name}{op}{value}" for name, op, value in source.filters)
    return f"-d {','.join(source.dimensions)} -m {','.join(source.metrics)}{filters}"


def _other(which: str, way_out: str) -> UsageError:
    return UsageError(f"the destination contains another report: {which}", way_out)


def _known(value: _T | None, other: _T) -> _T:
    return other if value is None else value
