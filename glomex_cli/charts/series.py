"""A series to draw: values with gaps, times, weights, the figures behind them, and a scale.

Many values are reduced to one by mean, sum, minimum, maximum, last or median; gaps do not count.
"""

from __future__ import annotations

from array import array
from itertools import filterfalse
from math import copysign, floor, fsum, inf, isfinite, isinf, isnan, nan
from sys import float_info
from typing import TYPE_CHECKING, NamedTuple, cast

from glomex_cli.metrics import UNKNOWN, Agg, MetricKind

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime


class Summary(NamedTuple):
    """The raw figures behind a line; those with `_at` are indices of its values."""

    size: int
    first: float
    last: float
    low: float
    high: float
    low_at: int
    high_at: int
    first_at: int = 0


class Series(NamedTuple):
    """Values from left to right; None or NaN is a gap; an array has no infinite value.

    `times` and `weights`, where known, go with the values one by one; times carry a zone.
    `partial` holds the indices of values that still grow, or that the range cuts: they are
    drawn, and no figure is made of them.
    `summary` is given where the values are already merged from more.
    """

    name: str
    values: Sequence[float | None]
    times: Sequence[datetime] | None = None
    weights: Sequence[float | None] | None = None
    kind: MetricKind = UNKNOWN
    summary: Summary | None = None
    partial: frozenset[int] = frozenset()


def floats(values: Sequence[float | None]) -> array[float]:
    """Return the values as doubles, a gap as NaN; an array is returned as it is.

    Of anything but an array, what is too large for a double becomes a gap as well.

    >>> floats([1, None, 10**400])
    array('d', [1.0, nan, nan])
    """
    if isinstance(values, array):
        return cast("array[float]", values)
    return array("d", [nan if value is None else _finite(value) for value in values])


def _finite(value: float) -> float:
    try:
        return float(value) if isfinite(value) else nan
    except OverflowError:
        return nan


def summarize(series: Series) -> Summary | None:
    """Return the raw figures of a series, or None where it has no complete value."""
    return series.summary or summary_of(complete_values(series))


def complete_values(series: Series) -> array[float]:
    """Return the values as doubles, with a gap for each that is partial."""
    values = floats(series.values)
    if not series.partial:
        return values
    return array("d", [nan if at in series.partial else value for at, value in enumerate(values)])


def summary_of(values: array[float]) -> Summary | None:
    """Return the figures of `values`, None where all are gaps; the first of equal extremes."""
    known = known_of(values) if isnan(sum(values)) else values
    if not known:
        return None
    low, high = min(known), max(known)
    return Summary(
        size=len(values),
        first=known[0],
        last=known[-1],
        low=low,
        high=high,
        low_at=values.index(low),
        high_at=values.index(high),
        first_at=0 if known is values else values.index(known[0]),
    )


def known_of(values: array[float]) -> array[float]:
    """Return the values without the gaps.

    >>> known_of(array("d", [1, nan, 2]))
    array('d', [1.0, 2.0])
    """
    return array("d", list(filterfalse(isnan, values)))


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


def aggregate(agg: Agg, values: array[float], weights: array[float] | None = None) -> float:
    """Reduce values to one, NaN where all of them are gaps. Only the mean uses the weights."""
    if agg is Agg.MEAN and weights is not None:
        return exact_mean(values, weights)
    total = sum(values)
    if isnan(total):
        values = known_of(values)
        total = sum(values)
    if not values:
        return nan
    match agg:
        case Agg.MEAN:
            return total / len(values) if isfinite(total) else exact_mean(values)
        case Agg.SUM:
            return total if isfinite(total) else _bounded_sum(values)
        case _:
            return _pick(agg, values)


def _pick(agg: Agg, known: array[float]) -> float:
    match agg:
        case Agg.MIN:
            return min(known)
        case Agg.MAX:
            return max(known)
        case Agg.LAST:
            return known[-1]
        case _:
            return _median(known)


def _median(known: array[float]) -> float:
    ordered = sorted(known)
    low, high = ordered[(len(ordered) - 1) // 2], ordered[len(ordered) // 2]
    apart = high - low
    return low / 2 + high / 2 if isinf(apart) else low + apart / 2


def _bounded_sum(known: array[float]) -> float:
    """Return the sum, or the largest float where the sum would be larger."""
    return bounded(2 * len(known) * fsum(value / 2 / len(known) for value in known))


def bounded(total: float) -> float:
    """Return `total`, or the largest float of its sign where it is infinite."""
    return copysign(float_info.max, total) if isinf(total) else total


def exact_mean(values: array[float], weights: array[float] | None = None) -> float:
    """Return a mean between the smallest and the largest value, whatever rounding would do.

    A mean without a weight above zero is a plain mean.
    """
    pairs = [
        (value, weight)
        for value, weight in zip(values, weights or [1.0] * len(values), strict=True)
        if not isnan(value) and 0 < weight < inf
    ]
    if not pairs:
        return exact_mean(known_of(values)) if weights is not None and known_of(values) else nan
    greatest = max(weight for _, weight in pairs)
    total = fsum(weight / greatest for _, weight in pairs)
    # Halved, because rounding may carry a sum of the largest numbers past what a float holds.
    half = fsum(value / 2 * (weight / greatest / total) for value, weight in pairs)
    return min(max(2 * half, min(pairs)[0]), max(pairs)[0])
