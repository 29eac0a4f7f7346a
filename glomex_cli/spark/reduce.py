"""A series to at most as many values as there are columns, and the sentence that says so."""

from __future__ import annotations

from bisect import bisect_right
from itertools import filterfalse, pairwise
from math import isnan
from typing import TYPE_CHECKING, NamedTuple

from glomex_cli.spark.aggregate import aggregate, exact_mean
from glomex_cli.spark.series import Agg, floats

if TYPE_CHECKING:
    from array import array
    from collections.abc import Sequence

    from glomex_cli.spark.grid import Grid
    from glomex_cli.spark.series import Series

# Below this, differences between means may be no more than the rounding of their sums.
_ROUNDING = 1e-9


class Columns(NamedTuple):
    """The drawn values, NaN for a gap; column k stands for those from edge k to edge k + 1."""

    values: Sequence[float]
    edges: Sequence[int]
    agg: Agg

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
    values = floats(series.values)
    edges = grid.edges(width)
    weights = floats(series.weights) if series.weights else None
    parts = [slice(start, end) for start, end in pairwise(edges)]
    drawn = [_column(chosen, values[part], weights and weights[part]) for part in parts]
    if chosen is Agg.MEAN and len(edges) <= len(values) and _may_be_rounding(drawn):
        drawn = [exact_mean(values[part], weights and weights[part]) for part in parts]
    return Columns(drawn, edges, chosen)


def _column(agg: Agg, values: array[float], weights: array[float] | None) -> float:
    return values[0] if len(values) == 1 else aggregate(agg, values, weights)


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
    return f"{count:,} values, {each} a column, {columns.agg}"
