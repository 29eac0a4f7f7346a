"""Which months to ask for, and what is asked in each. No effects."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from glomex_cli.dates.buckets import bucket_in
from glomex_cli.dates.calendar import ONE_DAY, end_of_month, starts_in
from glomex_cli.errors import UsageError
from glomex_cli.models import Bucket, Period
from glomex_cli.reports.export.manifest import Manifest, Month
from glomex_cli.suggestions import quoted

_LOOK_BACK = re.compile(r"([0-9]{1,4})([dw])")
_DAYS = {"d": 1, "w": 7}


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
            f"--look-back {quoted(text)} is no number of days", "type it like --look-back 14d"
        )
    return int(found[1]) * _DAYS[found[2]]


def check_daily(dimensions: Sequence[str]) -> None:
    """Raise UsageError for an export that is not by day."""
    if bucket_in(dimensions) is not Bucket.DAY:
        names = [name for name in dimensions if name not in set(Bucket)]
        raise UsageError(
            "an export is by day: weeks and months are sums, which SQL makes of days",
            f"type -d {','.join([*names, Bucket.DAY])}",
        )


def tasks(manifest: Manifest, *, today: date, oldest: date | None = None) -> list[Task]:
    """Return the months to ask for, the oldest first: all but the settled ones, up to yesterday.

    A service that keeps its data for a time only has an `oldest` day. A month that begins before
    it is not asked for again once it is held, and only from that day on otherwise.
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
    return [each for each in found if _is_due(each, manifest, today=today, oldest=oldest)]


def is_settled(task: Task, *, today: date, look_back_days: int) -> bool:
    """Return whether an answer of today for a month is its last: its look-back is over."""
    return end_of_month(task.month) + timedelta(days=look_back_days) < today


def lost_days(task: Task, held: Month | None, days: Sequence[int]) -> list[date]:
    """Return the days of a month that are held, and that an answer lacks."""
    if held is None:
        return []
    return [task.month.replace(day=day) for day in held.days if day not in set(days)]


def _task(start: date, first: date, yesterday: date) -> Task:
    return Task(start, Period(max(start, first), min(end_of_month(start), yesterday)))


def _is_due(task: Task, manifest: Manifest, *, today: date, oldest: date | None) -> bool:
    held = manifest.months.get(task.month)
    if held is None:
        return True
    if oldest is not None and task.month < oldest:
        return False
    is_whole = held.settled and held.first <= max(task.month, manifest.first)
    return not (is_whole and is_settled(task, today=today, look_back_days=manifest.look_back_days))
