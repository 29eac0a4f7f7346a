"""Gaps stay blank, extremes stay visible, and a million points become few."""

import sys
from array import array
from datetime import datetime, timedelta
from subprocess import run

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glomex_cli.charts.plot.layout import ChartKind, ChartLine, ValueLimits, pen_of
from glomex_cli.charts.plot.strokes import Area, Drawn, Stroke, chart_scale, line_strokes
from glomex_cli.charts.plot.traces import Trace, time_span, traces_of
from support.charts.plots import canvas, daily, drawn, inside

SERIES = st.lists(st.none() | st.integers(-9, 9), min_size=1, max_size=60)


def strokes_of(trace: Trace, area: Area) -> list[Stroke]:
    pen = pen_of(0, ChartKind.LINE, canvas(80, 24), is_previous=False)
    scale = chart_scale([trace], ValueLimits())
    return line_strokes(
        Drawn(trace, pen, scale, is_right=False), time_span([trace], of_bars=False), area
    )


@settings(max_examples=50, deadline=None)
@given(SERIES, st.sampled_from(ChartKind), st.integers(70, 120))
def test_columns_of_gaps_are_blank_and_columns_of_values_are_not(
    values: list[int | None],
    kind: ChartKind,
    width: int,
) -> None:
    if all(value is None for value in values):
        values = [*values, 1]
    traces = traces_of([ChartLine("views", daily(values))])
    span = time_span(traces, of_bars=kind is ChartKind.BAR)
    picture = drawn([ChartLine("views", daily(values))], canvas(width, 9), kind=kind)
    rows = inside(picture)
    for moment, value in zip(traces[0].times, values, strict=True):
        column = span.column(moment, len(rows[0]))
        marks = {row[column] for row in rows} - {" "}
        assert bool(marks) is (value is not None)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.none() | st.floats(-1e9, 1e9), min_size=1, max_size=500), st.integers(4, 20))
def test_a_column_holds_at_most_eight_points_and_all_of_them_in_the_area(
    values: list[float | None], columns: int
) -> None:
    (trace,) = traces_of([ChartLine("views", daily(values))])
    if not trace.is_known:
        return
    area = Area(columns, 5)
    dots = [dot for stroke in strokes_of(trace, area) for dot in stroke.dots]
    for column in range(columns):
        assert sum(x // 2 == column for x, _ in dots) <= 8
    assert all(0 <= x < 2 * columns and 0 <= y < 20 for x, y in dots)
    assert {min(y for _, y in dots), max(y for _, y in dots)} >= {0, 19} or trace.low == trace.high


def test_one_spike_in_a_hundred_thousand_points_is_seen() -> None:
    start = datetime(2026, 1, 1)  # noqa: DTZ001
    times = [start + timedelta(minutes=index) for index in range(100_000)]
    values = array("d", [1.0] * 100_000)
    values[61_803] = 50.0
    trace = Trace(0, is_previous=False, times=times, values=values, low=1.0, high=50.0)
    dots = [dot for stroke in strokes_of(trace, Area(80, 20)) for dot in stroke.dots]
    assert [y for _, y in dots].count(79) == 1


MILLION = """
from datetime import datetime, timedelta
from glomex_cli.charts.plot.draw import draw_chart
from glomex_cli.charts.plot.layout import ChartCanvas, Chart, ChartKind, ChartLine
start, minute = datetime(2020, 1, 1), timedelta(minutes=1)
points = [(start + minute * index, index % 1009) for index in range(1_000_000)]
for kind in ChartKind:
    canvas = ChartCanvas(80, 24, color=False, unicode=True)
    print(draw_chart(Chart("many", [ChartLine("views", points)], kind), canvas))
"""


@pytest.mark.fault("F29")
def test_a_million_points_are_drawn() -> None:
    done = run(
        [sys.executable, "-W", "error", "-c", MILLION],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={"PYTHONUTF8": "1"},
        timeout=60,
        check=False,
    )
    assert done.stderr == ""
    assert len(done.stdout.splitlines()) == 48


@pytest.mark.parametrize("kind", ChartKind)
def test_points_may_come_in_any_order(kind: ChartKind) -> None:
    points = daily([3, 1, 4, None, 5])
    shuffled = [points[at] for at in (3, 0, 4, 2, 1)]
    pictures = [
        drawn([ChartLine("a", order)], canvas(40, 9), kind=kind) for order in (points, shuffled)
    ]
    assert pictures[0] == pictures[1]


def test_bars_beside_each_other_never_cover_each_other() -> None:
    lines = [ChartLine("a", daily([5, 5, 5])), ChartLine("b", daily([5, 5, 5]), daily([5, 5, 5]))]
    picture = drawn(lines, canvas(40, 9, unicode=False), kind=ChartKind.BAR)
    assert [picture[4].count(mark) for mark in "#:o"] == [9, 9, 9]


def test_the_lower_of_two_bars_in_one_column_stands_in_front() -> None:
    lines = [ChartLine("a", daily([2, 8] * 50)), ChartLine("b", daily([5] * 100))]
    picture = drawn(lines, canvas(60, 11, unicode=False), kind=ChartKind.BAR)
    assert set(picture[2]) == set("8+#| ")
    assert set(picture[4]) == set("5+o|")
    assert set(picture[7]) == set(" #o|")
