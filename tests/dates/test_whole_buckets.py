"""`--last` by week or month names whole buckets, on any day and however it is typed."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glomex_cli.dates.calendar import distance, move, start_of, starts_in
from glomex_cli.dates.durations import Duration, parse_duration
from glomex_cli.models import Bucket
from support.ranges import Typed, resolve

TODAYS = st.dates(min_value=date(2010, 1, 1), max_value=date(2100, 1, 1))
SPANS = st.tuples(st.integers(1, 100), st.sampled_from("dwm")) | st.tuples(
    st.integers(1, 8), st.just("y")
)


@pytest.mark.parametrize(
    ("typed", "bucket", "today", "expected"),
    [
        ({"span": "12w"}, Bucket.WEEK, "2026-11-25", "2026-08-31 to 2026-11-22"),
        ({"span": "12w"}, Bucket.WEEK, "2026-11-23", "2026-08-31 to 2026-11-22"),
        ({"span": "12w"}, Bucket.WEEK, "2026-11-22", "2026-08-24 to 2026-11-15"),
        ({"span": "6m"}, Bucket.MONTH, "2025-05-01", "2024-11-01 to 2025-04-30"),
        ({"span": "6m"}, Bucket.MONTH, "2025-03-01", "2024-09-01 to 2025-02-28"),
        ({"span": "6m"}, Bucket.MONTH, "2025-05-31", "2024-11-01 to 2025-04-30"),
        ({"span": "1y"}, Bucket.MONTH, "2024-02-29", "2023-02-01 to 2024-01-31"),
        ({"span": "1m"}, Bucket.WEEK, "2026-11-25", "2026-10-19 to 2026-11-22"),
        ({"span": "12w"}, Bucket.MONTH, "2026-11-25", "2026-08-01 to 2026-10-31"),
        ({}, Bucket.WEEK, "2026-11-25", "2026-11-09 to 2026-11-22"),
        ({}, Bucket.MONTH, "2026-11-25", "2026-10-01 to 2026-10-31"),
        ({"span": "12w"}, Bucket.DAY, "2026-11-25", "2026-09-02 to 2026-11-24"),
        ({"span": "12w"}, None, "2026-11-25", "2026-09-02 to 2026-11-24"),
        ({"named": "this-week"}, Bucket.WEEK, "2026-11-25", "2026-11-23 to 2026-11-24"),
        ({"first": "2026-11-04"}, Bucket.WEEK, "2026-11-25", "2026-11-04 to 2026-11-24"),
    ],
)
def test_what_is_typed_names_whole_weeks_and_months(
    typed: Typed, bucket: Bucket | None, today: str, expected: str
) -> None:
    assert str(resolve(typed, today=date.fromisoformat(today), bucket=bucket)) == expected


@given(today=TODAYS, span=SPANS, bucket=st.sampled_from([Bucket.DAY, Bucket.WEEK, Bucket.MONTH]))
def test_buckets_are_whole_consecutive_and_over(
    today: date, span: tuple[int, str], bucket: Bucket
) -> None:
    found = resolve({"span": "".join(map(str, span))}, today=today, bucket=bucket)
    starts = starts_in(found, bucket)
    assert starts[0] == found.first
    assert move(starts[-1], bucket, 1) - timedelta(days=1) == found.last
    assert all(move(one, bucket, 1) == two for one, two in pairwise(starts))
    assert found.last < today
    assert found.last >= start_of(today, bucket) - timedelta(days=1)


@given(today=TODAYS, count=st.integers(1, 100))
def test_as_many_weeks_or_months_as_typed(today: date, count: int) -> None:
    weeks = resolve({"span": f"{count}w"}, today=today, bucket=Bucket.WEEK)
    months = resolve({"span": f"{count}m"}, today=today, bucket=Bucket.MONTH)
    assert len(starts_in(weeks, Bucket.WEEK)) == count
    assert distance(months.first, today, Bucket.MONTH) == count


@pytest.mark.bug("B3")
@given(today=TODAYS, count=st.integers(1, 100))
def test_months_back_from_the_first_are_whole_by_day_too(today: date, count: int) -> None:
    first = today.replace(day=1)
    by_day = resolve({"span": f"{count}m"}, today=first, bucket=Bucket.DAY)
    assert by_day == resolve({"span": f"{count}m"}, today=first, bucket=Bucket.MONTH)


@given(
    duration=st.builds(
        Duration, st.integers(1, 10**9 - 1), st.sampled_from(["min", "h", "d", "w", "m", "y"])
    )
)
def test_a_duration_is_read_as_it_is_written(duration: Duration) -> None:
    assert parse_duration(str(duration)) == duration
