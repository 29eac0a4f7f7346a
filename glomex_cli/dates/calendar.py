"""Calendar arithmetic on days, ISO weeks (Monday first) and months."""

from datetime import date, timedelta

from glomex_cli.models import Period
from glomex_cli.names import Bucket

ONE_DAY = timedelta(days=1)
_MONTHS = 12


def start_of(day: date, bucket: Bucket) -> date:
    """Give the first day of the bucket that holds `day`.

    >>> start_of(date(2025, 6, 15), Bucket.WEEK)
    datetime.date(2025, 6, 9)
    """
    if bucket is Bucket.MONTH:
        return day.replace(day=1)
    return day - timedelta(days=day.weekday()) if bucket is Bucket.WEEK else day


def end_of_month(day: date) -> date:
    """Give the last day of the month that holds `day`."""
    if day.month == _MONTHS:
        return day.replace(day=31)
    return day.replace(month=day.month + 1, day=1) - ONE_DAY


def move_months(day: date, count: int) -> date:
    """Give the same day `count` months later, or that month's last day where it has no such day.

    Past the ends of the calendar (years 1 to 9999) it raises ValueError.

    >>> move_months(date(2024, 3, 31), -1)
    datetime.date(2024, 2, 29)
    """
    years, month = divmod(day.month - 1 + count, _MONTHS)
    first = date(day.year + years, month + 1, 1)
    return first.replace(day=min(day.day, end_of_month(first).day))


def move(start: date, bucket: Bucket, count: int) -> date:
    """Give the day that lies `count` buckets later.

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
    """Give the first day of every bucket that `period` touches; the first may begin before it.

    >>> [str(day) for day in starts_in(Period(date(2025, 6, 6), date(2025, 6, 9)), Bucket.WEEK)]
    ['2025-06-02', '2025-06-09']
    """
    first = start_of(period.first, bucket)
    count = distance(period.first, period.last, bucket) + 1
    return [move(first, bucket, index) for index in range(count)]
