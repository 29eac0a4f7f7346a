"""The earlier range that `--compare` puts beside a range, and how the two are aligned."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from glomex_cli.dates.calendar import (
    distance,
    end_of_month,
    move,
    move_months,
    start_of,
    whole_days,
)
from glomex_cli.dates.moments import (
    LENGTHS,
    before_moment,
    is_moment,
    length_of,
    parse_day,
    parse_moment,
    span_of,
    start_of_moment,
)
from glomex_cli.dates.ranges import order
from glomex_cli.errors import UsageError
from glomex_cli.models import Bucket, Period, Span, TimeRange
from glomex_cli.suggestions import closest, quoted

# 52 weeks: the nearest to a year that puts a Monday beside a Monday.
_YEAR_DAYS = 364
_YEAR_MONTHS = 12


class Comparison(NamedTuple):
    """A range and the one it is compared with, aligned by their first buckets."""

    current: TimeRange
    before: TimeRange

    def align(self, day: date, bucket: Bucket) -> date:
        """Return the start of the bucket in `current` that is aligned with the one of `day`.

        `day` is a moment for a bucket shorter than a day, and so is the answer. Past the ends
        of the calendar it raises OverflowError or ValueError.
        """
        if isinstance(day, datetime):
            return before_moment(day, -self._shift(bucket))
        current, before = whole_days(self.current), whole_days(self.before)
        count = distance(before.first, current.first, bucket)
        return move(start_of(day, bucket), bucket, count)

    def _shift(self, bucket: Bucket) -> timedelta:
        """Return the time between the first buckets of the two."""
        starts = [start_of_moment(span_of(each, UTC).start, bucket) for each in self]
        return length_of(Span(starts[1], starts[0]))


def previous(period: TimeRange, bucket: Bucket | None = None) -> TimeRange:
    """Return as much time as `period` has, right before it.

    By week, it is moved by whole weeks, so that weekdays match. By month, it is moved by the
    number of months it touches: whole months are compared with whole months, and the first 18
    days of June with the first 18 of May. Moments are moved by the whole buckets they hold, so
    that the running bucket is compared with the same part of an earlier one.
    """
    days = whole_days(period)
    if bucket is Bucket.MONTH:
        return _months_earlier(period, distance(days.first, days.last, bucket) + 1)
    if isinstance(period, Period) or bucket in {Bucket.DAY, Bucket.WEEK}:
        count = -(-days.days // 7) * 7 if bucket is Bucket.WEEK else days.days
        return _days_earlier(period, count)
    length, unit = length_of(period), LENGTHS.get(bucket or Bucket.DAY)
    shift = length // unit * unit if unit and length > unit else length
    return Span(before_moment(period.start, shift), before_moment(period.end, shift))


def year_before(period: TimeRange, bucket: Bucket | None = None) -> TimeRange:
    """Return the same weekdays 364 days before; by month, the same dates a year before.

    >>> str(year_before(Period(date(2025, 6, 2), date(2025, 6, 8))))
    '2024-06-03 to 2024-06-09'
    """
    if bucket is Bucket.MONTH:
        return _months_earlier(period, _YEAR_MONTHS)
    return _days_earlier(period, _YEAR_DAYS)


def parse_comparison(
    text: str, period: TimeRange, *, now: datetime, bucket: Bucket | None = None
) -> Comparison:
    """Parse `--compare previous`, `--compare year` or `--compare FROM..TO`; UsageError otherwise.

    A FROM..TO may be shorter or longer than `period`; its first bucket is aligned with the
    first of `period`. Beside moments its ends may be moments too.
    """
    word, today = text.lower(), now.date()
    if word == "previous":
        return Comparison(period, previous(period, bucket))
    if word == "year":
        return Comparison(period, year_before(period, bucket))
    first, dots, last = text.partition("..")
    if not dots:
        like = closest(text, ["previous", "year"])
        hint = f"did you mean --compare {like}?" if like else _hint(today)
        raise UsageError(f"--compare {quoted(text)} is not known", hint)
    try:
        before = _ends(first, last, now=now, has_moments=isinstance(period, Span))
    except UsageError as error:
        raise UsageError(error.message, _hint(today)) from error
    return Comparison(period, _between(*before, now=now, is_span=isinstance(period, Span)))


def _ends(first: str, last: str, *, now: datetime, has_moments: bool) -> tuple[date, date]:
    if has_moments and is_moment(first) and is_moment(last):
        return (
            parse_moment(first, option="--compare", now=now),
            parse_moment(last, option="--compare", now=now),
        )
    today = now.date()
    return (
        parse_day(first, option="--compare", today=today),
        parse_day(last, option="--compare", today=today),
    )


def _between(first: date, last: date, *, now: datetime, is_span: bool) -> TimeRange:
    if isinstance(first, datetime) and isinstance(last, datetime):
        if first >= last:
            message = f"the range ends before it begins: {first:%Y-%m-%d %H:%M}..{last:%H:%M}"
            raise UsageError(message, "type the earlier moment first")
        return Span(first, last)
    days = order(first, last, hint=f"swap them: --compare {last}..{first}")
    return span_of(days, now.tzinfo, until=now) if is_span else days


def _hint(today: date) -> str:
    month = start_of(today, Bucket.MONTH) - timedelta(days=1)
    example = f"{start_of(month, Bucket.MONTH)}..{month}"
    return f"type --compare previous, --compare year or --compare {example}"


def _days_earlier(period: TimeRange, days: int) -> TimeRange:
    return _moved(period, lambda day: day - timedelta(days=days))


def _months_earlier(period: TimeRange, months: int) -> TimeRange:
    earlier = _moved(period, lambda day: move_months(day, -months))
    if isinstance(earlier, Period) and whole_days(period).last == end_of_month(period[1]):
        return Period(earlier.first, end_of_month(earlier.last))
    return earlier


def _moved(period: TimeRange, mover: Callable[[date], date]) -> TimeRange:
    """Move a range by days; moments keep their time on the clock of their zone."""
    try:
        if isinstance(period, Period):
            return Period(mover(period.first), mover(period.last))
        start, end = (datetime.combine(mover(each.date()), each.timetz()) for each in period)
        return Span(start, end)
    except (OverflowError, ValueError):
        hint = "leave --compare out, or type a later range"
        raise UsageError(f"the calendar has no days before {period}", hint) from None
