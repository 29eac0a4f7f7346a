"""A month of a report as a Parquet file, and what is known of its rows without reading it.

A report by a dimension and day or hour is made of one for each of these, where both at once are
cut short.
"""

import io
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from hashlib import sha256
from itertools import chain, islice
from typing import NamedTuple, TypeAlias, cast
from zlib import crc32

from glomex_cli.dates.buckets import bucket_in, bucket_label, bucket_of, metric_names
from glomex_cli.dates.moments import LENGTHS, bucket_starts
from glomex_cli.metrics import CellType, Unit
from glomex_cli.models import (
    Bucket,
    Cell,
    Column,
    Period,
    Problem,
    Report,
    ReportRequest,
    Role,
    Row,
    Span,
    TimeRange,
)
from glomex_cli.output.parquet import write_parquet
from glomex_cli.output.typed_cells import EPOCH_DAY, Numbers, TextCells, TypedBlock, typed_blocks

# As many rows are held to sort them; of a longer month the service's order stays.
_MOST_SORTED = 10_000
_MICROSECONDS_A_DAY = 86_400_000_000
# No text is encoded as this byte, and no number of a report has this hash: Python's hashes count
# modulo 2**61 - 1, so that 2**64, for one, has that of 8.
_NULL_TEXT = b"\xff"
_NULL = 2 - (1 << 61)
_BUCKET_TYPES = {Bucket.DAY.value: CellType.DATE, Bucket.HOUR.value: CellType.TIMESTAMP}
FetchReport: TypeAlias = Callable[[ReportRequest], Report]


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
        self._rows_seen = RowDigest(columns)
        self._place = next(at for at, column in enumerate(columns) if column.name == bucket)
        self._unit = 1 if columns[self._place].type is CellType.DATE else _MICROSECONDS_A_DAY
        self._seen: set[float | str | None] = set()

    def watched(self, blocks: Iterable[TypedBlock]) -> Iterator[TypedBlock]:
        """Yield the blocks as they are."""
        for block in blocks:
            self.rows += len(block[0])
            self._seen.update(block[self._place])
            self._rows_seen.add(block)
            yield block

    def days(self) -> tuple[int, ...]:
        """Return the days of the month that had rows."""
        counts = {int(each) // self._unit for each in self._seen if isinstance(each, (int, float))}
        return tuple(sorted(date.fromordinal(EPOCH_DAY + count).day for count in counts))

    def digest(self) -> str:
        """Return the digest of the columns and of all rows, in hexadecimal."""
        return self._rows_seen.hexdigest()


class RowDigest:
    """A digest of rows in any order: the sum of their hashes, and their exclusive or.

    Python's hash of a tuple of numbers takes a tenth of the time of SHA-256 of its text, and is
    the same in each process; where another Python hashes otherwise, each month is written once
    more. Rows that are alike have hashes that lie a few distances apart, so their sum alone often
    stays when two rows swap a value.
    """

    def __init__(self, columns: Sequence[Column]) -> None:
        self._header = [(column.name, column.type.value) for column in columns]
        self._types = [column.type for column in columns]
        self._rows = self._sum = self._xor = 0

    def add(self, block: TypedBlock) -> None:
        """Add the rows of a block."""
        lanes = map(_whole_numbers, self._types, block)
        hashes = list(map(hash, zip(*lanes, strict=True)))
        self._rows += len(hashes)
        self._sum += sum(hashes)
        both = self._xor
        for each in hashes:  # faster than `reduce`
            both ^= each
        self._xor = both

    def hexdigest(self) -> str:
        """Return the digest of the columns and of the rows so far."""
        return sha256(f"{self._header} {self._rows} {self._sum} {self._xor}".encode()).hexdigest()


def _whole_numbers(kind: CellType, cells: "TextCells | Numbers") -> Iterable[int]:
    """Return a whole number for each cell: a text's checksum, an integer, or a number's 64 bits.

    Python hashes texts by a random key, older ones null by its address, and -1 as -2.
    """
    if kind is CellType.TEXT:
        return map(crc32, _encoded(cast("TextCells", cells)))
    is_integer = kind is not CellType.NUMBER
    if isinstance(cells, array):
        return _integers(cells, is_signed=is_integer)
    known = [cell or 0 for cell in cast("list[float | None]", cells)]
    filled = array("q", cast("list[int]", known)) if is_integer else array("d", known)
    numbers = _integers(filled, is_signed=is_integer)
    return [_NULL if cell is None else one for cell, one in zip(cells, numbers, strict=True)]


def _integers(cells: "array[int] | array[float]", *, is_signed: bool) -> "memoryview[int]":
    """Return the 64 bits of each cell, without a copy; those of a fraction are no signed number."""
    return memoryview(cells).cast("B").cast("q" if is_signed else "Q")


def _encoded(texts: "TextCells") -> list[bytes]:
    try:
        return list(map(str.encode, cast("list[str]", texts)))  # fastest
    except TypeError:
        return [_NULL_TEXT if text is None else text.encode() for text in texts]


def _sorted_if_short(report: Report) -> Iterable[Row]:
    rows = iter(report.rows)
    ahead = list(islice(rows, _MOST_SORTED + 1))
    if len(ahead) > _MOST_SORTED:
        return chain(ahead, rows)
    bucket = bucket_of(report.columns)
    names = [column.name for column in report.columns if column.role is Role.DIMENSION]
    names.sort(key=lambda name: name != bucket)
    return sorted(ahead, key=lambda row: [str(row.get(name)) for name in names])


def fetch_by_bucket(fetch: FetchReport, request: ReportRequest) -> Report:
    """Return the report of Mux Data with all rows, and with types; rows are asked for as read.

    What a day or hour lacks is added to the problems when its rows are read.
    """
    parts, bucket = requests_by_bucket(request), bucket_in(request.dimensions)
    if not parts or bucket is None:
        report = fetch(request)
        return _typed(report._replace(rows=filter(_has_figures(report.columns), report.rows)))
    first = fetch(next(iter(parts.values())))
    problems: list[Problem] = []

    def rows() -> Iterator[Row]:
        for at, (label, part) in enumerate(parts.items()):
            report = fetch(part) if at else first
            problems.extend(
                Problem(each.message, f"{each.path} {label}") for each in report.problems
            )
            yield from ({**row, bucket.value: label} for row in report.rows)

    columns = [column for column in first.columns if column.role is not Role.DIMENSION]
    dimensions = [Column(name, Role.DIMENSION) for name in request.dimensions]
    return _typed(Report((*dimensions, *columns), rows(), problems=problems))


def requests_by_bucket(request: ReportRequest) -> dict[str, ReportRequest]:
    """Return a request for each day or hour, by how rows write it; none where one has them all."""
    bucket = bucket_in(request.dimensions)
    others = tuple(name for name in request.dimensions if name != bucket)
    if not others or bucket is None:
        return {}
    whole = request._replace(dimensions=others)
    return {
        bucket_label(start, bucket): whole._replace(period=_bucket_at(start))
        for start in bucket_starts(request.period, bucket)
    }


def _bucket_at(start: date) -> TimeRange:
    """Return the range of the day, or of the hour, that begins at `start`."""
    if isinstance(start, datetime):
        return Span(start, start + LENGTHS[Bucket.HOUR])
    return Period(start, start)


def _has_figures(columns: Sequence[Column]) -> Callable[[Row], bool]:
    """Return whether a row has one: of time that the service knows nothing of, none has."""
    metrics = metric_names(columns)
    return lambda row: any(row.get(name) is not None for name in metrics)


def _typed(report: Report) -> Report:
    columns = tuple(column._replace(type=_type(column)) for column in report.columns)
    return report._replace(columns=columns, rows=_whole(columns, report.rows))


def _type(column: Column) -> CellType:
    if column.role is Role.METRIC:
        is_count = column.kind is not None and column.kind.unit is Unit.COUNT
        return CellType.INTEGER if is_count else CellType.NUMBER
    return _BUCKET_TYPES.get(column.name, CellType.TEXT)


def _whole(columns: Sequence[Column], rows: Iterable[Row]) -> Iterator[Row]:
    """Yield the rows with counts as integers: Mux Data sends some of them as 12.0."""
    counts = [column.name for column in columns if column.type is CellType.INTEGER]
    for row in rows:
        yield {**row, **{name: _count(row.get(name)) for name in counts}}


def _count(cell: Cell) -> Cell:
    return int(cell) if isinstance(cell, float) and cell.is_integer() else cell
