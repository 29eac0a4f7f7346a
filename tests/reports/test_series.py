"""Rows as time series with their gaps, and small drawings beside rows."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glomex_cli.dates.buckets import first_day_of
from glomex_cli.dates.moments import LENGTHS, bucket_starts
from glomex_cli.models import Bucket, Cell, Column, Period, Role, Row
from glomex_cli.reports.series import series_by, series_of, with_trend
from support.ranges import period, periods
from support.reports import METRICS, report, reports, total

JUNE = period("2025-06-01..2025-06-04")
NEW_YEAR = period("2024-12-20..2025-01-10")


def draw(values: Sequence[float | None]) -> str:
    return "".join(" " if value is None else f"{value:.0f}" for value in values)


def test_a_missing_day_is_a_gap_and_not_zero() -> None:
    rows: list[Row] = [
        {"day": "2025-06-04", "video_views": "7"},
        {"day": "2025-06-01", "video_views": 0},
        {"day": "2025-06-02", "video_views": None},
        {"day": None, "video_views": 5},
    ]
    points = series_of(report("day", rows), "video_views", period=JUNE, bucket=Bucket.DAY)
    assert points == [
        ("2025-06-01", 0),
        ("2025-06-02", None),
        ("2025-06-03", None),
        ("2025-06-04", 7),
    ]


@pytest.mark.parametrize(
    ("bucket", "cell", "expected"),
    [
        (Bucket.WEEK, "2024-W52", "2024-W51=- 2024-W52=3 2025-W01=- 2025-W02=-"),
        (Bucket.WEEK, "2024-12-30", "2024-12-16=- 2024-12-23=- 2024-12-30=3 2025-01-06=-"),
        (Bucket.MONTH, "2025-01", "2024-12=- 2025-01=3"),
        (Bucket.MONTH, "2025-01-01", "2024-12-01=- 2025-01-01=3"),
        (Bucket.MONTH, "2025-02", "2024-12=- 2025-01=- 2025-02=3"),  # outside: not left out
    ],
)
def test_weeks_and_months_are_in_order_with_their_gaps(
    bucket: Bucket, cell: str, expected: str
) -> None:
    given_report = report(bucket, [{bucket: cell, "video_views": 3}])
    points = series_of(given_report, "video_views", period=NEW_YEAR, bucket=bucket)
    shown = " ".join(f"{name}={'-' if value is None else value}" for name, value in points)
    assert shown == expected


@pytest.mark.parametrize(("metric", "expected"), [("video_views", 5), ("fill_rate", None)])
def test_rows_of_one_day_are_added_where_they_may_be(metric: str, expected: Cell) -> None:
    rows: list[Row] = [{"day": "2025-06-01", metric: 2}, {"day": "2025-06-01", metric: 3}]
    found = series_of(report("day", rows), metric, period=JUNE, bucket=Bucket.DAY)
    assert found[0] == ("2025-06-01", expected)


@given(whole=periods(longest=200), bucket=st.sampled_from(list(Bucket)), data=st.data())
def test_a_series_has_each_bucket_once_in_order(
    whole: Period, bucket: Bucket, data: st.DataObject
) -> None:
    if bucket in LENGTHS:  # a day has 1,440 minutes
        whole = Period(whole.first, whole.first)
    drawn = data.draw(reports(whole, bucket=bucket))
    points = series_of(drawn, METRICS[0], period=whole, bucket=bucket)
    starts = [first_day_of(name, bucket) for name, _ in points]
    assert starts == bucket_starts(whole, bucket)


@given(data=st.data())
def test_series_by_video_hold_together_what_the_rows_hold(data: st.DataObject) -> None:
    drawn = data.draw(reports(NEW_YEAR))
    lines = series_by(drawn, METRICS[0], period=NEW_YEAR, bucket=Bucket.DAY)
    assert set(lines) == {(row["video"],) for row in drawn.rows}
    assert all(len(points) == NEW_YEAR.days for points in lines.values())
    values = [value or 0 for points in lines.values() for _, value in points]
    assert sum(values) == total(drawn.rows, METRICS[0])


BY_DAY = report(
    "video,day",
    [
        {"video": "b", "day": "2025-06-02", "video_views": 2},
        {"video": "a", "day": "2025-06-04", "video_views": 4},
        {"video": "a", "day": "2025-06-01", "video_views": 1},
    ],
)


def test_each_row_gets_a_drawing_of_its_own_past() -> None:
    rows: list[Row] = [{"video": name, "video_views": 9} for name in ("a", "b", "c")]
    found = with_trend(report("video", rows), BY_DAY, period=JUNE, bucket=Bucket.DAY, draw=draw)
    assert found.columns[-1] == Column("trend", Role.TREND)
    assert [row["trend"] for row in found.rows] == ["1  4", " 2  ", "    "]
    assert [row["video_views"] for row in found.rows] == [9, 9, 9]


def test_without_metrics_there_is_nothing_to_draw() -> None:
    bare = report("video", [{"video": "a"}], metrics=[])
    assert with_trend(bare, BY_DAY, period=JUNE, bucket=Bucket.DAY, draw=draw) is bare
