"""Which buckets are partial, by a computation of each of their days or minutes by hand."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glomex_cli.dates.buckets import (
    ends_of,
    is_partial,
    mark_partial,
    missing_starts,
    note_on,
    partial_labels,
)
from glomex_cli.dates.calendar import move, start_of
from glomex_cli.dates.moments import bucket_starts
from glomex_cli.models import Bucket, Period, Span, TimeRange
from support.ranges import days_of, noon, period, periods
from support.reports import report

DAILY = [Bucket.DAY, Bucket.WEEK, Bucket.MONTH]


def partial_starts(touched: TimeRange, bucket: Bucket, *, now: datetime) -> set[date]:
    """Return the starts of the partial buckets among those that a range touches."""
    starts = bucket_starts(touched, bucket)
    return {start for start in starts if is_partial(start, bucket, touched, now=now)}


@given(whole=periods(longest=120), bucket=st.sampled_from(DAILY), later=st.integers(-3, 40))
def test_a_bucket_is_partial_unless_each_of_its_days_is_there_and_over(
    whole: Period, bucket: Bucket, later: int
) -> None:
    today = whole.last + timedelta(days=later)
    given_days = {day for day in days_of(whole) if day < today}
    by_hand = set[date]()
    for start in {start_of(day, bucket) for day in days_of(whole)}:
        length = (move(start, bucket, 1) - start).days
        if not {start + timedelta(days=index) for index in range(length)} <= given_days:
            by_hand.add(start)
    assert partial_starts(whole, bucket, now=noon(today)) == by_hand


@given(
    start=st.integers(0, 10**7),
    minutes=st.integers(1, 300),
    bucket=st.sampled_from([Bucket.TEN_MINUTES, Bucket.HOUR]),
    earlier=st.integers(-20, 20),
)
def test_an_hour_is_partial_unless_each_of_its_minutes_is_there_and_over(
    start: int, minutes: int, bucket: Bucket, earlier: int
) -> None:
    first = datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=start)
    span = Span(first, first + timedelta(minutes=minutes))
    now = span.end - timedelta(minutes=earlier)
    size = 60 if bucket is Bucket.HOUR else 10
    of = {first + timedelta(minutes=index) for index in range(minutes)}
    over = {minute for minute in of if minute < now}
    starts = {minute.replace(minute=minute.minute // size * size) for minute in of}
    by_hand = {
        each for each in starts
        if not {each + timedelta(minutes=index) for index in range(size)} <= over
    }  # fmt: skip
    assert partial_starts(span, bucket, now=now) == by_hand


@pytest.mark.parametrize(
    ("range_", "bucket", "today", "expected"),
    [
        ("2026-11-02..2026-11-29", Bucket.WEEK, "2026-11-30", ""),
        ("2026-11-04..2026-11-24", Bucket.WEEK, "2026-11-25", "2026-W45 2026-W48"),
        ("2026-11-23..2026-11-25", Bucket.DAY, "2026-11-25", "2026-11-25"),
        ("2026-11-01..2026-11-30", Bucket.MONTH, "2026-11-30", "2026-11"),
        ("2026-11-01..2026-11-30", Bucket.MONTH, "2026-12-01", ""),
    ],
)
def test_the_labels_of_partial_buckets(
    range_: str, bucket: Bucket, today: str, expected: str
) -> None:
    labels = ["2026-W45", "2026-W46", "2026-W48", "2026-11-23", "2026-11-25", "2026-11", None, 7]
    cells = [
        label for label in labels
        if isinstance(label, str) and len(label) == {"day": 10, "week": 8, "month": 7}[bucket]
    ]  # fmt: skip
    now = noon(date.fromisoformat(today))
    assert partial_labels(cells, bucket, period(range_), now=now) == set(expected.split())


def test_partial_buckets_are_counted_at_both_ends() -> None:
    labels = ["a", "b", "c", "d"]
    assert ends_of(labels, {"a", "c", "d"}) == (1, 2)
    assert ends_of(labels, set()) == (0, 0)
    assert ends_of(labels, set(labels)) == (4, 4)
    assert ends_of([], {"a"}) == (0, 0)


def test_rows_of_partial_buckets_are_marked_and_explained() -> None:
    weeks = report("week", [{"week": "2026-W47"}, {"week": None}, {"week": "2026-W48"}])
    found = mark_partial(weeks._replace(partial={"2026-W48", "2026-W49"}), Bucket.WEEK)
    assert [row["week"] for row in found.rows] == ["2026-W47", None, "2026-W48*"]
    assert note_on(found.partial) == (
        "* 2026-W48 is not complete: the range cuts it, or it has not ended"
    )
    assert note_on({"b", "a"}, left_out_of="the total") == (
        "* a and b are not complete: the range cuts them, or they have not ended,"
        " and are left out of the total"
    )


def test_the_days_nobody_named_are_missing() -> None:
    named = ["2026-11-01", "2026-11-03T00:00:00Z", None]
    missing = missing_starts(named, Bucket.DAY, period("2026-11-01..2026-11-04"))
    assert [str(day) for day in missing] == ["2026-11-02", "2026-11-04"]
