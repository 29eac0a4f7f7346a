"""Many values reduced to one: mean, sum, minimum, maximum, last, median. Gaps do not count."""

from __future__ import annotations

from math import copysign, fsum, inf, isfinite, isinf, isnan, nan
from sys import float_info
from typing import TYPE_CHECKING

from glomex_cli.charts.series import known_of
from glomex_cli.metrics import Agg

if TYPE_CHECKING:
    from array import array


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
