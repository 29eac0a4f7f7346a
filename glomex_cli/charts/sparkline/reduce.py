"""A series to at most as many values as there are columns, and the sentence that says so."""

from __future__ import annotations

from bisect import bisect_right
from itertools import filterfalse, pairwise
from math import isnan
from typing import TYPE_CHECKING, NamedTuple

from glomex_cli.charts.aggregate import aggregate, bounded, exact_mean
from glomex_cli.charts.series import Agg, floats

if TYPE_CHECKING:
    from collections.abc import Sequence

    from glomex_cli.charts.series import Series
    from glomex_cli.charts.sparkline.columns import Grid

# Below this, differences between means may be no more than the rounding of their sums.
_ROUNDING = 1e-9


class Columns(NamedTuple):
    """The drawn values, NaN for a gap; column k stands for those from edge k to edge k + 1."""

    values: Sequence[float]
    edges: Sequence[int]
    how: str

    def column_of(self, index: int) -> int:
        """Say which column holds the value with that index."""
        return bisect_right(self.edges, index) - 1

    @property
    def sizes(self) -> list[int]:
        """How many values each column stands for, empty columns left out."""
        return [end - start for start, end in pairwise(self.edges) if end > start]


def reduce(series: Series, grid: Grid, *, width: int, agg: Agg | None = None) -> Columns:
    """Give the columns of a line: a value each while they fit, else reduced by `agg` or by kind."""
    chosen = agg or series.kind.agg
    edges = grid.edges(width)
    if chosen is Agg.MEAN:
        return Columns(_means(series, edges), edges, chosen)
    values = floats(series.values)
    drawn = [aggregate(chosen, values[start:end]) for start, end in pairwise(edges)]
    slots = grid.slots(width)
    if chosen is Agg.SUM and slots:
        return Columns(_evened(drawn, slots), edges, "sum scaled to equal columns")
    return Columns(drawn, edges, chosen)


def _means(series: Series, edges: Sequence[int]) -> list[float]:
    values = floats(series.values)
    weights = floats(series.weights) if series.weights else None
    parts = [slice(start, end) for start, end in pairwise(edges)]
    drawn = [aggregate(Agg.MEAN, values[part], weights and weights[part]) for part in parts]
    if len(drawn) < len(values) and _may_be_rounding(drawn):
        return [exact_mean(values[part], weights and weights[part]) for part in parts]
    return drawn


def _evened(sums: Sequence[float], slots: Sequence[int]) -> list[float]:
    """Scale sums to columns of equal length: two days in one column are no peak beside one."""
    usual = sum(slots) / len(slots)
    return [bounded(total / slot * usual) for total, slot in zip(sums, slots, strict=True)]


def _may_be_rounding(drawn: Sequence[float]) -> bool:
    known = list(filterfalse(isnan, drawn))
    if not known:
        return False
    low, high = min(known), max(known)
    return low != high and high / 2 - low / 2 <= _ROUNDING * max(abs(low), abs(high))


def reduction_note(series: Series, columns: Columns) -> str:
    """Say that several values share a column, how many and how; nothing where none do.

    `1,440 values, 18 a column, mean`
    """
    count = series.summary.size if series.summary else len(series.values)
    sizes = [size * count // len(series.values) for size in columns.sizes]
    if max(sizes, default=1) == 1:
        return ""
    least, most = min(sizes), max(sizes)
    each = f"{most:,}" if least == most else f"{least:,} to {most:,}"
    return f"{count:,} values, {each} a column, {columns.how}"
