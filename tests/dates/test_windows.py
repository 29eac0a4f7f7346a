"""Calendar units, and long periods in windows."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glomex_cli.dates.calendar import (
    distance,
    end_of_month,
    merge_periods,
    move,
    move_months,
    request_window,
    start_of,
    starts_in,
    windows,
)
from glomex_cli.models import Bucket, Period
from support.ranges import days_of, periods

DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2100, 12, 31))
BUCKETS = st.sampled_from(list(Bucket))


@given(whole=periods(), size=st.integers(1, 400))
def test_windows_cover_every_day_once_in_order(whole: Period, size: int) -> None:
    pieces = windows(whole, size)
    assert [day for piece in pieces for day in days_of(piece)] == days_of(whole)
    assert [piece.days for piece in pieces[:-1]] == [size] * (len(pieces) - 1)
    assert pieces[-1].days <= size


@pytest.mark.parametrize("size", [0, -1])
def test_a_window_without_days_is_refused(size: int) -> None:
    with pytest.raises(ValueError, match=r"^a window has at least one day$"):
        windows(Period(date(2025, 6, 1), date(2025, 6, 2)), size)


def test_a_window_at_the_end_of_the_calendar_is_cut_to_it() -> None:
    december = Period(date(9999, 12, 1), date.max)
    assert windows(december, 90) == [december]


def test_one_day_more_is_asked_at_the_end() -> None:
    assert request_window(Period(date(2024, 2, 1), date(2024, 2, 28))) == Period(
        date(2024, 2, 1), date(2024, 2, 29)
    )


@given(whole=periods(), size=st.integers(1, 400), data=st.data())
def test_merged_windows_name_the_same_days_as_few_ranges(
    whole: Period, size: int, data: st.DataObject
) -> None:
    pieces = windows(whole, size)
    chosen = data.draw(st.lists(st.sampled_from(pieces)))
    merged = merge_periods(chosen)
    assert {day for piece in merged for day in days_of(piece)} == {
        day for piece in chosen for day in days_of(piece)
    }
    assert all((later.first - earlier.last).days > 1 for earlier, later in pairwise(merged))


def test_all_windows_merge_into_the_whole() -> None:
    whole = Period(date(2023, 1, 1), date(2025, 12, 31))
    assert merge_periods(reversed(windows(whole, 90))) == [whole]


@given(day=DAYS, bucket=BUCKETS, count=st.integers(-500, 500))
def test_moving_by_buckets_is_what_distance_counts(day: date, bucket: Bucket, count: int) -> None:
    start = start_of(day, bucket)
    assert distance(start, move(start, bucket, count), bucket) == count
    assert start <= day
    assert start_of(start, bucket) == start


@given(whole=periods(), bucket=BUCKETS)
def test_the_buckets_of_a_period_hold_each_of_its_days(whole: Period, bucket: Bucket) -> None:
    starts = starts_in(whole, bucket)
    assert starts == sorted({start_of(day, bucket) for day in days_of(whole)})


@given(day=DAYS)
def test_the_end_of_a_month_is_followed_by_a_first(day: date) -> None:
    last = end_of_month(day)
    assert (last + timedelta(days=1)).day == 1
    assert (last.year, last.month) == (day.year, day.month)


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (date(2024, 2, 29), -12, date(2023, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2025, 1, 31), 1, date(2025, 2, 28)),
        (date(2025, 1, 31), -1, date(2024, 12, 31)),
        (date(2025, 12, 15), 1, date(2026, 1, 15)),
        (date(9999, 11, 30), 1, date(9999, 12, 30)),
    ],
)
def test_months_keep_the_day_where_they_have_it(day: date, count: int, expected: date) -> None:
    assert move_months(day, count) == expected
