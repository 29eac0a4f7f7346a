"""Rows that come in batches, collected to series in bounded memory.

Up to EXACT_ROWS rows are kept as they are; then neighbors are merged, all columns alike.
"""

from __future__ import annotations

from array import array
from math import isinf, nan
from typing import TYPE_CHECKING, Final

from glomex_cli.charts.parse.downsample import Downsampler
from glomex_cli.charts.parse.json_cells import has_value, numbers_of
from glomex_cli.charts.parse.timestamps import parse_timestamps
from glomex_cli.charts.series import floats
from glomex_cli.metrics import Agg

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from glomex_cli.charts.series import Series
    from glomex_cli.metrics import MetricKind
    from glomex_cli.models import Json

EXACT_ROWS: Final = 1 << 17
_BUCKETS: Final = 1 << 14


class ColumnCollector:
    """One column of numbers; `is_numeric` until a cell is neither a number nor a gap."""

    def __init__(self, name: str, kind: MetricKind, agg: Agg | None, *, rows_before: int) -> None:
        self.name = name
        self.kind = kind
        self.is_numeric = True
        self.has_value = False
        self.infinite = 0
        self._is_mean = (agg or kind.agg) is Agg.MEAN
        self._values = Downsampler(agg or kind.agg, exact=EXACT_ROWS, buckets=_BUCKETS)
        self._fill(rows_before)

    @property
    def size(self) -> int:
        """How many rows share a value."""
        return self._values.size

    def add_cells(self, cells: Sequence[Json], weights: array[float] | None) -> None:
        """Add a batch of cells, with the weights of their rows where there are any."""
        numbers = numbers_of(cells) if self.is_numeric else None
        if numbers is None:
            self.is_numeric = False
        else:
            self.add(numbers, weights)

    def add(self, numbers: array[float], weights: array[float] | None) -> None:
        """Add a batch of numbers; infinite ones become gaps and are counted."""
        infinite = [at for at, number in enumerate(numbers) if isinf(number)]
        self.infinite += len(infinite)
        for at in infinite:
            numbers[at] = nan
        self.has_value = self.has_value or has_value(numbers) or bool(infinite)
        self._extend(numbers, weights)

    def _extend(self, numbers: array[float], weights: array[float] | None) -> None:
        if self._is_mean:
            self._values.extend(numbers, weights or array("d", [1.0]) * len(numbers))
        else:
            self._values.extend(numbers)

    def series(self, times: Sequence[datetime] | None, weights: array[float] | None) -> Series:
        """Return the series; `weights` are used where every row is kept."""
        found = self._values.series()
        if self._values.size == 1:
            kept = weights if self.kind.agg is Agg.MEAN else None
            found = found._replace(weights=kept)
        return found._replace(name=self.name, times=times, kind=self.kind)

    def values(self) -> array[float]:
        """Return the values so far."""
        return floats(self._values.series().values)

    def _fill(self, count: int) -> None:
        for at in range(0, count, EXACT_ROWS):
            self._extend(array("d", [nan]) * min(EXACT_ROWS, count - at), None)


class TimeCollector:
    """The times of rows, thinned out as values are merged: a bucket begins when its first does."""

    def __init__(self) -> None:
        self._times: list[datetime] | None = []
        self._count = 0
        self._size = 1

    def add(self, cells: Sequence[object], size: int) -> None:
        """Add the times of a batch; `size` is how many rows share a value after it."""
        times = parse_timestamps(cells) if self._times is not None else None
        if times is None or self._times is None:
            self._times = None
            return
        self._times += times[-self._count % self._size :: self._size]
        self._count += len(cells)
        if size != self._size:
            self._times = self._times[:: size // self._size]
            self._size = size

    def times(self) -> tuple[datetime, ...] | None:
        """Return the times, None where there are none or one of them was no time."""
        return tuple(self._times) if self._times else None
