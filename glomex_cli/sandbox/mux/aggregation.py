"""Values of a metric over segments of views: counted, added up, averaged, or by rank.

Everything is whole numbers until the last division, so parts and wholes agree exactly.
"""

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache, cached_property
from itertools import accumulate, chain
from operator import mul
from typing import NamedTuple

from glomex_cli.sandbox.mux.catalog import Metric
from glomex_cli.sandbox.mux.figures import Column, column
from glomex_cli.sandbox.mux.traffic import CELLS, Segment

_THOUSAND = 1000
_RANKS = {"median": (1, 2), "95th": (19, 20)}
# How many viewers share a cell: of so many views, not all are by different people.
_VIEWERS_PER_CELL = 12
# Up to here it is faster to sort the values of the views than to weigh all cells.
_FEW_VIEWS = 2 * CELLS


class Figure(NamedTuple):
    """A value, None where no view has one, and the number of views that have one."""

    value: float | None
    views: int


class Meter:
    """Measures one metric over any segments, for the views that `keep` marks with 1."""

    def __init__(self, metric: Metric, measurement: str, keep: Sequence[int]) -> None:
        self._metric = metric
        self._measurement = measurement
        self._column = column(metric.ident)
        self._valid: list[int] = list(map(mul, keep, self._column.valid))
        self._values: list[int] = list(map(mul, self._column.values, self._valid))
        self._views_before = _prefix(self._valid)
        self._sum_before = _prefix(self._values)

    def measure(self, segments: Iterable[Segment]) -> Figure:
        """Return the figure of the segments together."""
        found = list(segments)
        counts = [_over(self._views_before, segment) for segment in found]
        views = sum(counts)
        if not views:
            return Figure(None, 0)
        if self._metric.ident == "unique_viewers":
            return Figure(distinct(self._counted(found)), views)
        factors = [self._column.factor(segment.load) for segment in found]
        if self._measurement in _RANKS:
            mean_factor = sum(map(mul, factors, counts)) / views
            ranked = self._ranked(found, rank_of(self._measurement, views))
            return Figure(ranked * mean_factor / (_THOUSAND * self._column.scale), views)
        sums = (_over(self._sum_before, segment) for segment in found)
        total = sum(map(mul, factors, sums))
        return Figure(divided(total, views, self._measurement, self._column), views)

    def _ranked(self, segments: Sequence[Segment], rank: int) -> int:
        """Return the value of the `rank`-th lowest view, counted from 1."""
        total = sum(segment.length for segment in segments)
        if total <= _FEW_VIEWS:
            around = (_around(self._marked, segment) for segment in segments)
            views = sorted(chain.from_iterable(around))
            return views[bisect_left(views, 0) + rank - 1]
        return ranked(self._order, weights(segments), self._values, rank)

    def _counted(self, segments: Sequence[Segment]) -> Iterable[int]:
        """Return the number of views of each cell that has some."""
        if sum(segment.length for segment in segments) <= CELLS:
            around = (_around(self._cells, segment) for segment in segments)
            counted = Counter(chain.from_iterable(around))
            del counted[-1]
            return counted.values()
        return map(mul, weights(segments), self._valid)

    @cached_property
    def _marked(self) -> list[int]:
        return [v if ok else -1 for v, ok in zip(self._values, self._valid, strict=True)]

    @cached_property
    def _cells(self) -> list[int]:
        return [cell if ok else -1 for cell, ok in enumerate(self._valid)]

    @cached_property
    def _order(self) -> list[int]:
        kept = (cell for cell in range(CELLS) if self._valid[cell])
        return sorted(kept, key=self._values.__getitem__)


def divided(total: int, views: int, measurement: str, of: Column) -> float:
    """Return a sum of values times thousandths as a sum, or as the average of the views."""
    if measurement in {"sum", "count"}:
        return total // (_THOUSAND * of.scale)
    return total / (_THOUSAND * of.scale * views)


def rank_of(measurement: str, views: int) -> int:
    """Return which of the views, from the lowest, is the median or the 95th percentile.

    >>> rank_of("median", 5), rank_of("95th", 100)
    (3, 95)
    """
    part, whole = _RANKS[measurement]
    return -(-views * part // whole)


def ranked(order: Sequence[int], counts: Sequence[int], values: Sequence[int], rank: int) -> int:
    """Return the value of the `rank`-th view of cells in `order`, with `counts` of each cell."""
    sums = list(accumulate(counts[cell] for cell in order))
    return values[order[bisect_left(sums, rank)]]


def weights(segments: Iterable[Segment], factors: Sequence[int] | None = None) -> list[int]:
    """Return for each cell the number of its views, each times the factor of its segment."""
    changes = [0] * (CELLS + 1)
    everywhere = 0
    for number, (start, length, _) in enumerate(segments):
        factor = factors[number] if factors else 1
        cycles, rest = divmod(length, CELLS)
        everywhere += cycles * factor
        changes[start] += factor
        if start + rest < CELLS:
            changes[start + rest] -= factor
        else:
            everywhere += factor
            changes[start + rest - CELLS] -= factor
    return [everywhere + change for change in accumulate(changes[:CELLS])]


def distinct(counts: Iterable[int]) -> int:
    """Return how many viewers so many views of each cell come from."""
    return sum(map(_viewers, counts))


@cache
def _viewers(views: int) -> int:
    missed = (1 - 1 / _VIEWERS_PER_CELL) ** views
    return _VIEWERS_PER_CELL - math.floor(_VIEWERS_PER_CELL * missed + 1e-9)


def _around(cells: list[int], segment: Segment) -> list[int]:
    """Return what the cells of a segment hold, beginning again after the last cell."""
    cycles, rest = divmod(segment.length, CELLS)
    end = segment.start + rest
    return cells * cycles + cells[segment.start : end] + cells[: max(0, end - CELLS)]


def _prefix(values: Sequence[int]) -> list[int]:
    return [0, *accumulate(values)]


def _over(before: Sequence[int], segment: Segment) -> int:
    """Return the sum over a segment, from the sums before each cell."""
    cycles, rest = divmod(segment.length, CELLS)
    end = segment.start + rest
    around = before[-1] + before[end - CELLS] if end > CELLS else before[end]
    return cycles * before[-1] + around - before[segment.start]
