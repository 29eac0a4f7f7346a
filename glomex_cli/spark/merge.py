"""Endless numbers in bounded memory: neighbours are merged whenever too many are kept."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

from glomex_cli.errors import UsageError
from glomex_cli.spark.aggregate import aggregate
from glomex_cli.spark.series import Agg, Series, Summary, summary_of

if TYPE_CHECKING:
    from collections.abc import Sequence

# Up to here every value is kept, 16 MiB in all, and columns are cut exactly.
EXACT = 1 << 21
# Past it, never more buckets than this. A column is made of many, so its edges stay near.
BUCKETS = 1 << 15


class Merger:
    """Takes values for ever and can give the line they make at any time.

    Memory is bounded by `exact` and `buckets`, whatever comes. A bucket holds the same number
    of raw values as its neighbours, but for the last one.
    """

    def __init__(
        self, agg: Agg = Agg.MEAN, *, exact: int = EXACT, buckets: int = BUCKETS
    ) -> None:
        self._agg = agg
        self._exact = max(exact, buckets)
        self._buckets = buckets
        self._size = 1
        self._values = array("d")
        self._weights = array("d")
        self._open = array("d")
        self._summary: Summary | None = None

    def extend(self, values: list[float]) -> None:
        """Take more values, NaN for a gap. UsageError: a median needs all, and they are too many."""
        if self._size == 1:
            self._values.fromlist(values)
            if len(self._values) >= self._exact:
                self._start_merging()
            return
        for at in range(0, len(values), self._exact):
            self._take(array("d", values[at : at + self._exact]))

    def series(self) -> Series:
        """Give the line so far; it goes on reading after that."""
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
        whole = len(self._open) - len(self._open) % self._size
        for at in range(0, whole, self._size):
            self._close(self._open[at : at + self._size])
        del self._open[:whole]
        while len(self._values) >= self._buckets:
            self._halve()

    def _close(self, raw: array[float]) -> None:
        self._values.append(aggregate(self._agg, raw))
        self._weights.append(_known(raw))
