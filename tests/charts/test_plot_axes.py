"""The two axes: dates below, numbers beside, and when there is a second one."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glomex_cli.charts.plot.axes import Ground, count_axis, tick_labels, value_ticks
from glomex_cli.charts.plot.layout import ChartKind, ChartLine, DataPoint
from glomex_cli.charts.plot.strokes import right_lines
from glomex_cli.charts.plot.traces import TimeSpan, traces_of
from glomex_cli.charts.series import Scale
from support.charts.plots import MONDAY, canvas, daily, drawn, inside

MORNING = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)


def every(step: timedelta, count: int) -> list[DataPoint]:
    return [(MORNING + step * index, index % 5) for index in range(count)]


HOUR, MINUTE, SECOND = timedelta(hours=1), timedelta(minutes=1), timedelta(seconds=1)

DATES: list[tuple[list[DataPoint], int, str]] = [
    (daily([1, 2]), 20, "  01-05       01-06"),
    (
        daily([1] * 7),
        80,
        "    2026-01-05             01-07       01-08       01-09             2026-01-11",
    ),
    (
        daily([1] * 60),
        80,
        "    2026-01-05                     2026-02                           2026-03-05",
    ),
    (daily([1] * 400), 20, "   2026-01  2027-02"),
    (daily([1] * 400), 60, "    2026-01-05           2026-07     2026-10     2027-02-08"),
    (every(HOUR, 8), 20, "  09:30       16:30"),
    (every(HOUR, 8), 60, "  2026-03-01 09:30  12:00                  2026-03-01 16:30"),
    (every(HOUR, 48), 60, "  2026-03-01 09:30              12:00      2026-03-03 08:30"),
    (every(HOUR, 48), 20, "  03-01       03-03"),
    (every(SECOND, 50), 20, " 09:30:00  09:30:49"),
    (every(MINUTE, 1), 20, "  2026-03-01 09:30"),
]


@pytest.mark.parametrize(("points", "width", "axis"), DATES)
def test_times_below_are_round_between_both_ends(
    points: list[DataPoint], width: int, axis: str
) -> None:
    assert drawn([ChartLine("views", points)], canvas(width, 8))[-1] == axis


def test_numbers_stand_below_the_middle_of_the_bars_that_they_count() -> None:
    days = TimeSpan(MORNING, MORNING + 48 * HOUR, 24 * HOUR, is_daily=False, points=3)
    axis = count_axis(days, Ground(width=40, left=5, columns=21))
    assert axis.text == " " * 8 + "1" + " " * 13 + "3"
    assert axis.marks == {3, 17}


@settings(max_examples=50, deadline=None)
@given(st.integers(2, 800), st.integers(20, 120), st.sampled_from(ChartKind), st.integers(0, 10**6))
def test_both_ends_are_always_there_and_no_two_dates_touch(
    count: int, width: int, kind: ChartKind, low: int
) -> None:
    points = daily([low + index for index in range(count)])
    axis = drawn([ChartLine("views", points)], canvas(width, 6), kind=kind)[-1].split("  ")
    labels = [label.strip() for label in axis if label]
    forms = ("%Y-%m-%d", "%m-%d", "%Y-%m")
    assert labels[0] in {MONDAY.strftime(form) for form in forms}
    assert labels[-1] in {points[-1][0].strftime(form) for form in forms}
    assert all(len(label) <= 10 and " " not in label for label in labels)


def test_leading_and_trailing_gaps_keep_their_place_on_the_axis() -> None:
    picture = drawn([ChartLine("views", daily([None, 1, 2, None]))], canvas(60, 8))
    assert picture[-1].split() == ["2026-01-05", "01-06", "01-07", "2026-01-08"]
    assert [row[0] + row[-1] for row in inside(picture)] == ["  "] * 5


SIDES: list[tuple[list[list[float | None]], set[int]]] = [
    ([[1, 2], [10, 20]], set()),
    ([[1, 2], [10, 20.1]], {1}),
    ([[10, 20.1], [1, 2]], {1}),
    ([[-1000], [5]], {1}),
    ([[1], [5], [900], [3000]], {2, 3}),
    ([[900], [5], [1], [3000]], {1, 2}),
    ([[0, 0], [1000]], set()),
    ([[None], [1], [1000]], {2}),
    ([[1e308], [1e-308]], {1}),
    ([], set()),
]


@pytest.mark.parametrize(("lines", "right"), SIDES)
def test_scales_that_differ_more_than_tenfold_get_two_axes(
    lines: list[list[float | None]], right: set[int]
) -> None:
    traces = traces_of([ChartLine("", daily(values)) for values in lines])
    assert right_lines(traces) == right


def test_the_earlier_period_shares_the_axis_of_its_line() -> None:
    lines = [ChartLine("views", daily([1000]), daily([5])), ChartLine("rate", daily([7]))]
    assert right_lines(traces_of(lines)) == {1}


def test_the_legend_says_which_line_belongs_to_the_right_axis() -> None:
    picture = drawn(
        [ChartLine("views", daily([1000])), ChartLine("rate", daily([0.5]))], canvas(60, 8)
    )
    assert picture[0] == "⠒⠒ views  oo rate (right)"


TICKS: list[tuple[Scale, int, dict[int, str]]] = [
    (Scale(0, 8), 2, {0: "0", 1: "8"}),
    (Scale(17, 1234), 20, {0: "17", 19: "1.234k", 7: "500", 16: "1k"}),
    (Scale(0, 1e9), 12, {0: "0", 11: "1G", 6: "500M"}),
    (Scale(-3, 3), 9, {0: "-3", 8: "3", 4: "0"}),
    (Scale(-1e308, 1e308), 9, {0: "-1e308", 8: "1e308"}),
    (Scale(1000001, 1000003), 5, {0: "1000001", 4: "1000003", 2: "1000002"}),
    (Scale(0, 5e-324), 9, {0: "0", 8: "4.941e-324"}),
]


@pytest.mark.parametrize(("scale", "rows", "labels"), TICKS)
def test_numbers_beside_are_both_ends_and_round_ones(
    scale: Scale, rows: int, labels: dict[int, str]
) -> None:
    assert value_ticks(scale, rows, room=12) == labels


def test_the_highest_label_names_the_unit_where_there_is_room() -> None:
    labels = {0: "0", 8: "900 ms", 4: "500"}
    assert value_ticks(Scale(0, 900), 9, room=12, unit=" ms") == labels
    assert tick_labels([0.5, 0.25], 5, unit=" ms") == ["0.5", "0.25"]
    assert tick_labels([-1, -2], 5, unit="%") == ["-1%", "-2"]


def test_labels_too_long_lose_digits_instead_of_being_cut() -> None:
    assert tick_labels([-1.2345e-300, 1.5], 7) == ["-1e-300", "2"]


@pytest.mark.bug("B17")
@pytest.mark.parametrize("step", [1, 2, 1000])
@pytest.mark.parametrize("power", [12, 13, 14, 15])
def test_large_numbers_that_differ_have_labels_that_differ(power: int, step: int) -> None:
    low, high = tick_labels([10**power, 10**power + step], 20)
    assert (float(low), float(high)) == (10**power, 10**power + step)
