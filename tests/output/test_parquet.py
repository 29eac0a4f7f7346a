"""Parquet files: the types, the values and the bytes, as DuckDB reads them, of both writers."""

import errno
import io
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO, cast

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from glomex_cli.errors import NetworkError, ServiceError
from glomex_cli.metrics import CellType, ExactFloat
from glomex_cli.models import Cell, Column, Report, Role, Row
from glomex_cli.output import parquet
from glomex_cli.output.parquet import write_parquet_report
from glomex_cli.output.typed_cells import ROWS_PER_BLOCK, typed_blocks

COLUMNS = (
    Column("video", Role.DIMENSION),
    Column("day", Role.DIMENSION, type=CellType.DATE),
    Column("hour", Role.DIMENSION, type=CellType.TIMESTAMP),
    Column("views", Role.METRIC, type=CellType.INTEGER),
    Column("revenue", Role.METRIC, type=CellType.NUMBER),
)
ROWS: list[Row] = [
    {
        "video": "Ärger im Zoo 🦓",
        "day": "2025-06-01",
        "hour": "2025-06-01T10:00:00Z",
        "views": 2**40,
        "revenue": 0.1,
    },
    {
        "video": "",
        "day": "1969-12-31",
        "hour": "2025-06-01T10:00:00+02:00",
        "views": -(2**63),
        "revenue": 7,
    },
    {"video": None, "day": None, "hour": None, "views": None, "revenue": None},
    {"video": 7, "day": "2025-06-01T22:00:00Z", "views": 3.0, "revenue": ExactFloat("0.50")},
]
WRITERS = (parquet.Arro3Writer, parquet.PyArrowWriter)


def written(rows: list[Row], columns: tuple[Column, ...] = COLUMNS) -> bytes:
    stream = io.BytesIO()
    assert write_parquet_report(Report(columns, rows), stream) == len(rows)
    return stream.getvalue()


def read(file: Path, query: str = "select * exclude (hour), epoch(hour) as hour") -> list[object]:
    with duckdb.connect() as connection:
        return list(connection.execute(f"{query} from read_parquet('{file}')").fetchall())


@pytest.mark.parametrize("writer", WRITERS)
def test_a_column_has_the_type_of_its_values(tmp_path: Path, writer: type[parquet.Writer]) -> None:
    file = tmp_path / "rows.parquet"
    with file.open("wb") as stream:
        writer().write(COLUMNS, typed_blocks(COLUMNS, ROWS), stream)
    assert [row[:2] for row in read(file, "describe select *")] == [  # type: ignore[index]
        ("video", "VARCHAR"),
        ("day", "DATE"),
        ("hour", "TIMESTAMP WITH TIME ZONE"),
        ("views", "BIGINT"),
        ("revenue", "DOUBLE"),
    ]
    query = "select video, day::text, epoch(hour), views, revenue"
    assert read(file, query) == [
        ("Ärger im Zoo 🦓", "2025-06-01", 1748772000.0, 2**40, 0.1),
        ("", "1969-12-31", 1748764800.0, -(2**63), 7.0),
        (None, None, None, None, None),
        ("7", "2025-06-01", None, 3, 0.5),
    ]


def test_the_same_rows_give_the_same_bytes() -> None:
    assert written(ROWS) == written(ROWS) != written(ROWS[::-1])


def test_rows_of_several_blocks_and_none_at_all_are_whole_files(tmp_path: Path) -> None:
    file = tmp_path / "rows.parquet"
    views = COLUMNS[3:4]
    rows: list[Row] = [{"views": number} for number in range(2 * ROWS_PER_BLOCK + 1)]
    file.write_bytes(written(rows, views))
    assert read(file, "select count(*), sum(views), count(distinct views)") == [
        (len(rows), sum(range(len(rows))), len(rows))
    ]
    file.write_bytes(written([], views))
    assert read(file, "select count(*)") == [(0,)]


@pytest.mark.parametrize(
    ("name", "cell", "word"),
    [
        ("views", 1.5, "whole number"),
        ("views", "many", "whole number"),
        ("views", 2**63, "whole number"),
        ("revenue", "much", "number"),
        ("revenue", 10**400, "number"),
        ("revenue", ExactFloat("1e400"), "number"),
        ("day", "yesterday", "date"),
        ("day", 20250601, "date"),
        ("hour", "at noon", "moment"),
    ],
)
def test_what_a_column_cannot_hold_is_an_error_without_the_value(
    name: str, cell: Cell, word: str
) -> None:
    with pytest.raises(ServiceError, match=rf"value of {name} that is not a {word}") as caught:
        written([*ROWS, {**ROWS[0], name: cell}])
    assert str(cell) not in caught.value.message + caught.value.hint


class FullDisk(io.RawIOBase):
    """A file that takes 100 bytes."""

    def write(self, data: Any, /) -> int:
        if memoryview(data).nbytes > 100:
            raise OSError(errno.ENOSPC, "full")
        return memoryview(data).nbytes

    def writable(self) -> bool:
        return True


@pytest.mark.parametrize("writer", [parquet.Arro3Writer, parquet.PyArrowWriter])
def test_a_full_disk_is_an_error_of_the_system_and_prints_nothing(
    writer: type[parquet.Writer], capfd: pytest.CaptureFixture[str]
) -> None:
    blocks = typed_blocks(COLUMNS, ROWS * ROWS_PER_BLOCK)
    with pytest.raises(OSError, match="full"):
        parquet.write_parquet_blocks(writer(), COLUMNS, blocks, cast("BinaryIO", FullDisk()))
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("writer", WRITERS)
def test_what_the_rows_raise_is_passed_on(writer: type[parquet.Writer]) -> None:
    def rows() -> Iterator[Row]:
        yield from ROWS
        raise NetworkError("the line broke")

    with pytest.raises(NetworkError, match="the line broke"):
        parquet.write_parquet_blocks(writer(), COLUMNS, typed_blocks(COLUMNS, rows()), io.BytesIO())


@given(st.lists(st.text() | st.none(), max_size=20))
def test_any_text_is_kept_but_for_what_utf_8_cannot_hold(texts: list[str | None]) -> None:
    column = COLUMNS[:1]
    data = written([{"video": text} for text in [*texts, "\ud800x"]], column)
    with duckdb.connect() as connection:
        connection.register("t", parquet_table(data))
        found = [row[0] for row in connection.execute("select video from t").fetchall()]
    assert found == [*texts, "\N{REPLACEMENT CHARACTER}x"]


def parquet_table(data: bytes) -> Any:
    pq: Any = import_module("pyarrow.parquet")
    return pq.ParquetFile(io.BytesIO(data)).read()
