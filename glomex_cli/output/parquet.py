"""Parquet: a column has the type of its values, and the same rows always give the same bytes.

The only module that uses arro3, or pyarrow on systems for which arro3-io has no wheel. Either
is imported when a file is written; `pip install 'glomex-cli[export]'` brings it. A failure of
the rows or of the file is raised as it is, not as the library's.
"""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from io import RawIOBase
from itertools import islice
from typing import Any, BinaryIO, Protocol, cast

from glomex_cli.errors import ConfigurationError
from glomex_cli.metrics import CellType
from glomex_cli.models import Column, Report
from glomex_cli.output.typed_cells import (
    ROWS_PER_BLOCK,
    Numbers,
    TextCells,
    TypedBlock,
    typed_blocks,
)

# Level 1 takes a third of the time of the default, 3, for files a tenth larger.
_ZSTD_LEVEL = 1
# A writer holds a group of rows before it writes it.
_ROWS_PER_GROUP = 131_072
# A dictionary that grows larger is given up: its column has few values that come again.
_DICTIONARY_BYTES = 1 << 18
# Measured values seldom repeat: a dictionary of them takes longer and makes files larger.
_MEASURED = frozenset({CellType.INTEGER, CellType.NUMBER})


class Sink(RawIOBase):
    """A stream whose failure is kept for later: a library in Rust would print it, and abort."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.error: OSError | None = None

    def writable(self) -> bool:
        """Return True."""
        return True

    def write(self, data: Any, /) -> int:
        """Write all of `data`; after a failure nothing."""
        size = memoryview(data).nbytes
        if self.error is None:
            try:
                self._stream.write(data)
            except OSError as error:
                self.error = error
        return size


class BlockSource:
    """Blocks whose failure is remembered: a library written in Rust keeps only its text."""

    def __init__(self, blocks: Iterable[TypedBlock], sink: Sink) -> None:
        self._blocks = blocks
        self._sink = sink
        self._error: BaseException | None = None

    def __iter__(self) -> Iterator[TypedBlock]:
        try:
            for block in self._blocks:
                if self._sink.error is not None:
                    return
                yield block
        except BaseException as error:
            self._error = error
            raise

    def reraise(self) -> None:
        """Raise what reading the blocks raised, if it did."""
        if self._error is not None:
            raise self._error from None


class Writer(Protocol):
    """Makes a Parquet file of blocks of columns; implemented once for each library."""

    def write(
        self, columns: Sequence[Column], blocks: Iterable[TypedBlock], stream: BinaryIO
    ) -> None:
        """Write the blocks as they come."""
        ...


def write_parquet_report(report: Report, stream: BinaryIO) -> int:
    """Write a report to `stream` as its rows arrive, and return how many rows those were.

    Raises ServiceError for a cell that its column's type cannot hold, and ConfigurationError
    where no library is installed that writes Parquet. What the rows raise is passed on.
    """
    count = 0

    def counted() -> Iterator[TypedBlock]:
        nonlocal count
        for block in typed_blocks(report.columns, report.rows):
            count += len(block[0])
            yield block

    write_parquet(report.columns, counted(), stream)
    return count


def write_parquet(
    columns: Sequence[Column], blocks: Iterable[TypedBlock], stream: BinaryIO
) -> None:
    """Write blocks of columns to `stream`, with the library that is installed.

    Raises ConfigurationError where none is; see `write_parquet_blocks`.
    """
    write_parquet_blocks(_writer(), columns, blocks, stream)


def write_parquet_blocks(
    writer: Writer, columns: Sequence[Column], blocks: Iterable[TypedBlock], stream: BinaryIO
) -> None:
    """Write blocks, read one at a time; what reading them raises is passed on as it is."""
    sink = Sink(stream)
    source = BlockSource(blocks, sink)
    try:
        writer.write(columns, source, cast("BinaryIO", sink))
    except Exception:
        source.reraise()
        raise
    if sink.error is not None:
        raise sink.error


def require_parquet() -> None:
    """Raise ConfigurationError where no library is installed that writes Parquet."""
    _writer()


def _writer() -> Writer:
    for make in (Arro3Writer, PyArrowWriter):
        try:
            return make()
        except ImportError:
            continue
    raise ConfigurationError(
        "Parquet needs packages that are not installed", "pip install 'glomex-cli[export]'"
    )


class Arro3Writer:
    """Writes with arro3, which is a tenth of the size of pyarrow."""

    def __init__(self) -> None:
        import arro3.core
        import arro3.io

        self._core, self._io = arro3.core, arro3.io

    def write(
        self, columns: Sequence[Column], blocks: Iterable[TypedBlock], stream: BinaryIO
    ) -> None:
        """Write the blocks as they come."""
        types = [self._type(column) for column in columns]
        fields = [
            self._core.Field(column.name, each, nullable=True)
            for column, each in zip(columns, types, strict=True)
        ]
        schema = self._core.Schema(fields)
        batches = (
            self._core.RecordBatch.from_arrays(list(map(self._array, block, types)), schema=schema)
            for block in blocks
        )
        self._io.write_parquet(
            self._core.RecordBatchReader.from_batches(schema, batches),
            stream,
            compression=f"zstd({_ZSTD_LEVEL})",
            max_row_group_size=_ROWS_PER_GROUP,
            dictionary_page_size_limit=_DICTIONARY_BYTES,
            column_dictionary_enabled={
                column.name: column.type not in _MEASURED for column in columns
            },
        )

    def _type(self, column: Column) -> Any:
        data_type = self._core.DataType
        match column.type:
            case CellType.DATE:
                return data_type.date32()
            case CellType.TIMESTAMP:
                return data_type.timestamp("us", tz="UTC")
            case CellType.INTEGER:
                return data_type.int64()
            case CellType.NUMBER:
                return data_type.float64()
            case CellType.TEXT:
                return data_type.utf8()

    def _array(self, values: "TextCells | Numbers", wanted: Any) -> Any:
        """Return an array; dates and timestamps are made of the numbers that count them."""
        if isinstance(values, array):
            return self._core.Array.from_buffer(values).cast(wanted)  # numbers are not copied
        data_type = self._core.DataType
        if data_type.is_date32(wanted) or data_type.is_timestamp(wanted):
            return self._core.Array(values, data_type.int64()).cast(wanted)
        return self._core.Array(values, wanted)


class PyArrowWriter:
    """Writes the same with pyarrow."""

    def __init__(self) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        self._pa, self._pq = pa, pq

    def write(
        self, columns: Sequence[Column], blocks: Iterable[TypedBlock], stream: BinaryIO
    ) -> None:
        """Write the blocks as they come."""
        pa = self._pa
        types = {
            CellType.TEXT: pa.utf8(),
            CellType.DATE: pa.date32(),
            CellType.TIMESTAMP: pa.timestamp("us", tz="UTC"),
            CellType.INTEGER: pa.int64(),
            CellType.NUMBER: pa.float64(),
        }
        schema = pa.schema([pa.field(column.name, types[column.type]) for column in columns])
        with self._pq.ParquetWriter(
            stream,
            schema,
            compression="zstd",
            compression_level=_ZSTD_LEVEL,
            dictionary_pagesize_limit=_DICTIONARY_BYTES,
            use_dictionary=[each.name for each in columns if each.type not in _MEASURED],
        ) as writer:
            for batches in _groups(self._batch(block, schema) for block in blocks):
                writer.write_table(pa.Table.from_batches(batches, schema))

    def _batch(self, block: TypedBlock, schema: Any) -> Any:
        arrays = [
            self._pa.array(values, field.type) for values, field in zip(block, schema, strict=True)
        ]
        return self._pa.RecordBatch.from_arrays(arrays, schema=schema)


def _groups(batches: Iterable[Any]) -> Iterator[list[Any]]:
    """Yield batches together that make a group of rows."""
    batches = iter(batches)
    while group := list(islice(batches, _ROWS_PER_GROUP // ROWS_PER_BLOCK)):
        yield group
