"""The formats of a report, by `--format` or a file's suffix, and how it is written in one.

Rows are formatted in blocks: large enough to be fast, small enough to be early and light.
"""

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from enum import StrEnum
from itertools import islice
from operator import itemgetter
from pathlib import Path
from types import MappingProxyType
from typing import Final, NamedTuple, TextIO, TypeAlias, cast

from glomex_cli.errors import UsageError
from glomex_cli.models import Cell, Report, Row
from glomex_cli.suggestions import quoted
from glomex_cli.terminal.screen import Screen, screen_of

# The first rows are to be seen early. 1,000 rows of four columns are about 100 kB.
_FIRST_ROWS = 100
_MORE_ROWS = 1_000

Texts: TypeAlias = Callable[[Sequence[str]], Sequence[str]]


class Format(StrEnum):
    """The values of `--format`."""

    AUTO = "auto"
    TABLE = "table"
    JSON = "json"
    NDJSON = "ndjson"
    CSV = "csv"
    TSV = "tsv"
    MARKDOWN = "markdown"
    PARQUET = "parquet"  # of files alone
    # Other names of the same.
    JSONL = "jsonl"
    MD = "md"


_SAME: Final = MappingProxyType({Format.JSONL: Format.NDJSON, Format.MD: Format.MARKDOWN})


_SUFFIXES: Final = tuple(
    f".{name}"
    for name in (
        Format.CSV,
        Format.TSV,
        Format.JSON,
        Format.NDJSON,
        Format.JSONL,
        Format.MD,
        Format.PARQUET,
    )
)


class Options(NamedTuple):
    """How a report is written.

    `limit` is the most rows of a table on a terminal; other formats, and a table in a pipe, are
    never cut. `raw` leaves the text of CSV and TSV without the guard against spreadsheets that
    run a cell as a formula, and CSV without escapes for control characters. `bom` puts a
    byte-order mark before CSV and TSV, by which Excel knows UTF-8.
    """

    format: Format = Format.AUTO
    limit: int | None = None
    raw: bool = False
    bom: bool = False


def resolve_format(asked: Format, screen: Screen) -> Format:
    """Return the format asked for; for `auto` a table on a terminal, JSON elsewhere."""
    if asked is not Format.AUTO:
        return _SAME.get(asked, asked)
    return Format.TABLE if screen.is_terminal else Format.JSON


def format_of_file(path: Path) -> Format:
    """Return the format that a file's name ends in, `auto` where it has no suffix.

    Raises UsageError for a suffix of no format. A name that is a suffix alone has none.

    >>> format_of_file(Path("june.csv")), format_of_file(Path("june"))
    (<Format.CSV: 'csv'>, <Format.AUTO: 'auto'>)
    """
    suffix = path.suffix.lower()
    if suffix in _SUFFIXES:
        return Format(suffix[1:])
    if not suffix:
        return Format.AUTO
    raise UsageError(
        f"{quoted(suffix)} is not the suffix of a known format",
        f"add -f csv or another format, or end the name in {', '.join(_SUFFIXES)}",
    )


class Block(NamedTuple):
    """A piece of the output, how many rows it holds, and whether rows were left out after it."""

    text: str
    rows: int = 0
    is_cut: bool = False


class Notation(NamedTuple):
    """How a format writes cells: a `%` template for the row, a function for texts, and null."""

    template: str
    texts: Texts
    null: str


def row_blocks(report: Report, notation: Notation, *, between: str) -> Iterator[Block]:
    """Yield the rows formatted in `notation`, with `between` them within a block.

    When the source of rows fails, what came before is given first.
    """
    names = [column.name for column in report.columns]
    for rows in gathered(report.rows):
        cells = zip(*(_written(cells_of(rows, name), notation) for name in names), strict=True)
        yield Block(between.join(map(notation.template.__mod__, cells)), len(rows))


def gathered(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Yield the rows in blocks, those before a failure included."""
    rows, size = iter(rows), _FIRST_ROWS
    while True:
        block: list[Row] = []
        try:
            block.extend(islice(rows, size))  # keeps what it got before a failure
        except Exception:
            if block:
                yield block
            raise
        if not block:
            return
        yield block
        size = _MORE_ROWS


def cells_of(rows: Sequence[Row], name: str) -> list[Cell]:
    """Return a column of the rows; None where a row lacks the name."""
    try:
        return list(map(itemgetter(name), rows))  # twice as fast as asking each row
    except KeyError:
        return [row.get(name) for row in rows]


def _written(column: Sequence[Cell], notation: Notation) -> Sequence[object]:
    """Return the values for the row's template; a column of one type is fastest."""
    kinds = set(map(type, column))
    if kinds == {int}:
        return column
    if kinds == {str}:
        return notation.texts(cast("Sequence[str]", column))
    texts = iter(notation.texts([cell for cell in column if isinstance(cell, str)]))
    return [next(texts) if isinstance(cell, str) else _plain(cell, notation) for cell in column]


def _plain(cell: float | None, notation: Notation) -> object:
    """Return a number as it is. No format has a word for NaN and infinity: they are null."""
    if isinstance(cell, bool):
        return str(cell).lower()
    if cell is None or not -math.inf < cell < math.inf:
        return notation.null
    return cell  # its `str` has the digits that were sent


class Written(NamedTuple):
    """The number of rows written, and whether the report had more than the table's limit."""

    rows: int
    is_cut: bool


def write_report(report: Report, stream: TextIO, format: str = "json") -> int:  # noqa: A002
    """Write a report to a text stream and return the number of rows.

    `format` is one of `--format`, such as table, json, ndjson, csv, tsv or markdown. Raises
    ValueError for another, and what the source of rows or the stream raises, after the rows
    before it.

    >>> import sys
    >>> from glomex_cli.models import Column, Role
    >>> columns = (Column("day", Role.DIMENSION), Column("video_views", Role.METRIC))
    >>> report = Report(columns, [{"day": "2025-06-01", "video_views": 5}])
    >>> write_report(report, sys.stdout, "ndjson")
    {"day": "2025-06-01", "video_views": 5}
    1
    """
    return write_blocks(report, stream, screen_of(stream, {}), Options(Format(format))).rows


def write_blocks(
    report: Report,
    out: TextIO,
    screen: Screen,
    options: Options,
    *,
    pausing: Callable[[], AbstractContextManager[object]] = nullcontext,
) -> Written:
    """Write the report to `out` block by block, each flushed, and return what was written.

    `screen` is what `out` can show; `pausing` opens a block for each time that `out` takes, as
    a reader may pause for longer than a service is waited for. Rows are read once and never
    held together, but for a table. What the source of rows or the stream raises is passed on,
    after the rows before it. A stream for CSV has to leave line ends alone, as standard output
    does where the system's own is LF.
    """
    rows, is_cut = 0, False
    if options.bom and _is_unicode(out):
        out.write("\ufeff")
    for block in _blocks(report, out, screen, options):
        with pausing():
            out.write(block.text)
            out.flush()
        rows += block.rows
        is_cut = is_cut or block.is_cut
    return Written(rows, is_cut)


def _is_unicode(out: TextIO) -> bool:
    return (out.encoding or "utf-8").lower().startswith("utf")


def _blocks(report: Report, out: TextIO, screen: Screen, options: Options) -> Iterator[Block]:
    """Return the blocks of the format, whose modules are imported only now."""
    chosen = resolve_format(options.format, screen)
    match chosen:
        case Format.JSON | Format.NDJSON:
            from glomex_cli.output.json import json_blocks, ndjson_blocks

            start = json_blocks if chosen is Format.JSON else ndjson_blocks
            return start(report, ascii_only=not _is_unicode(out))
        case Format.CSV | Format.TSV:
            from glomex_cli.output.csv import csv_blocks, tsv_blocks

            start_delimited = csv_blocks if chosen is Format.CSV else tsv_blocks
            return start_delimited(report, raw=options.raw)
        case Format.MARKDOWN:
            from glomex_cli.output.markdown import markdown_blocks

            return markdown_blocks(report)
        case _:
            from glomex_cli.output.table import table_blocks
            from glomex_cli.output.table_layout import TableCanvas

            canvas = TableCanvas(screen, out.encoding or "utf-8")
            return table_blocks(report, canvas, limit=options.limit)
