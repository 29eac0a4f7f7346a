"""Where a value is between the lowest and the highest value drawn, whatever their size."""

from __future__ import annotations

from math import floor, isinf
from typing import NamedTuple


class Scale(NamedTuple):
    """The values at the bottom and at the top of a picture; `low` is never above `high`."""

    low: float
    high: float

    def fraction(self, value: float) -> float:
        """Return how far up a value is, from 0 to 1; a value outside the scale is at its edge.

        >>> Scale(-1.7e308, 1.7e308).fraction(0)
        0.5
        """
        if value <= self.low or value >= self.high:
            return float(value >= self.high)
        span = self.high - self.low
        if isinf(span):
            return (value / 2 - self.low / 2) / (self.high / 2 - self.low / 2)
        return (value - self.low) / span

    def dot(self, value: float, dots: int) -> int:
        """Return the index of the nearest of `dots` points from the bottom, 0, to the top."""
        return floor(0.5 + self.fraction(value) * (dots - 1))
