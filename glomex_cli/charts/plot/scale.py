"""From values to heights, whatever their size; and which lines need an axis of their own."""

from __future__ import annotations

from itertools import pairwise
from math import floor, isinf, log10, ulp
from sys import float_info
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from glomex_cli.charts.plot.traces import Trace

_APART = 10


class Scale(NamedTuple):
    """The values at the foot and at the top of a chart; `low` is less than `high`."""

    low: float
    high: float

    def fraction(self, value: float) -> float:
        """Say how far up a value is, from 0 to 1; what lies outside is put on the edge.

        >>> Scale(-1e308, 1e308).fraction(0)
        0.5
        """
        span = self.high - self.low
        share = (
            (value / 2 - self.low / 2) / (self.high / 2 - self.low / 2)
            if isinf(span)
            else (value - self.low) / span
        )
        return min(max(share, 0.0), 1.0)

    def dot(self, value: float, dots: int) -> int:
        """Give the nearest of `dots` points from the foot, 0, to the top."""
        return floor(0.5 + self.fraction(value) * (dots - 1))


def scale_of(traces: Sequence[Trace], *, from_zero: bool) -> Scale:
    """Give the scale from the smallest to the largest value; bars begin at zero.

    A constant lies in the middle; one that is zero at the foot, where it does not look busy.
    """
    low = min(trace.low for trace in traces)
    high = max(trace.high for trace in traces)
    if from_zero:
        low, high = min(low, 0.0), max(high, 0.0)
    if low < high:
        return Scale(low, high)
    if not low:
        return Scale(0.0, 1.0)
    margin = max(abs(low) / 2, ulp(0))
    return Scale(max(low - margin, -float_info.max), min(high + margin, float_info.max))


def right_lines(traces: Sequence[Trace]) -> frozenset[int]:
    """Name the lines for an axis on the right: none unless magnitudes differ more than tenfold.

    The lines part where the step between neighbouring magnitudes is largest; the side of the
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
