"""What holds for any series on any canvas: size, characters, both dates, the same picture again."""

from datetime import datetime, timedelta
from sys import float_info

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glomex_cli.charts.plot.draw import draw_chart
from glomex_cli.charts.plot.layout import Chart, ChartCanvas, ChartKind, ChartLine, DataPoint
from glomex_cli.terminal.sanitize import display_width, is_harmless

EDGES = (0.0, -0.0, 1e308, -1e308, 5e-324, float_info.max, -float_info.max, 10**400, 1e15 + 1)
VALUES = st.none() | st.floats() | st.integers() | st.sampled_from(EDGES)
NEW_YEAR = datetime(2026, 1, 1)  # noqa: DTZ001
TIMES = st.datetimes(datetime(1, 1, 1)) | st.datetimes(  # noqa: DTZ001
    NEW_YEAR, NEW_YEAR + timedelta(days=80)
)
POINTS: st.SearchStrategy[list[DataPoint]] = st.lists(st.tuples(TIMES, VALUES), max_size=40)
LINES = st.lists(st.builds(ChartLine, st.text(max_size=30), POINTS, POINTS), max_size=8)
CHARTS = st.builds(Chart, st.text(max_size=80), LINES, st.sampled_from(ChartKind))
CANVASES = st.builds(
    ChartCanvas,
    st.integers(20, 100),
    st.integers(5, 30),
    color=st.just(value=False),
    unicode=st.booleans(),
)


@pytest.mark.fault("F29")
@settings(max_examples=60, deadline=None)
@given(CHARTS, CANVASES)
def test_any_chart_fills_its_canvas_and_nothing_else(chart: Chart, canvas: ChartCanvas) -> None:
    text = draw_chart(chart, canvas)
    rows = text.split("\n")
    assert len(rows) == canvas.height
    assert max(map(display_width, rows)) <= canvas.width
    assert is_harmless(text.replace("\n", ""))
    assert canvas.unicode or text.isascii()


@settings(max_examples=15, deadline=None)
@given(CHARTS, CANVASES)
def test_drawing_leaves_no_trace_on_the_next_drawing(chart: Chart, canvas: ChartCanvas) -> None:
    first = draw_chart(chart, canvas)
    draw_chart(Chart("other", [ChartLine("x", [(datetime(2026, 1, 1), 1)])]), canvas)  # noqa: DTZ001
    assert draw_chart(chart, canvas) == first


@pytest.mark.fault("F29")
@pytest.mark.parametrize("kind", ChartKind)
@pytest.mark.parametrize(
    "values",
    [
        [float("inf"), float("-inf"), float("nan")],
        [1e308, -1e308],
        [float_info.max] * 3,
        [5e-324],
        [5e-324, 0],
        [-1.2345e-300, -1.2346e-300, 7],
        [1e15, 1e15 + 1],
    ],
)
def test_values_at_the_edge_of_floats_are_drawn_without_a_warning(
    kind: ChartKind, values: list[float]
) -> None:
    day = datetime(2026, 1, 1)  # noqa: DTZ001
    points: list[DataPoint] = [(day + timedelta(days=at), value) for at, value in enumerate(values)]
    other: list[DataPoint] = [(day, -1.2345e300)]
    for width, height in ((20, 5), (80, 24)):
        canvas = ChartCanvas(width, height, color=False, unicode=True)
        rows = draw_chart(
            Chart("", [ChartLine("a", points), ChartLine("b", other)], kind), canvas
        ).split("\n")
        assert len(rows) == height
        assert max(map(len, rows)) <= width
