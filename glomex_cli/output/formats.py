"""The formats of a report, by `--format` or a file's suffix, and other options of its output."""

from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Final, NamedTuple

from glomex_cli.errors import UsageError
from glomex_cli.suggestions import quoted
from glomex_cli.terminal.screen import Screen


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
        f"{quoted(suffix)} is the suffix of no format",
        f"add -f csv or another format, or end the name in {', '.join(_SUFFIXES)}",
    )
