"""What may be added up, and the row of totals."""

import math

import pytest
from hypothesis import given
from support.ranges import period
from support.reports import METRICS, report, reports, total

from glomex_cli.models import Cell, Column, Report, Role
from glomex_cli.rows.totals import add_up, is_sum, total_of

JUNE = period("2025-06-01..2025-06-30")


@pytest.mark.parametrize(
    ("name", "cells", "expected"),
    [
        ("video_views", [1, 2], True),
        ("ad_impressions", [1.0], True),
        ("videoViews", [1.5], True),
        ("revenue", [0.5], True),
        ("playing_time", [3000], True),
        ("playing_time", [3000.5], False),
        ("unknown", [1, None, "2"], True),
        ("unknown", [1, 0.5], False),
        ("fill_rate", [1], False),
        ("weighted_average_bitrate", [1], False),
        ("averageViews", [1], False),
        ("playback_failure_percentage", [1], False),
        ("views_per_user", [1], False),
        ("unique_views", [1], False),
        ("unique_viewers", [1], False),
        ("viewer_experience_score", [1], False),
        ("video_startup_time", [400], False),
        ("playing_time_p95", [400], False),
        ("max_request_count", [1], False),
        ("ecpm", [1], False),
        ("decorated_views", [1], True),
        ("rating_count", [1], True),
    ],
)
def test_counts_and_amounts_are_sums_and_rates_are_not(
    name: str, cells: list[Cell], expected: bool
) -> None:
    assert is_sum(name, cells) is expected


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
    rows = [
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
