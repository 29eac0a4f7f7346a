"""The earlier period that `--compare` puts beside a period, and how the two are aligned."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

from glomex_cli.dates.calendar import distance, end_of_month, move, move_months, start_of
from glomex_cli.dates.ranges import order, parse_day
from glomex_cli.errors import UsageError
from glomex_cli.models import Bucket, Period
from glomex_cli.suggestions import closest, quoted

# 52 weeks: the nearest to a year that puts a Monday beside a Monday.
_YEAR_DAYS = 364
_YEAR_MONTHS = 12


class Comparison(NamedTuple):
    """A period and the one it is compared with, aligned by their first buckets."""

    current: Period
    before: Period

    def align(self, day: date, bucket: Bucket) -> date:
        """Return the start of the bucket in `current` that is aligned with the one of `day`.

        Past the ends of the calendar it raises OverflowError or ValueError.
        """
        count = distance(self.before.first, self.current.first, bucket)
        return move(start_of(day, bucket), bucket, count)


def previous(period: Period, bucket: Bucket | None = None) -> Period:
    """Return as many days as `period` has, right before it.

    By week, it is moved by whole weeks, so that weekdays match. By month, it is moved by the
    number of months it touches: whole months are compared with whole months, and the first 18
    days of June with the first 18 of May.
    """
    if bucket is Bucket.MONTH:
        months = distance(period.first, period.last, bucket) + 1
        return _months_earlier(period, months)
    days = -(-period.days // 7) * 7 if bucket is Bucket.WEEK else period.days
    return _days_earlier(period, days)


def year_before(period: Period, bucket: Bucket | None = None) -> Period:
    """Return the same weekdays 364 days before; by month, the same dates a year before.

    >>> str(year_before(Period(date(2025, 6, 2), date(2025, 6, 8))))
    '2024-06-03 to 2024-06-09'
    """
    if bucket is Bucket.MONTH:
        return _months_earlier(period, _YEAR_MONTHS)
    return _days_earlier(period, _YEAR_DAYS)


def parse_comparison(
    text: str, period: Period, *, today: date, bucket: Bucket | None = None
) -> Comparison:
    """Parse `--compare previous`, `--compare year` or `--compare FROM..TO`; UsageError otherwise.

    A FROM..TO may be shorter or longer than `period`; its first day (week, month) is aligned
    with the first of `period`.
    """
    word = text.lower()
    if word == "previous":
        return Comparison(period, previous(period, bucket))
    if word == "year":
        return Comparison(period, year_before(period, bucket))
    first, dots, last = text.partition("..")
    if not dots:
        like = closest(text, ["previous", "year"])
        hint = f"did you mean --compare {like}?" if like else _hint(today)
        raise UsageError(f"--compare {quoted(text)} is not known", hint)
    return Comparison(period, _between(first, last, today=today))


def _between(first: str, last: str, *, today: date) -> Period:
    try:
        start = parse_day(first, option="--compare", today=today)
        end = parse_day(last, option="--compare", today=today)
    except UsageError as error:
        raise UsageError(error.message, _hint(today)) from error
    return order(start, end, hint=f"the other way round: --compare {end}..{start}")


def _hint(today: date) -> str:
    month = start_of(today, Bucket.MONTH) - timedelta(days=1)
    example = f"{start_of(month, Bucket.MONTH)}..{month}"
    return f"type --compare previous, --compare year or --compare {example}"


def _days_earlier(period: Period, days: int) -> Period:
    return _moved(period, lambda day: day - timedelta(days=days))


def _months_earlier(period: Period, months: int) -> Period:
    earlier = _moved(period, lambda day: move_months(day, -months))
    if period.last == end_of_month(period.last):
        return Period(earlier.first, end_of_month(earlier.last))
    return earlier


def _moved(period: Period, mover: Callable[[date], date]) -> Period:
    try:
        return Period(mover(period.first), mover(period.last))
    except (OverflowError, ValueError):
        hint = "leave --compare out, or type a later range"
        raise UsageError(f"the calendar has no days before {period}", hint) from None
