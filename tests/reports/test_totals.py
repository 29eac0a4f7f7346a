"""What may be added up, and the row of totals."""

import math

import pytest
from hypothesis import given

from glomex_cli.models import Cell, Column, Report, Role, Row
from glomex_cli.reports.totals import add_up, is_sum, total_of
from support.ranges import period
from support.reports import METRICS, report, reports, total

JUNE = period("2025-06-01..2025-06-30")


@pytest.mark.parametrize(
    ("name", "cells"),
    [
        ("video_views", [1, 2]),
        ("ad_impressions", [1.0]),
        ("videoViews", [1.5]),
        ("revenue", [0.5]),
        ("playing_time", [3000]),
        ("unknown", [1, None, "2"]),
        ("decorated_views", [1]),
        ("rating_count", [1]),
    ],
)
def test_counts_and_amounts_are_sums(name: str, cells: list[Cell]) -> None:
    assert is_sum(name, cells)


@pytest.mark.parametrize(
    ("name", "cells"),
    [
        ("playing_time", [3000.5]),
        ("unknown", [1, 0.5]),
        ("fill_rate", [1]),
        ("weighted_average_bitrate", [1]),
        ("averageViews", [1]),
        ("playback_failure_percentage", [1]),
        ("views_per_user", [1]),
        ("unique_views", [1]),
        ("unique_viewers", [1]),
        ("viewer_experience_score", [1]),
        ("video_startup_time", [400]),
        ("playing_time_p95", [400]),
        ("max_request_count", [1]),
        ("ecpm", [1]),
    ],
)
def test_rates_averages_and_people_are_no_sums(name: str, cells: list[Cell]) -> None:
    assert not is_sum(name, cells)


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ([], None),
        ([None], None),
        ([1, None, 2], 3),
        (["1", 2], 3),
        ([0.1] * 10, 1.0),
        ([2**53, 1], 2**53 + 1),
        ([1, "n/a"], None),
        ([math.nan, 1], None),
        ([1e308, 1e308], None),
    ],
)
def test_a_sum_is_exact_or_unknown(cells: list[Cell], expected: float | None) -> None:
    assert add_up("views", cells) == expected


def test_the_total_is_blank_where_nothing_may_be_added() -> None:
    rows: list[Row] = [
        {"video": "a", "day": "2025-06-01", "video_views": 3, "fill_rate": 0.5},
        {"video": "b", "day": "2025-06-01", "video_views": None, "fill_rate": 0.7},
    ]
    given_report = report("video,day", iter(rows), metrics=["video_views", "fill_rate"])
    found = total_of(given_report)
    assert found.total == {"video": "total", "day": None, "video_views": 3, "fill_rate": None}
    assert found.rows == rows


def test_a_trend_has_no_total() -> None:
    columns = (Column("video", Role.DIMENSION), Column("trend", Role.TREND))
    found = total_of(Report(columns, [{"video": "a", "trend": "▁█"}]))
    assert found.total == {"video": "total", "trend": None}


def test_a_report_without_dimensions_has_no_label() -> None:
    assert total_of(report("", [{"video_views": 3}], metrics=METRICS[:1])).total == {
        "video_views": 3
    }


@given(drawn=reports(JUNE))
def test_a_total_is_the_sum_of_the_rows_it_keeps(drawn: Report) -> None:
    found = total_of(drawn)
    assert found.rows == drawn.rows
    assert found.total is not None
    for name in METRICS:
        assert (found.total[name] or 0) == total(drawn.rows, name)
