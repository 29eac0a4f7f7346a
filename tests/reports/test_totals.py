"""What may be added up, and the row of totals."""

import math

import pytest
from hypothesis import given

from glomex_cli.metrics import Agg, guess_kind
from glomex_cli.models import Cell, Column, Report, Role, Row
from glomex_cli.reports.totals import add_up, total_of
from support.ranges import period
from support.reports import METRICS, report, reports, total

JUNE = period("2025-06-01..2025-06-30")


@pytest.mark.parametrize(
    "name",
    [
        "video_views",
        "ad_impressions",
        "videoViews",
        "revenue",
        "playing_time",
        "watch_time_s",
        "decorated_views",
        "rating_count",
        "ad_startup_error_count",
    ],
)
def test_counts_and_amounts_are_sums(name: str) -> None:
    kind = guess_kind(name)
    assert add_up(kind, [1, None, "2"]) == 3
    assert kind.agg is Agg.SUM


@pytest.mark.parametrize(
    "name",
    [
        "fill_rate",
        "weighted_average_bitrate",
        "averageViews",
        "playback_failure_percentage",
        "views_per_user",
        "unique_views",
        "unique_viewers",
        "viewer_experience_score",
        "video_startup_time",
        "page_load_seconds",
        "playing_time_p95",
        "max_request_count",
        "ecpm",
        "mood",
        "",
    ],
)
def test_rates_averages_people_and_the_unknown_are_no_sums(name: str) -> None:
    kind = guess_kind(name)
    assert add_up(kind, [1, 2]) is None
    assert kind.agg is not Agg.SUM


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
    assert add_up(guess_kind("views"), cells) == expected


def test_the_total_is_blank_where_nothing_may_be_added() -> None:
    rows: list[Row] = [
        {"video": "a", "day": "2025-06-01", "video_views": 3, "fill_rate": 0.5},
        {"video": "b", "day": "2025-06-01", "video_views": None, "fill_rate": 0.7},
    ]
    given_report = report("video,day", iter(rows), metrics=["video_views", "fill_rate"])
    found = total_of(given_report)
    assert found.total == {"video": "total", "day": None, "video_views": 3, "fill_rate": None}
    assert found.rows == rows


def test_text_among_numbers_makes_the_total_a_dash_and_is_said() -> None:
    rows: list[Row] = [{"video": "a", "video_views": 1}, {"video": "b", "video_views": "1,000"}]
    said: list[str] = []
    found = total_of(report("video", rows, metrics=("video_views",)), say=said.append)
    assert (found.total or {})["video_views"] == "-"
    assert said == ["no total of video_views: not every value is a number"]


def test_the_total_of_an_unknown_metric_is_a_dash_and_said_once() -> None:
    said: list[str] = []
    rows: list[Row] = [{"video": "a", "mood": 1, "glow": 2, "fill_rate": 1, "video_views": 3}] * 2
    names = ["mood", "glow", "fill_rate", "video_views"]
    found = total_of(report("video", rows, metrics=names), say=said.append)
    sums = {"mood": "-", "glow": "-", "fill_rate": None, "video_views": 6}
    assert found.total == {"video": "total"} | sums
    assert said == ["no total of mood, glow: it is unknown whether it can be added up"]


def test_the_total_says_of_how_many_rows_it_is_where_some_are_not_shown() -> None:
    rows: list[Row] = [{"video": name, "video_views": 1} for name in "abc"]
    whole = report("video", rows, metrics=METRICS[:1])
    labels = {n: (total_of(whole, limit=n).total or {})["video"] for n in (2, 3, 4)}
    assert labels == {2: "total (3)", 3: "total", 4: "total"}


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
