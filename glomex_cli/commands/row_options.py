"""What is done with the rows of a report before they are printed, and where they go."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from glomex_cli.printing import Output
from glomex_cli.render.formats import Format
from glomex_cli.rework import Work


@dataclass(frozen=True, slots=True)
class WorkOptions(Work):
    """Work on the rows."""

    sort: Annotated[
        str | None,
        typer.Option(
            metavar="FIELD",
            help="Sort by a column, downwards with a dash before it: --sort -video_views.",
            show_default="by time, else by the first metric",
        ),
    ] = None
    limit: Annotated[
        int | None,
        typer.Option(metavar="N", min=1, help="Print the first N rows.", show_default="all"),
    ] = None
    total: Annotated[
        bool, typer.Option("--total", help="Add a line of sums to tables and Markdown.")
    ] = False
    compare: Annotated[
        str | None,
        typer.Option(
            metavar="RANGE",
            help="Set beside: previous, year, or FROM..TO.",
            show_default="nothing",
        ),
    ] = None
    trend: Annotated[
        bool, typer.Option("--trend", help="Draw each row's days as a sparkline in tables.")
    ] = False


@dataclass(frozen=True, slots=True)
class OutputOptions(Output):
    """Where the rows go, in which format, and what counts as a failure."""

    format: Annotated[
        Format,
        typer.Option(
            "--format", "-f", help="What to print; auto is a table on a terminal, else JSON."
        ),
    ] = Format.AUTO
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="Write to a file, which is replaced only once all rows are there.",
            show_default="stdout",
        ),
    ] = None
    raw_csv: Annotated[
        bool,
        typer.Option("--raw-csv", help="Leave text as it is, though a spreadsheet may run it."),
    ] = False
    strict: Annotated[
        bool, typer.Option("--strict", help="Print nothing when anything is missing.")
    ] = False
    fail_empty: Annotated[
        bool, typer.Option("--fail-empty", help="End with exit code 3 when there are no rows.")
    ] = False
