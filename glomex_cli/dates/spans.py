"""Time buckets of moments: minutes and hours, and days of a time zone, over changes of the clock.

A day is from midnight to midnight of the zone, be it 23, 24 or 25 hours long; hours and minutes
are counted from its midnight. Arithmetic is done in UTC, where no hour is missing or comes twice.
"""

from datetime import UTC, date, datetime, time, timedelta, tzinfo

from glomex_cli.dates.calendar import move, start_of, starts_in, whole_days
from glomex_cli.models import Bucket, Span, TimeRange

# The buckets shorter than a day.
LENGTHS = {
    Bucket.MINUTE: timedelta(minutes=1),
    Bucket.TEN_MINUTES: timedelta(minutes=10),
    Bucket.HOUR: timedelta(hours=1),
}


def midnight(day: date, zone: tzinfo | None) -> datetime:
    """Return the moment `day` begins in `zone`, in UTC."""
    return datetime.combine(day, time(), tzinfo=zone).astimezone(UTC)


def span_of(period: TimeRange, zone: tzinfo | None, *, until: datetime | None = None) -> Span:
    """Return the moments of whole days in `zone`, none from `until` on; a Span as it is.

    >>> from glomex_cli.models import Period
    >>> str(span_of(Period(date(2026, 3, 29), date(2026, 3, 29)), UTC))
    '2026-03-29 00:00 to 2026-03-30 00:00 UTC'
    """
    if isinstance(period, Span):
        return period
    start, end = midnight(period.first, zone), midnight(move(period.last, Bucket.DAY, 1), zone)
    end = end if until is None else min(end, until.astimezone(UTC))
    return Span(start.astimezone(zone), end.astimezone(zone))


def start_of_moment(moment: datetime, bucket: Bucket) -> datetime:
    """Return when the bucket that holds `moment` begins, in the zone of `moment`.

    >>> str(start_of_moment(datetime(2026, 11, 25, 14, 37, tzinfo=UTC), Bucket.TEN_MINUTES))
    '2026-11-25 14:30:00+00:00'
    """
    length = LENGTHS.get(bucket)
    if length is None:
        return midnight(start_of(moment.date(), bucket), moment.tzinfo).astimezone(moment.tzinfo)
    now = moment.astimezone(UTC)
    return (now - (now - midnight(moment.date(), moment.tzinfo)) % length).astimezone(moment.tzinfo)


def end_of_bucket(start: datetime, bucket: Bucket) -> datetime:
    """Return when the bucket that begins at `start` ends, in UTC: when the next one begins."""
    length = LENGTHS.get(bucket)
    if length is None:
        return midnight(move(start.date(), bucket, 1), start.tzinfo)
    next_day = midnight(start.date() + timedelta(days=1), start.tzinfo)
    return min(start.astimezone(UTC) + length, next_day)


def bucket_starts(period: TimeRange, bucket: Bucket) -> list[date]:
    """Return the start of every bucket that `period` touches; the first may begin before it.

    These are days, or moments in UTC for buckets shorter than a day. Whole days are cut
    into hours as UTC counts them; for those of another zone pass `span_of`.
    """
    if bucket not in LENGTHS:
        return list(starts_in(whole_days(period), bucket))
    span = span_of(period, UTC)
    starts, start = list[date](), start_of_moment(span.start, bucket).astimezone(UTC)
    while start < span.end.astimezone(UTC):
        starts.append(start)
        start = end_of_bucket(start.astimezone(span.start.tzinfo), bucket)
    return starts


def before_moment(moment: datetime, length: timedelta) -> datetime:
    """Return the moment that is `length` earlier, in the same zone; the hours are real ones."""
    return (moment.astimezone(UTC) - length).astimezone(moment.tzinfo)


def length_of(span: Span) -> timedelta:
    """Return how long `span` is, in real hours."""
    return span.end.astimezone(UTC) - span.start.astimezone(UTC)
