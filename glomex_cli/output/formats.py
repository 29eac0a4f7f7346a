"""The formats of a report (`--format`), and the other options of its output."""

from enum import StrEnum
from typing import NamedTuple

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
    PARQUET = "parquet"


class Options(NamedTuple):
    """How a report is written.

    `limit` is the most rows of a table on a terminal; other formats, and a table in a pipe, are
    never cut. `raw` leaves the text of CSV and TSV without the guard against spreadsheets that
    run a cell as a formula, and CSV without escapes for control characters.
    """

    format: Format = Format.AUTO
    limit: int | None = None
    raw: bool = False


def resolve_format(asked: Format, screen: Screen) -> Format:
    """Return the format asked for; for `auto` a table on a terminal, JSON elsewhere."""
    if asked is not Format.AUTO:
        return asked
    return Format.TABLE if screen.is_terminal else Format.JSON
