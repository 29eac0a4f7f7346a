"""A chart as an SVG image: lines and bars as shapes, in the light or dark colors of its reader.

It loads nothing from elsewhere, runs nothing, and has no ids, so that several fit in one page.
The same chart gives the same image.
"""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING, Final, NamedTuple
from xml.sax.saxutils import escape

from glomex_cli.charts.plot.axes import ValueAxis, round_values, tick_labels, value_axes
from glomex_cli.charts.plot.draw import drawn_traces, refuse_chart
from glomex_cli.charts.plot.layout import COLORS, ChartKind, legend_entries
from glomex_cli.charts.plot.strokes import DOTS_ACROSS, DOTS_UP, Area, line_strokes, right_lines
from glomex_cli.charts.plot.traces import time_span, traces_of
from glomex_cli.charts.ticks import end_formats, round_times
from glomex_cli.terminal.sanitize import clean, display_width

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from glomex_cli.charts.plot.layout import Chart, ChartCanvas, Entry
    from glomex_cli.charts.plot.strokes import Drawn
    from glomex_cli.charts.plot.traces import TimeSpan
    from glomex_cli.charts.series import Scale

# All in pixels; a column and a row are those of a terminal.
_COLUMN: Final = 8
_ROW: Final = 18
_EDGE: Final = 12
_SIDE: Final = 64  # for labels of nine characters
_LEAST_APART: Final = 18
_SAMPLE: Final = 26
_MOST_POINTS_A_PIXEL: Final = 4
_APART_FROM: Final = 4  # a bar so wide leaves a pixel to the next
_HEX: Final = dict(zip(COLORS, ("#0087ff", "#d75f00", "#008787", "#d75fd7"), strict=True))
_STYLE: Final = """<style>
.glomex { font: 12px system-ui, sans-serif; white-space: pre; color-scheme: light dark; }
.glomex .paper { fill: #fff; } .glomex text { fill: #444; } .glomex .grid { stroke: #ddd; }
.glomex .title { fill: #111; font-size: 14px; font-weight: 600; }
.glomex .line { fill: none; stroke-width: 2; stroke-linejoin: round; stroke-linecap: round; }
.glomex .again { stroke-dasharray: 7 5; }
.glomex .previous { opacity: 0.5; } .glomex .partial { opacity: 0.4; }
@media (prefers-color-scheme: dark) {
.glomex .paper { fill: #111; } .glomex text { fill: #bbb; } .glomex .grid { stroke: #333; }
.glomex .title { fill: #eee; }
}
</style>"""


class _Frame(NamedTuple):
    """The inside of the axes, in pixels."""

    left: int
    top: int
    width: int
    height: int

    def y(self, scale: Scale, value: float) -> float:
        return round(self.top + self.height * (1 - scale.fraction(value)), 1)


def draw_svg(chart: Chart, canvas: ChartCanvas) -> str:
    """Return the chart as an SVG, as wide and high as the canvas would be in a terminal.

    Raises UsageError as `draw_chart` does.
    """
    refuse_chart(chart, canvas)
    width, height = canvas.width * _COLUMN, canvas.height * _ROW
    traces = traces_of(chart.lines)
    right = frozenset[int]() if chart.limits.is_fixed else right_lines(traces)
    drawn = drawn_traces(traces, right, chart, canvas)
    entries = list(legend_entries(chart, canvas, right))
    legend, bottom = _legend(entries if len(entries) > 1 else [], width)
    sides = value_axes(drawn)
    frame = _Frame(_SIDE, bottom, width - _SIDE - (_SIDE if True in sides else _EDGE), 0)
    frame = frame._replace(height=max(1, height - bottom - 2 * _ROW))
    if drawn:
        span = time_span(traces, of_bars=chart.kind is ChartKind.BAR)
        frame = frame._replace(width=span.fitting(frame.width))
        marks = _bars(drawn, span, frame) if span.step else _lines(drawn, span, frame)
        axis = _time_axis(span, frame, is_timed=chart.is_timed)
        parts = [*legend, *_value_axes(sides, frame), *axis, *marks]
    else:
        parts = [_text("no data", frame.left + frame.width / 2, frame.top + frame.height / 2)]
    return _document(clean(chart.title), parts, width, height)


def _document(title: str, parts: Sequence[str], width: int, height: int) -> str:
    size = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="glomex" role="img" {size}>',
            f"<title>{_safe(title)}</title>",
            _STYLE,
            f'<rect class="paper" width="{width}" height="{height}"/>',
            f'<text class="title" x="{_EDGE}" y="{_ROW + 2}">{_safe(title)}</text>',
            *parts,
            "</svg>\n",
        )
    )


def _safe(text: str) -> str:
    """Return text as XML takes it; a half of a surrogate pair has no bytes."""
    return escape(text.encode("utf-8", "replace").decode())


def _text(text: str, x: float, y: float, *, anchor: str = "middle") -> str:
    return f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}">{_safe(text)}</text>'


def _look(entry_ink: int) -> str:
    """Return the attributes of the line with that ink: even ones are lines, odd ones earlier."""
    line, is_previous = divmod(entry_ink, 2)
    name = "line" + " again" * (line >= len(COLORS)) + " previous" * is_previous
    return f'class="{name}" stroke="{_color(entry_ink)}"'


def _color(ink: int) -> str:
    return _HEX[COLORS[ink // 2 % len(COLORS)]]


def _legend(entries: Sequence[Entry], width: int) -> tuple[list[str], int]:
    """Return the legend, in as many rows as it needs, and where the area below it begins."""
    parts: list[str] = []
    x, y = _EDGE, 2 * _ROW + 4
    for pen, name in entries:
        needed = _SAMPLE + _COLUMN * (display_width(clean(name)) + 2)
        if x > _EDGE and x + needed > width:
            x, y = _EDGE, y + _ROW
        parts.append(f'<path {_look(pen.ink)} d="M{x} {y - 4}h{_SAMPLE - 6}"/>')
        parts.append(_text(clean(name), x + _SAMPLE, y, anchor="start"))
        x += needed
    return parts, y + _ROW if entries else 2 * _ROW


def _value_axes(sides: Mapping[bool, ValueAxis], frame: _Frame) -> Iterator[str]:
    for is_right, (scale, unit) in sides.items():
        values = _ticks(scale, frame)
        x = frame.left + frame.width + 6 if is_right else frame.left - 6
        for value, label in zip(values, tick_labels(values, 9, unit=unit), strict=True):
            y = frame.y(scale, value)
            if not (is_right and False in sides):
                yield f'<path class="grid" d="M{frame.left} {y:g}h{frame.width}"/>'
            yield _text(label, x, y + 4, anchor="start" if is_right else "end")


def _ticks(scale: Scale, frame: _Frame) -> list[float]:
    """Return both ends of a scale, and the round values that are apart from each other."""
    values = [scale.low]
    last_y, top_y = frame.y(scale, scale.low), frame.y(scale, scale.high)
    for value in round_values(scale, max(1, frame.height // _ROW)):
        y = frame.y(scale, value)
        if last_y - y >= _LEAST_APART and y - top_y >= _LEAST_APART:
            values.append(value)
            last_y = y
    return [*values, scale.high]


def _time_axis(span: TimeSpan, frame: _Frame, *, is_timed: bool) -> Iterator[str]:
    """Yield the labels below: both ends, and round times between that do not touch others."""
    y, end = frame.top + frame.height + _ROW, frame.left + frame.width
    pattern = end_formats((span.first, span.last), is_daily=span.is_daily)[0]
    first = span.first.strftime(pattern) if is_timed else "1"
    last = span.last.strftime(pattern) if is_timed else f"{span.points:,}"
    yield _text(first, frame.left, y, anchor="start")
    if span.first == span.last:
        return
    yield _text(last, end, y, anchor="end")
    if not is_timed:
        return
    free: float = frame.left + _COLUMN * (len(first) + 1)
    for moment, label in round_times(span.first, span.last, columns=frame.width // _COLUMN):
        x = frame.left + frame.width * span.fraction(moment)
        half = _COLUMN * len(label) / 2
        if free <= x - half and x + half <= end - _COLUMN * (len(last) + 1):
            yield _text(label, round(x, 1), y)
            free = x + half + _COLUMN


def _lines(drawn: Sequence[Drawn], span: TimeSpan, frame: _Frame) -> Iterator[str]:
    """Yield lines, the first on top and the earlier periods below."""
    for one in sorted(drawn, key=lambda each: (not each.trace.is_previous, -each.trace.line)):
        if len(one.trace.times) > _MOST_POINTS_A_PIXEL * frame.width:
            yield f'<path {_look(one.pen.ink)} d="{_reduced(one, span, frame)}"/>'
            continue
        whole, partial = _paths(one, span, frame)
        yield f'<path {_look(one.pen.ink)} d="{whole}"/>'
        if partial:
            look = _look(one.pen.ink).replace('class="', 'class="partial ')
            yield f'<path {look} d="{partial}"/>'


def _paths(one: Drawn, span: TimeSpan, frame: _Frame) -> tuple[str, str]:
    """Return the path of a line, cut at gaps, and that of what joins points that are not final."""
    paths: tuple[list[str], list[str]] = ([], [])
    before: tuple[str, bool] | None = None
    at: tuple[str, bool] | None = None  # where the last path ends
    for moment, value in zip(one.trace.times, one.trace.values, strict=True):
        if isnan(value):
            before = None
            continue
        x = round(frame.left + frame.width * span.fraction(moment), 1)
        point = f"{x:g} {frame.y(one.scale, value):g}"
        is_partial = moment in one.trace.partial
        faint = is_partial or bool(before and before[1])
        if before is None:
            paths[is_partial].append(f"M{point}h0")
        elif at == (before[0], faint):
            paths[faint].append(f"L{point}")
        else:
            paths[faint].append(f"M{before[0]}L{point}")
        before, at = (point, is_partial), (point, faint)
    return "".join(paths[False]), "".join(paths[True])


def _reduced(one: Drawn, span: TimeSpan, frame: _Frame) -> str:
    """Return the path of more points than can be seen: the ends and extremes of each half pixel."""
    area = Area(frame.width, frame.height)
    across, up = 1 / DOTS_ACROSS, frame.height / (DOTS_UP * area.rows - 1)
    bottom = frame.top + frame.height
    pieces = (
        " ".join(f"{frame.left + x * across:g},{bottom - y * up:.5g}" for x, y in dots)
        for dots in (stroke.dots for stroke in line_strokes(one, span, area))
    )
    return "".join(f"M{piece}" for piece in pieces)


def _bars(drawn: Sequence[Drawn], span: TimeSpan, frame: _Frame) -> Iterator[str]:
    """Yield bars from zero, side by side in a bucket."""
    for number, one in enumerate(drawn):
        paths: tuple[list[str], list[str]] = ([], [])
        for moment, value in zip(one.trace.times, one.trace.values, strict=True):
            if not isnan(value):
                begin, end = span.columns(moment, frame.width)
                each = (end - begin) / len(drawn)
                x = frame.left + begin + number * each
                y, foot = frame.y(one.scale, value), frame.y(one.scale, 0)
                wide = each - (each >= _APART_FROM)
                bar = f"M{x:g} {foot:g}V{y:g}h{wide:g}V{foot:g}z"
                paths[moment in one.trace.partial].append(bar)
        for name, bars in zip(("", " partial"), paths, strict=True):
            earlier = " previous" * one.trace.is_previous
            if bars:
                yield (
                    f'<path class="bar{earlier}{name}" fill="{_color(one.pen.ink)}"'
                    f' d="{"".join(bars)}"/>'
                )
