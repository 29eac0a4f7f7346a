"""More values than columns: where the edges fall, how values join, and the sentence about it."""

from array import array
from math import isnan, nan
from statistics import median

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from glomex_cli.charts.series import Series, aggregate
from glomex_cli.charts.sparkline.columns import grid_of
from glomex_cli.charts.sparkline.lines import draw
from glomex_cli.charts.sparkline.options import SparklineOptions
from glomex_cli.metrics import Agg, guess_kind
from support.charts.sparklines import drawn, glyphs

HUGE = 1.7976931348623157e308


@pytest.mark.parametrize(
    ("agg", "expected"),
    [
        (Agg.MEAN, [2, 5]),
        (Agg.SUM, [6, 10]),
        (Agg.MIN, [1, 4]),
        (Agg.MAX, [3, 6]),
        (Agg.LAST, [2, 6]),
        (Agg.MEDIAN, [2, 5]),
    ],
)
def test_values_join_as_asked_and_gaps_do_not_count(agg: Agg, expected: list[float]) -> None:
    assert drawn(Series("", [1, 3, 2, 4, None, 6]), 2, agg) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [("views", [3, 7]), ("fill_rate", [1.5, 3.5]), ("startup_p95", [2, 4])],
)
def test_kind_decides_unless_asked(name: str, expected: list[float]) -> None:
    line = Series("", [1, 2, 3, 4], kind=guess_kind(name))
    assert drawn(line, 2) == expected
    assert drawn(line, 2, Agg.LAST) == [2, 4]


@pytest.mark.parametrize(
    ("name", "agg"),
    [
        ("video_views", Agg.SUM),
        ("ad_impressions", Agg.SUM),
        ("views", Agg.SUM),
        ("error_rate", Agg.MEAN),
        ("unique_views", Agg.MEAN),
        ("average-views", Agg.MEAN),
        ("video_startup_time", Agg.MEAN),
        ("startup p95", Agg.MAX),
        ("95th", Agg.MAX),
        ("median_startup", Agg.MAX),
        ("path", Agg.MEAN),
        ("", Agg.MEAN),
    ],
)
def test_kind_is_guessed_from_the_name(name: str, agg: Agg) -> None:
    assert guess_kind(name).agg is agg


def test_mean_is_weighted_with_views() -> None:
    line = Series("", [1, 4, None, 8, 2, 6], weights=[3, 1, 5, 2, 0, None])
    assert drawn(line, 2) == [1.75, 8]
    assert drawn(Series("", [2, 4], weights=[0, None]), 1) == [3]
    assert drawn(Series("", [None, None], weights=[1, 1]), 1) == [None]


def test_edges_are_k_times_n_over_w() -> None:
    line = Series("", [float(value) for value in range(10)])
    assert drawn(line, 4, Agg.LAST) == [1, 4, 6, 9]  # edges 0, 2, 5, 7, 10
    assert drawn(line, 10) == drawn(line, 11) == list(range(10))


@given(st.integers(1, 500), st.integers(1, 120))
def test_every_value_falls_in_one_column(count: int, width: int) -> None:
    grid = grid_of(Series("", [0.0] * count))
    edges = grid.edges(width)
    assert edges == [k * count // min(count, width) for k in range(min(count, width) + 1)]


def test_sums_of_unequal_columns_show_no_false_peak() -> None:
    line = Series("views", [5] * 100, kind=guess_kind("views"))
    picture = draw([line], SparklineOptions(width=80))
    assert picture.lines == ("▄" * 80,)
    assert picture.notes == ("100 values, 1 to 2 per column (sum, scaled to equal columns)",)
    assert drawn(line, 50) == [10] * 50


@pytest.mark.parametrize("value", [0.1, 1 / 3, 1e-320, HUGE, -HUGE, 123456.789])
@pytest.mark.parametrize("count", [81, 1000, 4321])
def test_constant_line_stays_constant_when_reduced(value: float, count: int) -> None:
    assert glyphs([value] * count) == ["▄" * 80]
    weighted = Series("", [value] * count, weights=[index % 7 for index in range(count)])
    assert draw([weighted], SparklineOptions()).lines == ("▄" * 80,)


@pytest.mark.parametrize(
    ("count", "width", "note"),
    [
        (80, 80, ()),
        (1440, 80, ("1,440 values, 18 per column (mean)",)),
        (1000, 80, ("1,000 values, 12 to 13 per column (mean)",)),
        (81, 80, ("81 values, 1 to 2 per column (mean)",)),
    ],
)
def test_reduced_line_says_so(count: int, width: int, note: tuple[str, ...]) -> None:
    line = Series("", [float(index) for index in range(count)])
    assert draw([line], SparklineOptions(width=width)).notes == note


def test_lines_reduced_differently_are_named() -> None:
    values = [1.0, 2.0] * 80
    lines = [
        Series("a\x1b", values),
        Series("b", values, kind=guess_kind("views")),
        Series("c", [1]),
    ]
    assert draw(lines, SparklineOptions()).notes == (
        "a\\x1b: 160 values, 2 per column (mean)",
        "b: 160 values, 2 per column (sum)",
    )
    assert draw(lines[:1] * 2, SparklineOptions()).notes == ("160 values, 2 per column (mean)",)


FLOATS = st.floats(allow_nan=False, allow_infinity=False)


@given(st.lists(FLOATS | st.just(nan), max_size=30), st.sampled_from(Agg))
@example([HUGE, HUGE, -HUGE], Agg.SUM)
@example([HUGE] * 3, Agg.MEAN)
@example([HUGE, -HUGE], Agg.MEDIAN)
@example([5e-324] * 2, Agg.MEDIAN)
def test_aggregate_is_finite_and_gaps_only_give_a_gap(values: list[float], agg: Agg) -> None:
    present = [value for value in values if not isnan(value)]
    result = aggregate(agg, array("d", values))
    assert isnan(result) == (not present)
    assert not abs(result) > HUGE
    if present and agg is not Agg.SUM:
        slack = 1e-12 * max(map(abs, present))
        assert min(present) - slack <= result <= max(present) + slack


@given(st.lists(st.integers(-1000, 1000), min_size=1))
def test_aggregates_of_whole_numbers_are_exact(values: list[int]) -> None:
    numbers = array("d", values)
    assert aggregate(Agg.SUM, numbers) == sum(values)
    assert aggregate(Agg.MEAN, numbers) == sum(values) / len(values)
    assert aggregate(Agg.MEDIAN, numbers) == median(values)
    assert (aggregate(Agg.MIN, numbers), aggregate(Agg.MAX, numbers)) == (min(values), max(values))
