"""The range of a request as Mux takes it: two epochs, in UTC, on the boundaries of buckets.

Asked by a duration, the service would round each kind of answer differently.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from glomex_cli.dates.calendar import ONE_DAY, move, start_of
from glomex_cli.models import Bucket, Json, Period, Span, TimeRange

STEPS_S = {
    Bucket.MINUTE: 60,
    Bucket.TEN_MINUTES: 600,
    Bucket.HOUR: 3600,
    Bucket.DAY: 86_400,
}
# Up to which length the service rounds a range without buckets to which.
_ROUNDED = (
    (timedelta(minutes=89), Bucket.MINUTE),
    (timedelta(hours=6), Bucket.TEN_MINUTES),
    (timedelta(days=15), Bucket.HOUR),
)
_MOST_POINTS = 1500  # a request; how many the service takes is not documented
_EPOCH_LIMIT = 1 << 40
_LAST_SECOND = 59


class Timeframe(NamedTuple):
    """Epoch seconds from `first` up to, but without, `end`."""

    first: int
    end: int

    @property
    def parameters(self) -> tuple[tuple[str, str], ...]:
        """The two parameters of a request."""
        return (("timeframe[]", str(self.first)), ("timeframe[]", str(self.end)))

    @property
    def span(self) -> Span:
        """The same as moments, in UTC."""
        return Span(moment(self.first), moment(self.end))


def moment(epoch: int) -> datetime:
    """Return the moment of an epoch, in UTC."""
    return datetime.fromtimestamp(epoch, UTC)


def timeframe_of(period: TimeRange, bucket: Bucket | None) -> Timeframe:
    """Return the range to ask for: `period`, its ends moved outward to boundaries of buckets.

    Days are UTC's. Weeks and months are cut by the range, so days are their boundaries.
    """
    if isinstance(period, Period):
        return _days(period)
    if bucket in {Bucket.WEEK, Bucket.MONTH}:
        bucket = Bucket.DAY
    step = STEPS_S[bucket or _rounding(period)]
    first, end = int(period.start.timestamp()), -int(-period.end.timestamp() // 1)
    return Timeframe(first // step * step, -(-end // step) * step)


def request_windows(whole: Timeframe, bucket: Bucket) -> list[Timeframe]:
    """Cut a range into requests of at most 1,500 buckets each."""
    size = _MOST_POINTS * STEPS_S[bucket]
    return [
        Timeframe(first, min(first + size, whole.end))
        for first in range(whole.first, whole.end, size)
    ]


def calendar_parts(whole: Timeframe, bucket: Bucket) -> Iterator[tuple[date, Timeframe]]:
    """Yield the first day of each week or month that the range touches, and its part of it."""
    start = start_of(moment(whole.first).date(), bucket)
    while epoch_of(start) < whole.end:
        following = move(start, bucket, 1)
        yield (
            start,
            Timeframe(max(whole.first, epoch_of(start)), min(whole.end, epoch_of(following))),
        )
        start = following


def epoch_of(day: date) -> int:
    """Return the epoch at which a day of UTC begins."""
    return int(datetime.combine(day, time(), UTC).timestamp())


def answered(timeframe: Json) -> Timeframe | None:
    """Return the range an answer says it is about; an end at a last second means up to the next.

    >>> answered([1755069000, 1755155999])
    Timeframe(first=1755069000, end=1755156000)
    """
    match timeframe:
        case [int(first), int(end)] if 0 <= first < end < _EPOCH_LIMIT:
            return Timeframe(first, end + 1 if end % 60 == _LAST_SECOND else end)
        case _:
            return None


def _days(period: Period) -> Timeframe:
    return Timeframe(epoch_of(period.first), epoch_of(period.last + ONE_DAY))


def _rounding(span: Span) -> Bucket:
    length = span.end - span.start
    return next((bucket for longest, bucket in _ROUNDED if length <= longest), Bucket.DAY)
