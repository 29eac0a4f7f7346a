"""Endless numbers in bounded memory: neighbors are merged whenever too many are kept."""

from __future__ import annotations

from array import array
from math import isnan
from typing import TYPE_CHECKING

from glomex_cli.charts.series import Series, Summary, aggregate, summary_of
from glomex_cli.errors import UsageError
from glomex_cli.metrics import Agg

if TYPE_CHECKING:
    from collections.abc import Sequence

# Up to here every value is kept, 16 MiB in all, and columns are cut exactly.
EXACT = 1 << 21
# Past it, never more buckets than this. A column is made of many, so its edges stay near.
BUCKETS = 1 << 15


class Downsampler:
    """Collects values without end, and returns the series they make at any time.

    Memory is bounded by `exact` and `buckets`, whatever comes. A bucket holds the same number
    of raw values as its neighbors, but for the last one.
    """

    def __init__(self, agg: Agg = Agg.MEAN, *, exact: int = EXACT, buckets: int = BUCKETS) -> None:
        self._agg = agg
        self._exact = max(exact, buckets)
        self._buckets = buckets - buckets % 2
        self._size = 1
        self._values = array("d")
        self._weights = array("d")
        self._open = array("d")
        self._open_weights = array("d")
        self._summary: Summary | None = None
        self._count = 0

    @property
    def size(self) -> int:
        """How many raw values each bucket holds; 1 while every value is kept."""
        return self._size

    def extend(self, values: Sequence[float], weights: Sequence[float] | None = None) -> None:
        """Add values, NaN for a gap; UsageError for a median of more than `exact` values.

        Values come with their weights always or never; without, all weigh the same.
        """
        if self._size == 1:
            self._values.extend(values)
            self._weights.extend(weights or ())
            if len(self._values) >= self._exact:
                self._start_merging()
            return
        for at in range(0, len(values), self._exact):
            part = slice(at, at + self._exact)
            self._take(array("d", values[part]), array("d", weights[part] if weights else ()))

    def series(self) -> Series:
        """Return the series so far; more values can be added after that."""
        if self._size == 1:
            return Series("", self._values, weights=self._weights or None)
        values, weights = self._values[:], self._weights[:]
        if self._open:
            values.append(self._joined(self._open, self._open_weights))
            weights.append(_weight(self._open, self._open_weights))
        return Series("", values, weights=weights, summary=self._summary_of_buckets())

    def _start_merging(self) -> None:
        if self._agg is Agg.MEDIAN:
            raise UsageError(
                f"a median of more than {self._exact:,} numbers is not supported",
                hint="use --agg mean",
            )
        raw, self._values = self._values, array("d")
        weights, self._weights = self._weights, array("d")
        self._size = 2 * self._exact // self._buckets
        self._take(raw, weights)

    def _take(self, raw: array[float], weights: array[float]) -> None:
        self._remember(raw)
        self._open += raw
        self._open_weights += weights
        start = 0
        while len(self._open) - start >= self._size:
            part = slice(start, start + self._size)
            start += self._size
            self._keep(self._open[part], self._open_weights[part])
        del self._open[:start]
        del self._open_weights[:start]

    def _joined(self, bucket: array[float], weights: array[float]) -> float:
        return aggregate(self._agg, bucket, weights or None)

    def _keep(self, bucket: array[float], weights: array[float]) -> None:
        self._values.append(self._joined(bucket, weights))
        self._weights.append(_weight(bucket, weights))
        if len(self._values) == self._buckets:
            self._halve()

    def _halve(self) -> None:
        values, weights = self._values, self._weights
        pairs = range(0, len(values), 2)
        self._values = array(
            "d", [aggregate(self._agg, values[at : at + 2], weights[at : at + 2]) for at in pairs]
        )
        self._weights = array("d", [sum(weights[at : at + 2]) for at in pairs])
        self._size *= 2

    def _remember(self, raw: array[float]) -> None:
        """Keep the extremes, first and last, with their places counted in raw values."""
        new = summary_of(raw)
        if new is not None:
            placed = new._replace(
                low_at=new.low_at + self._count, high_at=new.high_at + self._count
            )
            self._summary = placed if self._summary is None else _joined(self._summary, placed)
        self._count += len(raw)

    def _summary_of_buckets(self) -> Summary | None:
        raw = self._summary
        return raw and raw._replace(
            size=self._count,
            low_at=raw.low_at // self._size,
            high_at=raw.high_at // self._size,
        )


def _joined(before: Summary, after: Summary) -> Summary:
    low = after if after.low < before.low else before
    high = after if after.high > before.high else before
    return before._replace(
        last=after.last,
        low=low.low,
        low_at=low.low_at,
        high=high.high,
        high_at=high.high_at,
    )


def _weight(values: Sequence[float], weights: Sequence[float]) -> float:
    """Return what a bucket weighs: the weights of its values, or how many it has."""
    if weights:
        pairs = zip(values, weights, strict=True)
        return sum(weight for value, weight in pairs if not isnan(value) and weight > 0)
    return len(values) - sum(map(isnan, values))
