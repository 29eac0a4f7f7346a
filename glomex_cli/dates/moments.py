"""Moments as a person types them, and time buckets of minutes, hours and days in a time zone.

A day is from midnight to midnight of the zone, be it 23, 24 or 25 hours long; hours and minutes
are counted from its midnight. Arithmetic is done in UTC, where no hour is missing or comes twice.
"""

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from glomex_cli.dates.calendar import ONE_DAY, end_of_month, move, start_of, starts_in, whole_days
from glomex_cli.errors import UsageError
from glomex_cli.models import DEFAULT_DAYS, Bucket, Span, TimeRange
from glomex_cli.suggestions import closest, quoted

# Older days are mistyped: online video is younger, and each year costs requests.
EARLIEST = date(2000, 1, 1)
_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_MOMENT = re.compile(
    r"(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})[T ]"
    r"(?P<time>[0-9]{2}:[0-9]{2}(?::[0-9]{2})?)(?P<zone>Z|[+-][0-9]{2}:?[0-9]{2})?",
    re.IGNORECASE,
)
_WORDS = ("today", "yesterday", "now")
# The buckets shorter than a day.
LENGTHS = {
    Bucket.MINUTE: timedelta(minutes=1),
    Bucket.TEN_MINUTES: timedelta(minutes=10),
    Bucket.HOUR: timedelta(hours=1),
}


def parse_day(text: str, *, option: str, today: date) -> date:
    """Parse `YYYY-MM-DD`, `today` or `yesterday`; `option` is where it was typed, for messages.

    A day that does not exist, is in the future or before 2000 is a UsageError: nothing is moved
    silently to where it would fit.
    """
    words = {"today": today, "yesterday": today - ONE_DAY}
    day = words.get(text.lower()) or _parse_date(text, option=option, today=today)
    if day > today:
        hint = f"type {option} today, or a day before {today}"
        raise UsageError(f"{option} {day} is in the future", hint)
    if day < EARLIEST:
        raise UsageError(f"{option} {day} is too long ago", f"type {option} {EARLIEST} or later")
    return day


def is_moment(text: str) -> bool:
    """Return whether `text` has the form of a moment: `now`, or a day with a time.

    >>> is_moment("2026-11-25T14:00+02:00"), is_moment("today")
    (True, False)
    """
    return text.lower() == "now" or _MOMENT.fullmatch(text) is not None


def day_of_moment(text: str) -> str:
    """Return the part of a moment that is its day, as `--from` takes it."""
    match = _MOMENT.fullmatch(text)
    return match.group("day") if match else "today"


def parse_moment(text: str, *, option: str, now: datetime) -> datetime:
    """Parse `2026-11-25T14:00`, with `Z`, an offset or neither, or `now`; in the zone of `now`.

    Without an offset the time is one of that zone. What does not exist or has not come yet is
    a UsageError.
    """
    match = _MOMENT.fullmatch(text)
    if match is None:
        return now
    day = parse_day(match["day"], option=option, today=now.date() + ONE_DAY)
    zone = (match["zone"] or "").upper()
    try:
        moment = datetime.fromisoformat(f"{day}T{match['time']}{zone}")
        moment = (moment if zone else moment.replace(tzinfo=now.tzinfo)).astimezone(UTC)
    except (ValueError, OverflowError):
        hint = f"type {option} {day}T14:00, with Z or +02:00 if need be"
        raise UsageError(f"{option} {quoted(text)} does not exist", hint) from None
    if moment > now.astimezone(UTC):
        raise UsageError(f"{option} {text} is in the future", f"type {option} now")
    return moment.astimezone(now.tzinfo)


def moments_between(first: str | None, last: str | None, *, now: datetime) -> Span:
    """Return the moments from `--from` to `--to`, of which one may be a day.

    A day given as the end is included up to `now`. Without an end it is `now`, without a
    beginning 14 days before the end.
    """
    end = now if last is None else _end(last, now=now)
    if first is None:
        start = end - timedelta(days=DEFAULT_DAYS)
    elif is_moment(first):
        start = parse_moment(first, option="--from", now=now)
    else:
        start = midnight(parse_day(first, option="--from", today=now.date()), now.tzinfo)
    if start.astimezone(UTC) >= end.astimezone(UTC):
        raise UsageError(
            f"the range ends before it begins: {start:%Y-%m-%dT%H:%M} to {end:%Y-%m-%dT%H:%M}",
            "type an earlier --from, or a later --to",
        )
    return Span(start.astimezone(now.tzinfo), end)


def _end(text: str, *, now: datetime) -> datetime:
    if is_moment(text):
        return parse_moment(text, option="--to", now=now)
    day = parse_day(text, option="--to", today=now.date())
    return min(midnight(day + ONE_DAY, now.tzinfo), now.astimezone(UTC)).astimezone(now.tzinfo)


def _parse_date(text: str, *, option: str, today: date) -> date:
    form_hint = f"type the day as YYYY-MM-DD: {option} {today - ONE_DAY}"
    match = _DATE.fullmatch(text)
    if match is None:
        word = closest(text, _WORDS)
        hint = f"did you mean {option} {word}?" if word else form_hint
        raise UsageError(f"{option} {quoted(text)} is not a date", hint)
    year, month, day = map(int, match.groups())
    try:
        return date(year, month, day)
    except ValueError:
        last = _end_of_month(year, month)
        hint = f"that month ends on {last}: {option} {last}" if last else form_hint
        raise UsageError(f"{option} {text} does not exist", hint) from None


def _end_of_month(year: int, month: int) -> date | None:
    try:
        return end_of_month(date(year, month, 1))
    except ValueError:
        return None


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
