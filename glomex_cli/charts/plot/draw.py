"""A chart as text: title, legend, frame, axes and marks, in exactly the size it is given.

All color comes from the pens of the lines. Points that are not final are drawn faint: their
bars, or the lines that join them to others.
"""

from __future__ import annotations

from itertools import groupby, pairwise
from math import isfinite
from operator import attrgetter
from typing import TYPE_CHECKING, Final, NamedTuple

from glomex_cli.charts.plot.axes import (
    NO_TIMES,
    Ground,
    count_axis,
    time_axis,
    value_axes,
    value_ticks,
)
from glomex_cli.charts.plot.canvas import Mark, plotted
from glomex_cli.charts.plot.layout import (
    MOST_LINES,
    Chart,
    ChartCanvas,
    ChartKind,
    layout_of,
    pen_of,
)
from glomex_cli.charts.plot.strokes import (
    Area,
    Drawn,
    Stroke,
    bar_strokes,
    chart_scale,
    line_strokes,
    right_lines,
)
from glomex_cli.charts.plot.traces import Trace, time_span, traces_of
from glomex_cli.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from glomex_cli.charts.plot.axes import TimeAxis
    from glomex_cli.charts.plot.layout import Pen
    from glomex_cli.charts.plot.traces import TimeSpan, Trace

_TO_ASCII: Final = str.maketrans("─│┌┐└┘┤├┬", "-|+++++++")
LEAST_WIDTH: Final = 20
LEAST_HEIGHT: Final = 5
# No terminal is larger; a size may come from an option, and each cell takes memory.
_MOST_WIDTH: Final = 1000
_MOST_HEIGHT: Final = 400
_BORDERS: Final = 2
_LEAST_COLUMNS: Final = 4
_NOTHING: Final = "no data"


class ChartFrame(NamedTuple):
    """The labels beside the area by row, the lowest being 0. ASCII unless `unicode`."""

    left: Mapping[int, str]
    right: Mapping[int, str]
    has_top: bool
    unicode: bool

    @property
    def left_width(self) -> int:
        """The number of columns left of the area, its border included."""
        return _width(self.left) + 1

    @property
    def sides_width(self) -> int:
        """The number of columns on both sides of the area."""
        return self.left_width + 1 + _width(self.right)


def framed(
    marks: Sequence[Sequence[Mark]], frame: ChartFrame, axis: TimeAxis, pens: Mapping[int, Pen]
) -> list[str]:
    """Return the lines of the area with its frame and, below it, the times."""
    indent = " " * _width(frame.left)
    columns = range(len(marks[0]))
    lines = [f"{indent}┌{'─' * len(columns)}┐"] if frame.has_top else []
    for row, cells in zip(reversed(range(len(marks))), marks, strict=True):
        label = frame.left.get(row, "").rjust(len(indent))
        lines.append(f"{label}{'┤' if row in frame.left else '│'}{_painted(cells, pens)}")
        lines[-1] += f"├{frame.right[row]}" if row in frame.right else "│"
    ticks = "".join("┬" if column in axis.marks else "─" for column in columns)
    lines += [f"{indent}└{ticks}┘", axis.text]
    return lines if frame.unicode else [line.translate(_TO_ASCII) for line in lines]


def _width(labels: Mapping[int, str]) -> int:
    return max(map(len, labels.values()), default=0)


def _painted(cells: Sequence[Mark], pens: Mapping[int, Pen]) -> str:
    runs = groupby(cells, key=attrgetter("ink"))
    return "".join(_run("".join(mark.glyph for mark in run), pens.get(ink)) for ink, run in runs)


def _run(text: str, pen: Pen | None) -> str:
    return pen.paint(text) if pen else text


def draw_chart(chart: Chart, canvas: ChartCanvas) -> str:
    """Draw the chart as `canvas.height` lines joined by newlines, none wider than the canvas.

    Raises UsageError for a canvas below 20 x 5, and for more than 8 lines, which could not be
    told apart.
    """
    refuse_chart(chart, canvas)
    width, height = min(canvas.width, _MOST_WIDTH), min(canvas.height, _MOST_HEIGHT)
    canvas = canvas._replace(width=width, height=height)
    traces = traces_of(chart.lines)
    right = frozenset[int]() if chart.limits.is_fixed else right_lines(traces)
    layout = layout_of(chart, canvas, right)
    drawn = drawn_traces(traces, right, chart, canvas)
    frame = ChartFrame(
        left=_labels(drawn, layout.rows, width, is_right=False),
        right=_labels(drawn, layout.rows, width, is_right=True),
        has_top=layout.has_top,
        unicode=canvas.unicode,
    )
    area = Area(width - frame.sides_width, layout.rows)
    marks, axis = _notice(area), NO_TIMES
    if traces:
        span = time_span(traces, of_bars=chart.kind is ChartKind.BAR)
        area = area._replace(columns=span.fitting(area.columns))
        ground = Ground(width, frame.left_width, area.columns)
        axis = time_axis(span, ground) if chart.is_timed else count_axis(span, ground)
        marks = _notice(area)
        if drawn:
            marks = fade_partial(plotted(_strokes(drawn, span, area), area), drawn, span)
    pens = with_faint_pens({one.pen.ink: one.pen for one in drawn})
    return "\n".join([*layout.head, *framed(marks, frame, axis, pens)])


def refuse_chart(chart: Chart, canvas: ChartCanvas) -> None:
    """Raise UsageError for a chart that cannot be drawn on the canvas, or not be told apart."""
    if canvas.width < LEAST_WIDTH or canvas.height < LEAST_HEIGHT:
        raise UsageError(
            f"a chart needs {LEAST_WIDTH} columns and {LEAST_HEIGHT} rows, "
            f"not {canvas.width} and {canvas.height}",
            "glomex sparkline",
        )
    low, high, _ = chart.limits
    if not all(isfinite(end) for end in (low, high) if end is not None):
        raise UsageError("--min and --max take finite numbers", "such as --min 0 --max 100")
    if low is not None and high is not None and low > high:
        raise UsageError(f"--min {low:g} is above --max {high:g}", "swap them")
    if len(chart.lines) > MOST_LINES:
        raise UsageError(
            f"a chart can show at most {MOST_LINES} lines, not {len(chart.lines)}",
            "glomex plot --help",
        )


def drawn_traces(
    traces: Sequence[Trace], right: Collection[int], chart: Chart, canvas: ChartCanvas
) -> list[Drawn]:
    """Return the traces that have values, with pen and scale; earlier periods come first."""
    drawn: list[Drawn] = []
    limits = chart.limits
    if chart.kind is ChartKind.BAR and not limits.is_fixed:
        limits = limits._replace(zero=True)
    for is_right in (False, True):
        side = [one for one in traces if one.is_known and (one.line in right) is is_right]
        if not side:
            continue
        scale = chart_scale(side, limits)
        for trace in side:
            pen = pen_of(trace.line, chart.kind, canvas, is_previous=trace.is_previous)
            drawn.append(Drawn(trace, pen, scale, is_right))
    return sorted(drawn, key=lambda one: (one.trace.line, not one.trace.is_previous))


def _labels(drawn: Sequence[Drawn], rows: int, width: int, *, is_right: bool) -> dict[int, str]:
    sides = value_axes(drawn)
    if is_right not in sides:
        return {}
    room = (width - _BORDERS - _LEAST_COLUMNS) // len(sides)
    scale, unit = sides[is_right]
    return value_ticks(scale, rows, room=room, unit=unit)


def _strokes(drawn: Sequence[Drawn], span: TimeSpan, area: Area) -> list[Stroke]:
    """Return all strokes; of crossing lines the first is on top, the earlier period below."""
    if span.step:
        return bar_strokes(drawn, span, area)
    upwards = sorted(drawn, key=lambda one: (not one.trace.is_previous, -one.trace.line))
    return [stroke for one in upwards for stroke in line_strokes(one, span, area)]


def _notice(area: Area) -> list[list[Mark]]:
    rows = [" " * area.columns] * area.rows
    rows[area.rows // 2] = _NOTHING.center(area.columns)
    return [[Mark(glyph) for glyph in row] for row in rows]


def fade_partial(
    marks: Sequence[Sequence[Mark]], drawn: Iterable[Drawn], span: TimeSpan
) -> list[list[Mark]]:
    """Return the marks with another ink, that of `with_faint_pens`, where points are not final."""
    columns = len(marks[0])
    faint = {one.pen.ink: set(_columns(one.trace, span, columns)) for one in drawn}
    return [
        [
            mark._replace(ink=~mark.ink)
            if mark.ink is not None and column in faint.get(mark.ink, ())
            else mark
            for column, mark in enumerate(row)
        ]
        for row in marks
    ]


def with_faint_pens(pens: Mapping[int, Pen]) -> dict[int, Pen]:
    """Return the pens by ink, and a faint one of each by the complement of its ink."""
    faint = {
        ~ink: pen._replace(code=f"2;{pen.code.removeprefix('2;')}" if pen.code else "")
        for ink, pen in pens.items()
    }
    return {**pens, **faint}


def _columns(trace: Trace, span: TimeSpan, columns: int) -> Iterator[int]:
    """Yield the columns of the partial points of a trace, and of what joins them to others."""
    if span.step:
        for moment in trace.partial:
            yield from range(*span.columns(moment, columns))
        return
    for before, after in pairwise(trace.times):
        begin, end = span.column(before, columns), span.column(after, columns)
        if after in trace.partial:
            yield from range(begin + (before not in trace.partial), end + 1)
        elif before in trace.partial:
            yield from range(begin, end)
