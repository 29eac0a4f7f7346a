"""Reports as text: table, JSON, NDJSON, CSV, TSV, Markdown. Pure, streaming; knows no console."""

from glomex_cli.render.formats import Format, Options, resolve
from glomex_cli.render.writing import Written, write_report

__all__ = ["Format", "Options", "Written", "resolve", "write_report"]
