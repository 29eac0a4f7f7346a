"""Calendar arithmetic on days, ISO weeks (Monday first) and months; a period cut into windows."""

from collections.abc import Iterable
from datetime import date, timedelta, tzinfo

from glomex_cli.models import Bucket, Period, Span, TimeRange

ONE_DAY = timedelta(days=1)
_MOMENT = timedelta(microseconds=1)
_MONTHS = 12


def start_of(day: date, bucket: Bucket) -> date:
    """Return the first day of the bucket that holds `day`.

    >>> start_of(date(2025, 6, 15), Bucket.WEEK)
    datetime.date(2025, 6, 9)
    """
    if bucket is Bucket.MONTH:
        return day.replace(day=1)
    return day - timedelta(days=day.weekday()) if bucket is Bucket.WEEK else day


def end_of_month(day: date) -> date:
    """Return the last day of the month that holds `day`."""
    if day.month == _MONTHS:
        return day.replace(day=31)
    return day.replace(month=day.month + 1, day=1) - ONE_DAY


def move_months(day: date, count: int) -> date:
    """Return the same day `count` months later, or that month's last day where it is shorter.

    Past the ends of the calendar (years 1 to 9999) it raises ValueError.

    >>> move_months(date(2024, 3, 31), -1)
    datetime.date(2024, 2, 29)
    """
    years, month = divmod(day.month - 1 + count, _MONTHS)
    first = date(day.year + years, month + 1, 1)
    return first.replace(day=min(day.day, end_of_month(first).day))


def move(start: date, bucket: Bucket, count: int) -> date:
    """Return the day `count` buckets after `start`.

    Past the ends of the calendar it raises OverflowError or ValueError.
    """
    if bucket is Bucket.MONTH:
        return move_months(start, count)
    return start + timedelta(days=count * 7 if bucket is Bucket.WEEK else count)


def distance(earlier: date, later: date, bucket: Bucket) -> int:
    """Count the buckets from the one that holds `earlier` to the one that holds `later`.

    >>> distance(date(2024, 12, 31), date(2025, 1, 1), Bucket.MONTH)
    1
    """
    if bucket is Bucket.MONTH:
        return (later.year - earlier.year) * _MONTHS + later.month - earlier.month
    days = (start_of(later, bucket) - start_of(earlier, bucket)).days
    return days // 7 if bucket is Bucket.WEEK else days


def starts_in(period: Period, bucket: Bucket) -> list[date]:
    """Return the first day of every bucket that `period` touches; the first may begin before it.

    >>> [str(day) for day in starts_in(Period(date(2025, 6, 6), date(2025, 6, 9)), Bucket.WEEK)]
    ['2025-06-02', '2025-06-09']
    """
    first = start_of(period.first, bucket)
    count = distance(period.first, period.last, bucket) + 1
    return [move(first, bucket, index) for index in range(count)]


def whole_days(period: TimeRange) -> Period:
    """Return the days that `period` touches, in its own time zone."""
    if isinstance(period, Span):
        return Period(period.start.date(), (period.end - _MOMENT).date())
    return period


def counted(count: int, noun: str) -> str:
    """Return `1 day`, `2 days`."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def described(period: TimeRange, zone: tzinfo | None = None) -> str:
    """Return a range as people are told of it; of days their number, of moments their zone.

    `zone` is that of the days where it is not this machine's.

    >>> described(Period(date(2025, 6, 1), date(2025, 6, 1)))
    '2025-06-01 to 2025-06-01 (1 day)'
    """
    if not isinstance(period, Period):
        return str(period)
    days = counted(period.days, "day")
    return f"{period} ({days}, {zone})" if zone else f"{period} ({days})"


def windows(period: Period, days_per_window: int) -> list[Period]:
    """Cut `period` into windows that cover each of its days once, the oldest first.

    Every window has `days_per_window` days, the last as many as are left.

    >>> from datetime import date
    >>> [str(window) for window in windows(Period(date(2025, 6, 1), date(2025, 6, 5)), 3)]
    ['2025-06-01 to 2025-06-03', '2025-06-04 to 2025-06-05']
    """
    if days_per_window < 1:
        raise ValueError("a window has at least one day")
    firsts = range(0, period.days, days_per_window)
    reach = timedelta(days=days_per_window - 1)
    starts = (period.first + timedelta(days=offset) for offset in firsts)
    return [Period(start, start + min(reach, period.last - start)) for start in starts]


def bucket_windows(period: Period, bucket: Bucket, longest: int) -> list[Period]:
    """Cut `period` between buckets into windows of `longest` days at most, the oldest first.

    Nothing where a single bucket is longer than that.

    >>> may_to_july = Period(date(2025, 5, 1), date(2025, 7, 31))
    >>> [str(window) for window in bucket_windows(may_to_july, Bucket.MONTH, 61)]
    ['2025-05-01 to 2025-06-30', '2025-07-01 to 2025-07-31']
    """
    starts = [max(start, period.first) for start in starts_in(period, bucket)]
    lasts = [*(start - ONE_DAY for start in starts[1:]), period.last]
    found: list[Period] = []
    for part in map(Period, starts, lasts):
        joined = Period(found[-1].first, part.last) if found else part
        if found and joined.days <= longest:
            found[-1] = joined
        else:
            found.append(part)
    return [] if any(part.days > longest for part in found) else found


def request_window(window: Period) -> Period:
    """Return the period to ask a service for, so that it answers with every day of `window`.

    Whether a service includes the day it is given as `to` is not documented. One day more
    is right for both readings, once `services.normalize.trim` has dropped the days outside.
    Only rows by day can be trimmed: a week, month or sum would hold the extra day.
    """
    return Period(window.first, window.last + ONE_DAY)


def merge_periods(periods: Iterable[Period]) -> list[Period]:
    """Return the same days in as few periods as possible, the oldest first."""
    merged: list[Period] = []
    for period in sorted(periods, key=lambda each: each.first):
        if merged and period.first <= merged[-1].last + ONE_DAY:
            merged[-1] = Period(merged[-1].first, max(merged[-1].last, period.last))
        else:
            merged.append(period)
    return merged
