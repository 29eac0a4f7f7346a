"""Lines and bars as strokes on a grid of dots; lines are cut at gaps.

A column never holds more than 8 points. Each line is drawn on the scale of its side; lines of
very different sizes get an axis each. Bars are side by side where there are enough columns,
else the lower one is in front.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from itertools import groupby, pairwise
from math import isnan, log10, ulp
from sys import float_info
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from glomex_cli.charts.series import Scale, known_of

if TYPE_CHECKING:
    from array import array
    from collections.abc import Iterator, Sequence

    from glomex_cli.charts.plot.layout import Pen, ValueLimits
    from glomex_cli.charts.plot.traces import TimeSpan, Trace

_APART = 10
Dot: TypeAlias = tuple[int, int]
# A braille glyph has two dots across and four up: the finest grid that a terminal has.
DOTS_ACROSS = 2
DOTS_UP = 4
# The smallest and the largest value in a column.
_Ends: TypeAlias = tuple[float, float]


def chart_scale(traces: Sequence[Trace], limits: ValueLimits) -> Scale:
    """Return the scale from the smallest to the largest value, or between fixed ends.

    A constant is in the middle; one that is zero at the bottom, where it does not look busy. An
    end fixed beyond all values moves the other one along.
    """
    low = min(trace.low for trace in traces)
    high = max(trace.high for trace in traces)
    if limits.zero:
        low, high = min(low, 0.0), max(high, 0.0)
    low = low if limits.low is None else limits.low
    high = high if limits.high is None else limits.high
    if low > high:
        low, high = (low, low) if limits.high is None else (high, high)
    if low < high:
        return Scale(low, high)
    if not low:
        return Scale(0.0, 1.0)
    margin = max(abs(low) / 2, ulp(0))
    return Scale(max(low - margin, -float_info.max), min(high + margin, float_info.max))


def right_lines(traces: Sequence[Trace]) -> frozenset[int]:
    """Return the lines for an axis on the right: none unless sizes differ more than tenfold.

    The lines part where the step between neighboring sizes is largest; the side of the
    first line is the left one. A line of zeros goes with the left.
    """
    sizes: dict[int, float] = {}
    for trace in traces:
        size = max(abs(trace.low), abs(trace.high)) if trace.is_known else 0.0
        sizes[trace.line] = max(size, sizes.get(trace.line, 0.0))
    ranked = sorted((size, line) for line, size in sizes.items() if size)
    if not ranked or ranked[-1][0] <= _APART * ranked[0][0]:
        return frozenset()
    steps = [log10(above[0]) - log10(below[0]) for below, above in pairwise(ranked)]
    cut = steps.index(max(steps)) + 1
    small, large = (frozenset(line for _, line in part) for part in (ranked[:cut], ranked[cut:]))
    return large if min(small | large) in small else small


class Area(NamedTuple):
    """The inside of the frame, in columns and rows of the terminal."""

    columns: int
    rows: int

    def height(self, scale: Scale, value: float) -> int:
        """Return the dot of a value, 0 at the bottom."""
        return scale.dot(value, DOTS_UP * self.rows)


class Stroke(NamedTuple):
    """Dots joined by a line; or, with `foot`, each the top of a bar that begins at that height."""

    pen: Pen
    dots: Sequence[Dot]
    foot: int | None = None


class Drawn(NamedTuple):
    """A trace, and how it is drawn."""

    trace: Trace
    pen: Pen
    scale: Scale
    is_right: bool


def line_strokes(drawn: Drawn, span: TimeSpan, area: Area) -> list[Stroke]:
    """Return a line as strokes, one for each stretch without a gap.

    Of the values in half a column the first, the smallest, the largest and the last are kept.
    A gap shorter than half a column cannot be seen.
    """
    strokes: list[list[Dot]] = []
    is_cut = True
    for x, values in _halves(drawn.trace, span, DOTS_ACROSS * area.columns):
        if is_cut or isnan(values[0]):
            strokes.append([])
        strokes[-1] += [(x, area.height(drawn.scale, value)) for value in _outline(values)]
        is_cut = isnan(values[-1])
    return [Stroke(drawn.pen, _visible(dots)) for dots in strokes if dots]


def sliced(trace: Trace, span: TimeSpan, edges: Sequence[float]) -> Iterator[array[float]]:
    """Return the values between each two neighboring edges, which are fractions of the width."""
    cuts = [bisect_left(trace.times, edge, key=span.fraction) for edge in edges]
    return (trace.values[begin:end] for begin, end in pairwise(cuts))


def _halves(trace: Trace, span: TimeSpan, dots: int) -> Iterator[tuple[int, array[float]]]:
    edges = [(dot - 0.5) / (dots - 1) for dot in range(dots + 1)]
    return ((x, part) for x, part in enumerate(sliced(trace, span, edges)) if part)


def _outline(values: array[float]) -> list[float]:
    known = known_of(values)
    if not known:
        return []
    outline = (known[0], min(known), max(known), known[-1])
    return [value for value, _ in groupby(outline)]


def _visible(dots: list[Dot]) -> list[Dot]:
    """Return a lone dot as four within its cell, as one alone is easily overlooked."""
    if len(dots) > 1:
        return dots
    x, y = dots[0]
    return [(x, y), (x ^ 1, y), (x ^ 1, y ^ 1), (x, y ^ 1)]


def bar_strokes(bars: Sequence[Drawn], span: TimeSpan, area: Area) -> list[Stroke]:
    """Return bars from zero to each value; a gap has none, a zero is a mark at the bottom.

    A column with several values shows the smallest and the largest of them.
    """
    layers: dict[tuple[int, int], list[Dot]] = defaultdict(list)
    columns = [_columns(bars, number, span, area) for number in range(len(bars))]
    for column in range(area.columns):
        tops = {
            number: _heights(bars[number], ends[column], area)
            for number, ends in enumerate(columns)
            if column in ends
        }
        feet = {number: area.height(bars[number].scale, 0) for number in tops}
        tallest = sorted(tops, key=lambda number: -max(abs(y - feet[number]) for y in tops[number]))
        for layer, number in enumerate(tallest):
            layers[layer, number] += _cell_dots(column, tops[number])
    return [
        Stroke(bars[number].pen, dots, area.height(bars[number].scale, 0))
        for (_, number), dots in sorted(layers.items())
    ]


def _heights(bar: Drawn, ends: _Ends, area: Area) -> set[int]:
    return {area.height(bar.scale, value) for value in ends}


def _cell_dots(column: int, heights: set[int]) -> list[Dot]:
    first = DOTS_ACROSS * column
    return [(x, y) for x in range(first, first + DOTS_ACROSS) for y in sorted(heights)]


def _columns(bars: Sequence[Drawn], number: int, span: TimeSpan, area: Area) -> dict[int, _Ends]:
    """Return the smallest and the largest value of the bar in each of its columns."""
    trace = bars[number].trace
    room = area.columns // span.bars
    if not room:
        return dict(_crowded(trace, span, area))
    is_beside = room >= len(bars)
    ends: dict[int, _Ends] = {}
    for moment, value in zip(trace.times, trace.values, strict=True):
        begin, end = span.columns(moment, area.columns)
        if is_beside:
            begin, end = _share(begin, end, number, len(bars))
        if not isnan(value):
            ends.update(dict.fromkeys(range(begin, end), (value, value)))
    return ends


def _share(begin: int, end: int, number: int, count: int) -> tuple[int, int]:
    """Return the columns of one of several bars in a bucket; one stays blank if there is room."""
    width = end - begin
    each = max(1, (width - (width > count)) // count)
    return begin + number * each, begin + (number + 1) * each


def _crowded(trace: Trace, span: TimeSpan, area: Area) -> Iterator[tuple[int, _Ends]]:
    edges = [column / area.columns for column in range(area.columns + 1)]
    for column, part in enumerate(sliced(trace, span, edges)):
        known = known_of(part)
        if known:
            yield column, (min(known), max(known))
