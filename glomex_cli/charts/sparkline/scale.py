"""Values to heights: one straight ladder from the smallest value drawn to the largest."""

from __future__ import annotations

from itertools import filterfalse
from math import floor, isinf, isnan
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from glomex_cli.charts.sparkline.drawing import Drawing

EIGHTHS = 8
_CONSTANT = 4
_CONSTANT_LIKE_SPARK = 5


class Scale(NamedTuple):
    """The values at the foot and the top of a line; `low` is never above `high`."""

    low: float
    high: float

    def fraction(self, value: float) -> float:
        """Say how far up a value stands, 0 to 1, whatever the size of the numbers.

        >>> Scale(-1.7e308, 1.7e308).fraction(0)
        0.5
        """
        if value <= self.low or value >= self.high:
            return float(value >= self.high)
        span = self.high - self.low
        if isinf(span):
            return (value / 2 - self.low / 2) / (self.high / 2 - self.low / 2)
        return (value - self.low) / span


def scale_of(values: Iterable[float], drawing: Drawing) -> Scale:
    """Give the scale of the values drawn: NaN does not count, and fixed ends stay where they are.

    An end fixed beyond all values moves the other one along.
    """
    known = list(filterfalse(isnan, values))
    if drawing.zero or not known:
        known.append(0.0)
    low = min(known) if drawing.low is None else drawing.low
    high = max(known) if drawing.high is None else drawing.high
    if low > high:
        low, high = (low, low) if drawing.high is None else (high, high)
    return Scale(low, high)


def level(value: float, scale: Scale, drawing: Drawing) -> int:
    """Give a value's height in eighths of a row: 1 at the foot, 8 for each row at the top.

    Rounded to the nearest, halves to even, so that no height is preferred. A constant line
    stands in the middle, but at the foot where it is zero: a flat middle reads as activity.
    """
    top = EIGHTHS * drawing.height
    if scale.low == scale.high == value:
        return _flat(value, drawing)
    steps = (top - 1) * scale.fraction(value)
    return floor(steps) + 1 if drawing.like_spark else round(steps + 1)


def _flat(value: float, drawing: Drawing) -> int:
    if drawing.like_spark:
        return _CONSTANT_LIKE_SPARK * drawing.height
    return _CONSTANT * drawing.height if value else 1


def split_level(value: float, scale: Scale, drawing: Drawing) -> int:
    """Give the height away from zero, negative for downward, both directions on one scale."""
    reach = Scale(0.0, max(abs(scale.low), abs(scale.high)))
    bounded = min(max(value, scale.low), scale.high)
    height = level(abs(bounded), reach, drawing) if reach.high else 1
    return -height if bounded < 0 else height
