"""How fast and how small a Parquet file of 1,000,000 rows is made, beside pyarrow and DuckDB.

Each writer is a process of its own that makes the same rows and writes them; what making them
takes is measured too, and taken off. `cd tests; python -m benchmarks.benchmark_export [ROWS]`.
Times are of the processor.
"""

import os
import random
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import Any

from glomex_cli.metrics import CellType
from glomex_cli.models import Column, Report, Role, Row

ROWS, ROUNDS = 1_000_000, 4
_BATCH = 65_536
COLUMNS = (
    Column("video", Role.DIMENSION),
    Column("day", Role.DIMENSION, type=CellType.DATE),
    Column("video_views", Role.METRIC, type=CellType.INTEGER),
    Column("revenue", Role.METRIC, type=CellType.NUMBER),
)


def rows(count: int) -> Iterator[Row]:
    """Yield rows by video and day, the same each time, as the reader of an answer makes them."""
    numbers = random.Random(count)
    for row in range(count):
        yield {
            "video": f"v-{numbers.getrandbits(24):06x}",
            "day": f"2025-06-{row * 30 // count + 1:02}",
            "video_views": numbers.getrandbits(20),
            "revenue": numbers.getrandbits(20) / 100,
        }


def write_nothing(count: int, _: Path) -> None:
    """Make the rows alone."""
    for _row in rows(count):
        pass


def write_glomex(count: int, file: Path) -> None:
    """Write as `report -o FILE.parquet` does."""
    from glomex_cli.output.parquet import write_parquet_report

    with file.open("wb") as stream:
        write_parquet_report(Report(COLUMNS, rows(count)), stream)


def write_month(count: int, file: Path) -> None:
    """Make a month as `export` does: with the digest of its rows, and the file in memory."""
    from glomex_cli.reports.export.month import month_file

    file.write_bytes(month_file(Report(COLUMNS, rows(count))).data)


def batches(count: int) -> Iterator[Any]:
    """Yield batches of pyarrow, as its documents say to make them of rows."""
    pa: Any = import_module("pyarrow")
    names = [("video", pa.utf8()), ("day", pa.utf8()), ("video_views", pa.int64())]
    schema = pa.schema([*names, ("revenue", pa.float64())])
    days = pa.schema([("video", pa.utf8()), ("day", pa.date32()), *names[2:], schema.field(3)])
    source = rows(count)
    while block := list(islice(source, _BATCH)):
        yield pa.RecordBatch.from_pylist(block, schema=schema).cast(days)


def write_pyarrow(count: int, file: Path) -> None:
    """Write with pyarrow's own writer."""
    pq: Any = import_module("pyarrow.parquet")
    source = batches(count)
    first = next(source)
    with pq.ParquetWriter(file, first.schema, compression="zstd") as writer:
        writer.write_batch(first)
        for batch in source:
            writer.write_batch(batch)


def write_duckdb(count: int, file: Path) -> None:
    """Write with DuckDB's COPY, which takes its rows from pyarrow."""
    import duckdb

    pa: Any = import_module("pyarrow")
    source = batches(count)
    first = next(source)
    reader = pa.RecordBatchReader.from_batches(first.schema, _chained(first, source))
    with duckdb.connect() as connection:
        connection.execute("set threads = 1")
        connection.register("reader", reader)
        connection.execute(f"copy (from reader) to '{file}' (format parquet, compression zstd)")


def _chained(first: Any, rest: Iterator[Any]) -> Iterator[Any]:
    yield first
    yield from rest


WRITERS: dict[str, Callable[[int, Path], None]] = {
    "rows alone": write_nothing,
    "report -o FILE.parquet": write_glomex,
    "a month of export": write_month,
    "pyarrow": write_pyarrow,
    "DuckDB COPY": write_duckdb,
}


def measured(name: str, count: int, file: Path) -> tuple[float, float]:
    """Run one writer as a process; return its processor time in seconds and its peak in MiB."""
    before = os.times()
    command = [sys.executable, "-m", "benchmarks.benchmark_export", str(count), name, str(file)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    after = os.times()
    used = after.children_user + after.children_system
    return used - before.children_user - before.children_system, float(done.stdout)


def main() -> None:
    """Print the table, or be one of its writers."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    if len(sys.argv) > 2:
        WRITERS[sys.argv[2]](count, Path(sys.argv[3]))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        sys.stdout.write(f"{peak}\n")
        return
    runs: dict[str, list[tuple[float, float]]] = {name: [] for name in WRITERS}
    sizes: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(ROUNDS):  # each in turn: what else the machine does meets them alike
            for name in WRITERS:
                file = Path(folder) / f"{name.split()[-1]}.parquet"
                runs[name].append(measured(name, count, file))
                sizes[name] = file.stat().st_size / 1e6 if file.exists() else 0
    base = min(taken for taken, _ in runs["rows alone"])
    sys.stdout.write("| writer | CPU s | rows/s | peak MiB | file MB |\n")
    sys.stdout.write("| --- | ---: | ---: | ---: | ---: |\n")
    for name, rounds in runs.items():
        taken, peak = min(each[0] for each in rounds), max(each[1] for each in rounds)
        rate = f"{count / (taken - base):,.0f}" if taken > base else "-"
        sys.stdout.write(f"| {name} | {taken:.2f} | {rate} | {peak:.0f} | {sizes[name]:.1f} |\n")


if __name__ == "__main__":
    main()
