"""Rows that come in batches, collected to series of numbers and times, in bounded memory.

Up to EXACT_ROWS rows are kept as they are; then neighbors are merged, all columns alike. A string
that holds a number counts as one, no boolean does.
"""

from __future__ import annotations

import re
from array import array
from datetime import UTC, date, datetime, time
from math import inf, isinf, isnan, nan
from types import NoneType
from typing import TYPE_CHECKING, Final, cast

from glomex_cli.charts.parse.downsample import Downsampler
from glomex_cli.charts.parse.numbers import parse_number, quoted_word
from glomex_cli.charts.series import floats
from glomex_cli.metrics import Agg

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from glomex_cli.charts.parse.numbers import Tally
    from glomex_cli.charts.series import Series
    from glomex_cli.metrics import MetricKind
    from glomex_cli.models import Json

_EARLIEST_EPOCH_S = 1e8  # 1973; a smaller number is an index or an amount, not a time
_FIRST_EPOCH_MS = 1e11
_MONTH_LENGTH = len("2017-07")
_YEAR_LENGTH = len("2017")
EXACT_ROWS: Final = 1 << 17
_BUCKETS: Final = 1 << 14
_LIKE_NUMBER: Final = re.compile(r"\s*[-+]?[0-9][0-9.,'_\s]*\s*$")


def parse_timestamps(cells: Iterable[object]) -> tuple[datetime, ...] | None:
    """Parse a column of times: ISO 8601, `date`, seconds or milliseconds since 1970.

    None if a single one is not a time. What has no zone is read as UTC.
    """
    times: list[datetime] = []
    for cell in cells:
        moment = parse_timestamp(cell)
        if moment is None:
            return None
        times.append(moment)
    return tuple(times)


def parse_timestamp(cell: object) -> datetime | None:
    """Parse one time; None if it is not one.

    >>> parse_timestamp("2017-07").isoformat(), parse_timestamp("soon")
    ('2017-07-01T00:00:00+00:00', None)
    """
    try:
        match cell:
            case str():
                return _zoned(_of_text(cell.strip()))
            case datetime():
                return _zoned(cell)
            case date():
                return datetime.combine(cell, time(), UTC)
            case int() | float() if cell >= _EARLIEST_EPOCH_S:
                return datetime.fromtimestamp(cell / (1000 if cell >= _FIRST_EPOCH_MS else 1), UTC)
            case _:
                return None
    except (ValueError, OverflowError, OSError):
        return None


def _of_text(text: str) -> datetime:
    if len(text) == _MONTH_LENGTH and text[4] == "-" and text[5:].isdigit():
        text += "-01"
    if len(text) == _YEAR_LENGTH and text.isdigit():
        text += "-01-01"
    return datetime.fromisoformat(text)


def _zoned(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def numbers_of(cells: Sequence[Json]) -> array[float] | None:
    """Return a column of numbers and gaps; None if a single cell is neither."""
    if (plain := _plain(cells)) is not None:
        return plain
    numbers = array("d")
    for cell in cells:
        number = _number(cell)
        if number is None:
            return None
        numbers.append(number)
    return numbers


def _plain(cells: Sequence[Json]) -> array[float] | None:
    """Return a column that holds only JSON numbers and null, the quick way; else None."""
    if not set(map(type, cells)) <= {float, NoneType}:
        return None
    numbers = cast("Sequence[float | None]", cells)
    return array("d", [nan if number is None else number for number in numbers])


def values_of(
    cells: Sequence[Json], tally: Tally, name: str = "", *, first_row: int = 1
) -> array[float]:
    """Return the values of a column; UsageError names the row of a cell that is not a number."""
    plain = _plain(cells)
    if plain is not None and inf not in plain and -inf not in plain:
        return plain
    values = array("d")
    for row, cell in enumerate(cells, first_row):
        number = _number(cell)
        if number is None:
            number = tally.refuse(_text(cell), f"row {row}{name and f' of {quoted_word(name)}'}")
        values.append(tally.accept(number))
    return values


def _number(cell: Json) -> float | None:
    match cell:
        case bool() | list() | dict():
            return None
        case None:
            return nan
        case str():
            return parse_number(cell.strip().encode("utf-8", "surrogatepass"))
        case _:
            return cell


def _text(cell: Json) -> str:
    match cell:
        case bool():
            return str(cell).lower()
        case list():
            return "[...]"
        case dict():
            return "{...}"
        case _:
            return str(cell)


def has_value(column: array[float]) -> bool:
    """Return whether a column holds more than gaps."""
    return not all(map(isnan, column))


class ColumnCollector:
    """One column of numbers; `is_numeric` until a cell is neither a number nor a gap.

    `bad` is such a cell where it looks like a number, as `1,234` does.
    """

    def __init__(self, name: str, kind: MetricKind, agg: Agg | None, *, rows_before: int) -> None:
        self.name = name
        self.kind = kind
        self.is_numeric = True
        self.has_value = False
        self.infinite = 0
        self.bad = ""
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
            self.bad = self.bad or next(filter(_LIKE_NUMBER.match, map(_text, cells)), "")
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
