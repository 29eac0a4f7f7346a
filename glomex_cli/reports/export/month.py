"""A month of a report as a Parquet file, and what is known of its rows without reading it."""

import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from hashlib import sha256
from itertools import chain, islice
from typing import NamedTuple

from glomex_cli.dates.buckets import bucket_of
from glomex_cli.metrics import CellType
from glomex_cli.models import Column, Report, Role, Row
from glomex_cli.output.parquet import write_parquet
from glomex_cli.output.typed_cells import EPOCH_DAY, TypedBlock, typed_blocks

# As many rows are held to sort them; of a longer month the service's order stays.
_MOST_SORTED = 10_000
_MODULUS = 1 << 256
_MICROSECONDS_A_DAY = 86_400_000_000


class MonthFile(NamedTuple):
    """A month's file, and its rows' number, days of the month, and digest in any order."""

    data: memoryview
    rows: int
    days: tuple[int, ...]
    digest: str


def month_file(report: Report) -> MonthFile:
    """Read the rows of a report and return them as a file, sorted by day where they are few.

    The rows are never held together above 10,000: only the file is. What the rows raise is
    passed on.
    """
    tally, stream = _Tally(report.columns), io.BytesIO()
    rows = _sorted_if_short(report)
    write_parquet(report.columns, tally.watched(typed_blocks(report.columns, rows)), stream)
    return MonthFile(stream.getbuffer(), tally.rows, tally.days(), tally.digest())


class _Tally:
    """Counts what passes: rows, days and a digest that does not depend on the order of rows."""

    def __init__(self, columns: Sequence[Column]) -> None:
        bucket = bucket_of(columns)
        self.rows = 0
        self._sum = 0
        self._header = [(column.name, column.type.value) for column in columns]
        self._place = next(at for at, column in enumerate(columns) if column.name == bucket)
        self._unit = 1 if columns[self._place].type is CellType.DATE else _MICROSECONDS_A_DAY
        self._seen: set[float | str | None] = set()

    def watched(self, blocks: Iterable[TypedBlock]) -> Iterator[TypedBlock]:
        """Yield the blocks as they are."""
        for block in blocks:
            self.rows += len(block[0])
            self._seen.update(block[self._place])
            self._sum += sum(map(_hash_of, zip(*block, strict=True)))
            yield block

    def days(self) -> tuple[int, ...]:
        """Return the days of the month that had rows."""
        counts = {int(each) // self._unit for each in self._seen if isinstance(each, (int, float))}
        return tuple(sorted(date.fromordinal(EPOCH_DAY + count).day for count in counts))

    def digest(self) -> str:
        """Return the digest of the columns and of all rows, in hexadecimal."""
        whole = f"{self._header} {self.rows} {self._sum % _MODULUS}"
        return sha256(whole.encode()).hexdigest()


def _hash_of(row: tuple[object, ...]) -> int:
    return int.from_bytes(sha256(repr(row).encode("utf-8", "replace")).digest())


def _sorted_if_short(report: Report) -> Iterable[Row]:
    rows = iter(report.rows)
    ahead = list(islice(rows, _MOST_SORTED + 1))
    if len(ahead) > _MOST_SORTED:
        return chain(ahead, rows)
    bucket = bucket_of(report.columns)
    names = [column.name for column in report.columns if column.role is Role.DIMENSION]
    names.sort(key=lambda name: name != bucket)
    return sorted(ahead, key=lambda row: [str(row.get(name)) for name in names])
