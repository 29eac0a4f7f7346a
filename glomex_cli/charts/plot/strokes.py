"""Lines as strokes on a grid of dots, cut at gaps; a column never holds more than 8 points.

Each line is drawn on the scale of its side; lines of very different sizes get an axis each.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import groupby, pairwise
from math import isnan, log10, ulp
from sys import float_info
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from glomex_cli.charts.series import Scale, known_of

if TYPE_CHECKING:
    from array import array
    from collections.abc import Iterator, Sequence

    from glomex_cli.charts.plot.chart import Pen, ValueLimits
    from glomex_cli.charts.plot.traces import TimeSpan, Trace

_APART = 10
Dot: TypeAlias = tuple[int, int]
# A braille glyph has two dots across and four up: the finest grid that a terminal has.
DOTS_ACROSS = 2
DOTS_UP = 4


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
