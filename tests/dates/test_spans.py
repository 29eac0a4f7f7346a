"""Hours and moments: their ranges, buckets and comparisons, over changes of the clock."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from glomex_cli.dates.buckets import bucket_label, first_day_of
from glomex_cli.dates.comparison import Comparison, parse_comparison
from glomex_cli.dates.moments import bucket_starts, end_of_bucket, length_of, start_of_moment
from glomex_cli.dates.ranges import ServiceCalendar, TypedRange, default_bucket, resolve_range
from glomex_cli.errors import UsageError
from glomex_cli.models import Bucket, Period, Span

BERLIN = ZoneInfo("Europe/Berlin")
ZONES = [
    UTC,
    BERLIN,
    *map(ZoneInfo, ["America/Santiago", "Australia/Lord_Howe", "Asia/Kolkata"]),
]
FINE = [Bucket.MINUTE, Bucket.TEN_MINUTES, Bucket.HOUR]
NOW = datetime(2026, 11, 25, 14, 37, 30, tzinfo=UTC)
MOMENTS = st.integers(0, 10**9).map(
    lambda seconds: datetime(2010, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
)


def resolved(typed: TypedRange, bucket: Bucket | None = None, *, now: datetime = NOW) -> Span:
    found = resolve_range(typed, ServiceCalendar(now, tuple(Bucket), "Mux"), bucket)
    assert isinstance(found, Span)
    return found


@pytest.mark.parametrize(
    ("typed", "bucket", "expected"),
    [
        (TypedRange(span="24h"), Bucket.HOUR, "2026-11-24 14:00 to 2026-11-25 14:37 UTC"),
        (TypedRange(span="24h"), None, "2026-11-24 14:00 to 2026-11-25 14:37 UTC"),
        (TypedRange(span="6h"), None, "2026-11-25 08:30 to 2026-11-25 14:37 UTC"),
        (TypedRange(span="90min"), None, "2026-11-25 13:07 to 2026-11-25 14:37 UTC"),
        (TypedRange(span="90min"), Bucket.HOUR, "2026-11-25 12:00 to 2026-11-25 14:37 UTC"),
        (TypedRange(span="48h"), Bucket.DAY, "2026-11-23 00:00 to 2026-11-25 14:37 UTC"),
        (TypedRange(span="2d"), Bucket.HOUR, "2026-11-23 00:00 to 2026-11-25 00:00 UTC"),
        (TypedRange("today"), Bucket.HOUR, "2026-11-25 00:00 to 2026-11-25 14:37 UTC"),
        (TypedRange("2026-11-25T14:00"), None, "2026-11-25 14:00 to 2026-11-25 14:37 UTC"),
        (
            TypedRange("2026-11-25T12:00+02:00", "2026-11-25t13:00:00z"),
            None,
            "2026-11-25 10:00 to 2026-11-25 13:00 UTC",
        ),
        (TypedRange("yesterday", "now"), None, "2026-11-24 00:00 to 2026-11-25 14:37 UTC"),
        (TypedRange("2026-11-24 06:00", "today"), None, "2026-11-24 06:00 to 2026-11-25 14:37 UTC"),
        (
            TypedRange("2026-11-23T06:00", "2026-11-23"),
            None,
            "2026-11-23 06:00 to 2026-11-24 00:00 UTC",
        ),
        (TypedRange(last="now"), None, "2026-11-11 14:37 to 2026-11-25 14:37 UTC"),
    ],
)
def test_moments_are_typed_in_many_ways(
    typed: TypedRange, bucket: Bucket | None, expected: str
) -> None:
    assert str(resolved(typed, bucket)) == expected


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        (TypedRange("2026-11-25T15:00"), "--from 2026-11-25T15:00 is in the future"),
        (TypedRange("2026-11-25T24:10"), "--from '2026-11-25T24:10' does not exist"),
        (TypedRange("1999-11-25T14:00"), "--from 1999-11-25 is too long ago"),
        (TypedRange("now", "yesterday"), "the range ends before it begins: 2026-11-25T14:37 to"),
        (TypedRange("now"), "the range ends before it begins: 2026-11-25T14:37 to"),
        (TypedRange(span="999999h"), "--last '999999h' reaches too far back"),
    ],
)
def test_moments_that_cannot_be_are_refused(typed: TypedRange, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        resolved(typed)
    assert caught.value.message.startswith(message)
    assert caught.value.hint


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (TypedRange(span="90min"), Bucket.MINUTE),
        (TypedRange(span="91min"), Bucket.TEN_MINUTES),
        (TypedRange(span="6h"), Bucket.TEN_MINUTES),
        (TypedRange(span="7h"), Bucket.HOUR),
        (TypedRange(span="7"), Bucket.DAY),
        (TypedRange(span="12w"), Bucket.DAY),
        (TypedRange(named="mtd"), Bucket.DAY),
        (TypedRange("2026-11-25"), Bucket.DAY),
        (TypedRange("2026-11-25T14:00"), Bucket.MINUTE),
        (TypedRange("2026-11-25T10:00"), Bucket.TEN_MINUTES),
        (TypedRange("2026-11-24T10:00"), Bucket.HOUR),
        (TypedRange(), Bucket.DAY),
    ],
)
def test_the_usual_bucket_follows_the_unit_typed(typed: TypedRange, expected: Bucket) -> None:
    assert default_bucket(typed, ServiceCalendar(NOW, tuple(Bucket))) is expected


@pytest.mark.parametrize(
    ("day", "hours"), [("2026-03-29", 23), ("2026-10-25", 25), ("2026-10-26", 24)]
)
def test_a_day_on_which_the_clock_changes_has_its_hours(day: str, hours: int) -> None:
    start = datetime.fromisoformat(day).replace(tzinfo=BERLIN)
    end = end_of_bucket(start, Bucket.DAY)
    assert len(bucket_starts(Span(start, end.astimezone(BERLIN)), Bucket.HOUR)) == hours


@given(
    moment=MOMENTS, minutes=st.integers(1, 3000), bucket=st.sampled_from(FINE),
    zone=st.sampled_from(ZONES),
)  # fmt: skip
@example(
    moment=datetime(2010, 4, 3, 3, 46, 39, tzinfo=UTC), minutes=2993, bucket=Bucket.HOUR,
    zone=ZoneInfo("America/Santiago"),
)  # fmt: skip
def test_fine_buckets_are_whole_consecutive_and_hold_the_range(
    moment: datetime, minutes: int, bucket: Bucket, zone: ZoneInfo
) -> None:
    span = Span(moment.astimezone(zone), (moment + timedelta(minutes=minutes)).astimezone(zone))
    starts = [start for start in bucket_starts(span, bucket) if isinstance(start, datetime)]
    ends = [end_of_bucket(start.astimezone(zone), bucket) for start in starts]
    assert starts[0] <= span.start.astimezone(UTC) < ends[0]
    assert starts[-1] < span.end.astimezone(UTC) <= ends[-1]
    assert starts[1:] == ends[:-1]
    # In UTC: Python calls a moment of a repeated hour unequal to any in another zone (PEP 495).
    again = [start_of_moment(one.astimezone(zone), bucket).astimezone(UTC) for one in starts]
    assert again == starts


@given(now=MOMENTS, count=st.integers(1, 200), bucket=st.sampled_from(FINE))
def test_hours_before_now_are_whole_but_for_the_running_one(
    now: datetime, count: int, bucket: Bucket
) -> None:
    span = resolved(TypedRange(span=f"{count}h"), bucket, now=now)
    assert span.end == now
    assert span.start == start_of_moment(span.start, bucket)
    assert length_of(span) - timedelta(hours=count) < timedelta(hours=1)


@given(
    moment=MOMENTS, bucket=st.sampled_from(FINE),
    tail=st.sampled_from(["Z", ".000Z", "+02:00", "-0330", ""]),
)  # fmt: skip
def test_a_moment_is_read_as_it_is_written(moment: datetime, bucket: Bucket, tail: str) -> None:
    start = start_of_moment(moment, bucket)
    like = f"2020-06-16T01:00:00{tail}"
    label = bucket_label(start, bucket, like=like)
    assert first_day_of(label, bucket) == first_day_of(bucket_label(start, bucket), bucket) == start
    assert label.endswith(tail)


@pytest.mark.parametrize(
    ("text", "bucket", "expected"),
    [
        ("previous", Bucket.HOUR, "2026-11-23 14:00 to 2026-11-24 14:37 UTC"),
        ("previous", None, "2026-11-23 13:22 to 2026-11-24 14:00 UTC"),
        ("previous", Bucket.DAY, "2026-11-22 14:00 to 2026-11-23 14:37 UTC"),
        ("year", Bucket.HOUR, "2025-11-25 14:00 to 2025-11-26 14:37 UTC"),
        ("2026-11-20..2026-11-20", Bucket.HOUR, "2026-11-20 00:00 to 2026-11-21 00:00 UTC"),
        (
            "2026-11-20T06:00..2026-11-20T09:00",
            Bucket.HOUR,
            "2026-11-20 06:00 to 2026-11-20 09:00 UTC",
        ),
    ],
)
def test_moments_are_compared_with_earlier_ones(
    text: str, bucket: Bucket | None, expected: str
) -> None:
    span = resolved(TypedRange(span="24h"))
    assert str(parse_comparison(text, span, now=NOW, bucket=bucket).before) == expected


@given(now=MOMENTS, count=st.integers(1, 50), bucket=st.sampled_from(FINE))
def test_an_hour_is_aligned_with_the_one_at_its_place(
    now: datetime, count: int, bucket: Bucket
) -> None:
    span = resolved(TypedRange(span=f"{count}h"), bucket, now=now)
    found = parse_comparison("previous", span, now=now, bucket=bucket)
    aligned = [found.align(start, bucket) for start in bucket_starts(found.before, bucket)]
    assert aligned == bucket_starts(span, bucket)


def test_days_are_aligned_as_days_in_a_range_of_moments() -> None:
    day = date(2026, 11, 1)
    whole = Comparison(Period(date(2026, 11, 8), date(2026, 11, 9)), Period(day, day))
    assert whole.align(day, Bucket.DAY) == date(2026, 11, 8)
