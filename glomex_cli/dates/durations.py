"""`--last`: a duration before today, as whole days or whole buckets, or before now."""

import re
from datetime import date, datetime, timedelta
from typing import NamedTuple

from glomex_cli.dates.calendar import ONE_DAY, move_months, start_of
from glomex_cli.dates.moments import EARLIEST, LENGTHS, before_moment, start_of_moment
from glomex_cli.errors import UsageError
from glomex_cli.models import Bucket, Period, Span
from glomex_cli.suggestions import quoted

_FORM = re.compile(r"([0-9]+) ?([a-z]*)")
_UNITS = {
    "min": ("min", "mins", "minute", "minutes"),
    "h": ("h", "hr", "hrs", "hour", "hours"),
    "d": ("", "d", "day", "days"),
    "w": ("w", "week", "weeks"),
    "m": ("m", "month", "months"),
    "y": ("y", "year", "years"),
}
_UNIT_OF = {word: unit for unit, words in _UNITS.items() for word in words}
_DAYS, _MONTHS = {"d": 1, "w": 7}, {"m": 1, "y": 12}
_TIMES = {"min": timedelta(minutes=1), "h": timedelta(hours=1)}
# Nobody means more; beyond it, the calendar and the number types end.
_MOST_DIGITS = 9
_MOST_MINUTES_BY_MINUTE, _MOST_HOURS_BY_TEN_MINUTES = 90, 6
_HINT = "type a number and min, h, d, w, m or y: --last 14d"


class Duration(NamedTuple):
    """A number of minutes (`min`), hours (`h`), days, weeks, months (`m`) or years."""

    number: int
    unit: str

    @property
    def is_fine(self) -> bool:
        """Whether it is in minutes or hours, and so before now, not before today."""
        return self.unit in _TIMES

    def __str__(self) -> str:
        return f"{self.number}{self.unit}"


def parse_duration(text: str) -> Duration:
    """Parse `24h`, `90min`, `7d`, `7`, `4 weeks`, `6m` or `1y`; UsageError for anything else.

    >>> parse_duration("4 Weeks"), str(parse_duration("7"))
    (Duration(number=4, unit='w'), '7d')
    """
    match = _FORM.fullmatch(text.lower())
    unit = _UNIT_OF.get(match.group(2)) if match else None
    if match is None or unit is None:
        raise UsageError(f"--last {quoted(text)} is not a duration", _HINT)
    digits = match.group(1).lstrip("0")
    if not digits:
        what = "time" if unit in _TIMES else "day"
        raise UsageError(f"--last {quoted(text)} covers no {what}", f"type --last 1{unit}")
    if len(digits) > _MOST_DIGITS:
        raise too_far(text)
    return Duration(int(digits), unit)


def too_far(text: str) -> UsageError:
    """Return the error of a `--last` that reaches back to before 2000."""
    hint = f"type --from {EARLIEST} for all there can be, or fewer days: --last 1y"
    return UsageError(f"--last {quoted(text)} reaches too far back", hint)


def usual_bucket(duration: Duration) -> Bucket:
    """Return the bucket to divide a duration by where none is asked for, by its unit."""
    if duration.unit == "min":
        by_minute = duration.number <= _MOST_MINUTES_BY_MINUTE
        return Bucket.MINUTE if by_minute else Bucket.TEN_MINUTES
    if duration.unit == "h":
        by_minutes = duration.number <= _MOST_HOURS_BY_TEN_MINUTES
        return Bucket.TEN_MINUTES if by_minutes else Bucket.HOUR
    return Bucket.DAY


def days_before(duration: Duration, today: date, bucket: Bucket | None = None) -> Period | None:
    """Return the days of `duration` that end with the last complete day, week or month.

    By week or month these are whole buckets: as many as the duration needs. Otherwise they end
    yesterday. Months are counted back from the day after the last one, so that on the 1st
    they are whole months. None where it would begin before 2000.

    >>> str(days_before(Duration(6, "m"), date(2025, 5, 1)))
    '2024-11-01 to 2025-04-30'
    >>> str(days_before(Duration(2, "w"), date(2025, 6, 18), Bucket.WEEK))
    '2025-06-02 to 2025-06-15'
    """
    whole = Bucket.DAY if bucket is None or bucket in LENGTHS else bucket
    end = start_of(today, whole)
    try:
        first = start_of(_earlier(end, duration), whole)
    except (OverflowError, ValueError):
        return None
    return Period(first, end - ONE_DAY) if first >= EARLIEST else None


def moments_before(duration: Duration, now: datetime, bucket: Bucket | None) -> Span | None:
    """Return the moments of `duration` and of the bucket that is running, up to `now`.

    It begins where a bucket begins: `24h` by hour are 24 whole hours, and the one that runs.
    None where it would begin before 2000.
    """
    grid = bucket or usual_bucket(duration)
    grid = grid if grid in LENGTHS else Bucket.DAY
    try:
        length = duration.number * _TIMES[duration.unit]
        start = start_of_moment(before_moment(start_of_moment(now, grid), length), grid)
    except OverflowError:
        return None
    return Span(start, now) if start.date() >= EARLIEST else None


def _earlier(end: date, duration: Duration) -> date:
    if duration.unit in _MONTHS:
        return move_months(end, -duration.number * _MONTHS[duration.unit])
    return end - timedelta(days=duration.number * _DAYS[duration.unit])


def days_needed(duration: Duration) -> int:
    """Return how many whole days hold a duration of minutes or hours."""
    return -(-duration.number * _TIMES[duration.unit] // ONE_DAY)
