"""A series reduced to the columns of a line, and the note that tells how.

Values are laid on a grid, side by side or as far apart as their times; what shares a column is
aggregated.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from itertools import accumulate, filterfalse, pairwise
from math import isnan
from typing import TYPE_CHECKING, NamedTuple

from glomex_cli.charts.series import aggregate, bounded, exact_mean, floats
from glomex_cli.charts.sparkline.shares import (
    LONGEST_MONTH_S,
    MONTH_S,
    SHORTEST_MONTH_S,
    shared_slots,
)
from glomex_cli.metrics import Agg

if TYPE_CHECKING:
    from collections.abc import Sequence

    from glomex_cli.charts.series import Series

# A day is 23 or 25 hours long when clocks change, a quarter 90 to 92 days.
_TOLERANCE = 0.2
# Over a long outage a clock may drift; what counts is how long it lasted.
_DRIFT = 0.02
# Below this, differences between means may be no more than the rounding of their sums.
_ROUNDING = 1e-9


def in_time_order(series: Series) -> Series:
    """Return the series with its times ascending; services also answer newest first."""
    times = series.times
    if times is not None and len(times) != len(series.values):
        raise ValueError("times go with the values one by one")
    if times is None or all(one <= other for one, other in pairwise(times)):
        return series
    order = sorted(range(len(times)), key=times.__getitem__)
    weights = series.weights
    partial = frozenset(at for at, index in enumerate(order) if index in series.partial)
    return series._replace(
        values=[series.values[index] for index in order],
        times=[times[index] for index in order],
        weights=weights and [weights[index] for index in order],
        partial=partial,
    )


class Grid(NamedTuple):
    """The positions of values on a line `length` slots long; a slot without a value is a gap.

    `step_s` is the usual distance of two values in seconds; a `regular` grid has whole slots.
    """

    size: int
    length: float
    positions: Sequence[float] | None = None
    step_s: float = 0.0
    regular: bool = True

    def share(self, width: int) -> int:
        """Return how many slots share a column; 0 where columns need not have equally many."""
        if self.positions is None or not self.regular:
            return 0
        return shared_slots(self.step_s, int(self.length), width)

    def columns(self, width: int) -> int:
        """Return how many columns the line takes: one for each value while they fit."""
        if share := self.share(width):
            return -(-int(self.length) // share)
        needed = self.length if self.regular else self.size
        return int(min(needed, width))

    def edges(self, width: int) -> list[int]:
        """Return the indices at which columns begin: column k has the values edge k to edge k + 1.

        Up to `width` values have a column each; more share columns of equal time, counted back
        from the last one, so that only the first may have less.
        """
        columns = self.columns(width)
        if self.positions is None:
            return [k * self.size // max(columns, 1) for k in range(columns + 1)]
        if not self.regular:
            return self._irregular_edges(columns, width)
        slots, share = int(self.length), self.share(width)
        ends = [slots - k * share for k in reversed(range(columns + 1))]
        return [bisect_left(self.positions, end) for end in ends]

    def has_short_first(self, width: int) -> bool:
        """Return whether the first of several columns spans less time than the others."""
        share = self.share(width)
        return self.columns(width) > 1 and share > 1 and int(self.length) % share > 0

    def slots(self, width: int) -> list[int]:
        """Return how many slots each column spans; empty where all span the same time."""
        columns, length = self.columns(width), int(self.length)
        if self.positions is not None or not columns or length % columns == 0:
            return []
        return [(k + 1) * length // columns - k * length // columns for k in range(columns)]

    def _irregular_edges(self, columns: int, width: int) -> list[int]:
        if self.positions is None or self.size <= width:
            return list(range(self.size + 1))
        inner = [bisect_left(self.positions, k * self.length / columns) for k in range(columns)]
        return [*inner, self.size]


def grid_of(series: Series) -> Grid:
    """Return the grid of a series: side by side without times, else as far apart as its times."""
    count = len(series.values)
    if series.times is None or not count:
        return Grid(size=count, length=count)
    seconds = [moment.timestamp() for moment in series.times]
    return _timed_grid([after - before for before, after in pairwise(seconds)])


def _timed_grid(distances: list[float]) -> Grid:
    step = _usual_step(distances)
    count = len(distances) + 1
    slots = [round(distance / step) for distance in distances]
    regular = all(
        abs(distance / step - slot) <= max(_TOLERANCE, _DRIFT * slot)
        for distance, slot in zip(distances, slots, strict=True)
    )
    positions = array("d", accumulate(slots if regular else distances, initial=0))
    length = positions[-1] + (1 if regular else step)
    return Grid(size=count, length=length, positions=positions, step_s=step, regular=regular)


def _usual_step(distances: list[float]) -> float:
    """Return the median distance in seconds, unmoved by outages. Months count as equal."""
    apart = sorted(distance for distance in distances if distance > 0)
    step = apart[(len(apart) - 1) // 2] if apart else 1.0
    return MONTH_S if SHORTEST_MONTH_S < step < LONGEST_MONTH_S else step


class Columns(NamedTuple):
    """The drawn values, NaN for a gap; column k is made of the values edge k to edge k + 1.

    `faint` are the columns that are not whole: cut, still growing, or first and short.
    """

    values: Sequence[float]
    edges: Sequence[int]
    how: str
    faint: frozenset[int] = frozenset()

    def column_of(self, index: int) -> int:
        """Return the column of the value with that index."""
        return bisect_right(self.edges, index) - 1

    @property
    def sizes(self) -> list[int]:
        """The numbers of values in each column, empty columns left out."""
        return [end - start for start, end in pairwise(self.edges) if end > start]


def reduce(series: Series, grid: Grid, *, width: int, agg: Agg | None = None) -> Columns:
    """Return the columns: one for each value while they fit, else reduced by `agg` or by kind."""
    chosen = agg or series.kind.agg
    edges = grid.edges(width)
    columns = _reduced(series, edges, chosen, grid.slots(width))
    faint = {columns.column_of(index) for index in series.partial}
    if grid.has_short_first(width):
        faint.add(0)
    return columns._replace(faint=frozenset(faint))


def _reduced(series: Series, edges: Sequence[int], agg: Agg, slots: Sequence[int]) -> Columns:
    if agg is Agg.MEAN:
        return Columns(_means(series, edges), edges, agg)
    values = floats(series.values)
    drawn = [aggregate(agg, values[start:end]) for start, end in pairwise(edges)]
    if agg is Agg.SUM and slots:
        return Columns(_evened(drawn, slots), edges, "sum, scaled to equal columns")
    return Columns(drawn, edges, agg)


def _means(series: Series, edges: Sequence[int]) -> list[float]:
    values = floats(series.values)
    weights = floats(series.weights) if series.weights else None
    parts = [slice(start, end) for start, end in pairwise(edges)]
    drawn = [aggregate(Agg.MEAN, values[part], weights and weights[part]) for part in parts]
    if len(drawn) < len(values) and _may_be_rounding(drawn):
        return [exact_mean(values[part], weights and weights[part]) for part in parts]
    return drawn


def _evened(sums: Sequence[float], slots: Sequence[int]) -> list[float]:
    """Scale sums to columns of equal length: two days in one column are not a peak beside one."""
    usual = sum(slots) / len(slots)
    return [bounded(total / slot * usual) for total, slot in zip(sums, slots, strict=True)]


def _may_be_rounding(drawn: Sequence[float]) -> bool:
    known = list(filterfalse(isnan, drawn))
    if not known:
        return False
    low, high = min(known), max(known)
    return low != high and high / 2 - low / 2 <= _ROUNDING * max(abs(low), abs(high))
