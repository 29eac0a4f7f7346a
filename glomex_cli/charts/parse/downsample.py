"""Endless numbers in bounded memory: neighbors are merged whenever too many are kept."""

from __future__ import annotations

from array import array
from math import isnan
from typing import TYPE_CHECKING

from glomex_cli.charts.aggregate import aggregate
from glomex_cli.charts.series import Series, Summary, summary_of
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
        self._summary: Summary | None = None
        self._count = 0

    def extend(self, values: list[float]) -> None:
        """Add values, NaN for a gap; UsageError for a median of more than `exact` values."""
        if self._size == 1:
            self._values.fromlist(values)
            if len(self._values) >= self._exact:
                self._start_merging()
            return
        for at in range(0, len(values), self._exact):
            self._take(array("d", values[at : at + self._exact]))

    def series(self) -> Series:
        """Return the series so far; more values can be added after that."""
        if self._size == 1:
            return Series("", self._values)
        values, weights = self._values[:], self._weights[:]
        if self._open:
            values.append(aggregate(self._agg, self._open))
            weights.append(_known(self._open))
        return Series("", values, weights=weights, summary=self._summary_of_buckets())

    def _start_merging(self) -> None:
        if self._agg is Agg.MEDIAN:
            raise UsageError(
                f"a median of more than {self._exact:,} numbers is not kept",
                hint="another way to reduce them: --agg mean",
            )
        raw, self._values = self._values, array("d")
        self._size = 2 * self._exact // self._buckets
        self._take(raw)

    def _take(self, raw: array[float]) -> None:
        self._remember(raw)
        self._open += raw
        start = 0
        while len(self._open) - start >= self._size:
            bucket = self._open[start : start + self._size]
            start += len(bucket)
            self._keep(bucket)
        del self._open[:start]

    def _keep(self, bucket: array[float]) -> None:
        self._values.append(aggregate(self._agg, bucket))
        self._weights.append(_known(bucket))
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


def _known(values: Sequence[float]) -> int:
    return len(values) - sum(map(isnan, values))
