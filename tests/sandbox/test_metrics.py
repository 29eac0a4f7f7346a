"""The sandbox's figures: laws that hold for every day, and the events a chart can show."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from statistics import mean

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glomex_cli.sandbox.arguments import Question
from glomex_cli.sandbox.metrics import Figures, days_with_data, is_outage, videos
from glomex_cli.sandbox.reports import Row, report_rows
from glomex_cli.sandbox.sessions import Right

FAR = datetime(2101, 1, 1, tzinfo=UTC)
DAYS = st.dates(date(1960, 1, 1), date(2100, 12, 31))
RIGHTS = st.sampled_from(Right)


def rows(  # noqa: PLR0913 - a question has as many sides
    first: date,
    last: date,
    *,
    primary: str | None = None,
    bucket: str | None = None,
    right: Right = Right.CONTENT_OWNER,
    now: datetime = FAR,
) -> list[Row]:
    return report_rows(Question(right, primary, bucket, first, last), now=now)


def total(some: list[Row]) -> Figures:
    return Figures(*(sum(column) for column in zip(*(row.sums for row in some), strict=True)))


def views_by_day(first: date, last: date) -> dict[str, int]:
    return {str(row.day): row.video_views for row in rows(first, last, bucket="day")}


@given(DAYS, st.integers(0, 35), RIGHTS)
@settings(max_examples=10, deadline=None)
def test_every_report_over_the_same_days_adds_up_to_the_same(
    first: date, length: int, right: Right
) -> None:
    last = first + timedelta(days=length)
    whole = rows(first, last, right=right)
    for primary in ("video", "channel", None):
        for bucket in ("day", "week", "month", None):
            parts = rows(first, last, primary=primary, bucket=bucket, right=right)
            assert [row.sums for row in whole] == ([total(parts)] if parts else [])


@given(DAYS, RIGHTS, st.sampled_from(["video", "channel", None]))
@settings(max_examples=60, deadline=None)
def test_counts_and_rates_stay_within_reason(day: date, right: Right, primary: str | None) -> None:
    for row in rows(day, day, primary=primary, bucket="day", right=right):
        assert 0 <= row.completed_views <= row.video_views < 500_000
        assert 0 <= row.ad_impressions <= row.ad_requests < 1_000_000
        assert 0 <= (row.completion_rate or 0) <= 1
        assert 0 <= (row.fill_rate or 0) <= 1
        assert 0 <= row.revenue <= row.ad_impressions * 0.02
        assert row.watch_time_s <= row.video_views * max(video.seconds for video in videos())


@given(DAYS, st.integers(0, 86_399), RIGHTS)
@settings(max_examples=40, deadline=None)
def test_today_never_counts_more_than_it_will_when_it_is_over(
    day: date, second: int, right: Right
) -> None:
    midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
    now = midnight + timedelta(seconds=second)
    so_far = rows(day, day, primary="video", bucket="day", right=right, now=now)
    in_the_end = rows(day, day, primary="video", bucket="day", right=right)
    final = {row.video: row.sums for row in in_the_end}
    for row in so_far:
        assert all(now <= end for now, end in zip(row.sums, final[row.video], strict=True))
        assert (row.fill_rate or 0) <= 1


def test_today_grows_with_the_hours_and_is_there_in_utc() -> None:
    day = date(2026, 11, 23)
    at = [
        datetime.fromisoformat(text)
        for text in (
            "2026-11-23T06:00:00+00:00",
            "2026-11-23T13:00:00+01:00",
            "2026-11-23T13:00:00-05:00",
            "2026-11-24T00:00:00+00:00",
        )
    ]
    views = [total(rows(day, day, now=now)).views for now in at]
    assert views == pytest.approx([views[3] * part for part in (0.25, 0.5, 0.75, 1)], rel=0.01)


def test_future_days_have_no_rows() -> None:
    now = datetime(2026, 11, 23, 12, tzinfo=UTC)
    today, last = date(2026, 11, 23), date(2026, 12, 31)
    assert rows(today, last, now=now.replace(hour=0)) == []
    assert {row.day for row in rows(date(2026, 11, 22), last, bucket="day", now=now)} == {
        "2026-11-22",
        "2026-11-23",
    }
    assert rows(date(2026, 11, 24), last, now=now) == []


@given(DAYS)
def test_outage_is_two_days_in_every_quarter(day: date) -> None:
    months = range((day.month - 1) // 3 * 3 + 1, (day.month - 1) // 3 * 3 + 4)
    start = date(day.year, months[0], 1)
    quarter = [start + timedelta(days=n) for n in range(92)]
    lost = [one for one in quarter if one.month in months and is_outage(one)]
    assert lost == [date(day.year, months[1], 10), date(day.year, months[1], 11)]
    assert rows(lost[0], lost[1]) == []


def test_lost_days_are_missing_not_zero() -> None:
    days = [row.day for row in rows(date(2026, 11, 9), date(2026, 11, 12), bucket="day")]
    assert days == ["2026-11-09", "2026-11-12"]


@given(st.dates(date(1980, 1, 1), date(2100, 12, 1)))
@settings(max_examples=20, deadline=None)
def test_weekends_are_busier_than_midweek(day: date) -> None:
    first = day - timedelta(days=day.weekday())
    by_day = views_by_day(first, first + timedelta(days=27))
    by_weekday: dict[int, list[int]] = {}
    for text, views in by_day.items():
        by_weekday.setdefault(date.fromisoformat(text).weekday(), []).append(views)
    midweek, weekend = by_weekday[1] + by_weekday[2], by_weekday[5] + by_weekday[6]
    assert mean(weekend) > 1.05 * mean(midweek)


def test_business_grows_over_the_years_and_settles() -> None:
    years = {
        year: total(rows(date(year, 7, 1), date(year, 7, 28))).views
        for year in (1970, 2000, 2018, 2022, 2026, 2060, 2100)
    }
    assert all(earlier < later for earlier, later in pairwise(list(years.values())[:-1]))
    assert years[2100] == pytest.approx(years[2060], rel=0.15)


def test_launch_of_the_series_is_a_step_up() -> None:
    before = views_by_day(date(2025, 8, 22), date(2025, 9, 4))
    after = views_by_day(date(2025, 9, 5), date(2025, 9, 18))
    assert mean(after.values()) > 1.7 * mean(before.values())


@pytest.mark.parametrize("year", [2026, 2027, 2040])
@pytest.mark.parametrize("month", [3, 6, 9, 12])
def test_new_season_shows_in_every_quarter(year: int, month: int) -> None:
    start = date(year, month, 5)
    week_before = views_by_day(start - timedelta(days=7), start - timedelta(days=1))
    week_after = views_by_day(start, start + timedelta(days=6))
    assert mean(week_after.values()) > 1.15 * mean(week_before.values())


def test_videos_exist_from_the_day_they_were_published() -> None:
    for video in videos():
        day = video.published
        while is_outage(day):
            day += timedelta(days=1)
        early = rows(
            video.published - timedelta(days=20),
            video.published - timedelta(days=1),
            primary="video",
        )
        assert video.ident not in {row.video for row in early}
        assert video.ident in {row.video for row in rows(day, day, primary="video")}


@given(DAYS)
def test_bucket_names_are_those_of_the_calendar(day: date) -> None:
    for one in days_with_data(day, day, now=FAR):
        assert one.bucket("day") == f"{day:%Y-%m-%d}"
        assert one.bucket("month") == f"{day:%Y-%m}"
        assert one.bucket("week") == f"{day:%G-W%V}"


def test_figures_are_the_same_in_every_process() -> None:
    day = date(2025, 6, 1)
    # Mathematical functions may differ in the last bit from one system to another.
    assert total(rows(day, day)).views == pytest.approx(55_065, abs=9)
