"""What is done with the rows of a report before they are printed, and where they go."""

from typing import Annotated

import typer

from glomex_cli.cli.options import Bundle, flag
from glomex_cli.cli.printing import Output
from glomex_cli.reports.pipeline import Work

WorkOptions = Annotated[
    Work,
    Bundle(
        "Rows",
        {
            "sort": typer.Option(
                "--sort",
                metavar="FIELD",
                help="Sort by a column, downwards with a dash before it: --sort -video_views.",
                show_default="by time, else by the first metric",
            ),
            "limit": typer.Option(
                "--limit", metavar="N", min=1, help="Print the first N rows.", show_default="all"
            ),
            "total": flag("--total", help="Add a line of sums to tables and Markdown."),
            "compare": typer.Option(
                "--compare",
                metavar="RANGE",
                help="Set beside: previous, year, or FROM..TO.",
                show_default="nothing",
            ),
            "trend": flag("--trend", help="Draw each row's days as a sparkline in tables."),
        },
    ),
]

OutputOptions = Annotated[
    Output,
    Bundle(
        "Output",
        {
            "format": typer.Option(
                "--format", "-f", help="What to print; auto is a table on a terminal, else JSON."
            ),
            "output": typer.Option(
                "--output",
                "-o",
                metavar="FILE",
                help="Write to a file, which is replaced only once all rows are there.",
                show_default="stdout",
            ),
            "raw_csv": flag(
                "--raw-csv", help="Leave text as it is, though a spreadsheet may run it."
            ),
            "strict": flag("--strict", help="Print nothing when anything is missing."),
            "fail_empty": flag("--fail-empty", help="End with exit code 3 when there are no rows."),
        },
    ),
]
