"""What is done with the rows of a report before they are printed, and where they go.

`glomex report`.
"""

from typing import Annotated

import typer

from glomex_cli.auth.renewal import with_session
from glomex_cli.cli.context import Connection
from glomex_cli.cli.help import declare
from glomex_cli.cli.options import Bundle, RangeOptions, connected, flag
from glomex_cli.cli.printing import Output, is_for_people, print_report
from glomex_cli.errors import UsageError
from glomex_cli.models import ReportRequest
from glomex_cli.reports.pipeline import Work, reworked_report
from glomex_cli.reports.request import parse_dimensions, parse_filters, parse_metrics

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


EXAMPLES = (
    "glomex report --dimension day",
    "glomex report -d video -m video_views --last 4w",
    "glomex report -d channel,week --from 2025-06-01 --to 2025-06-30 -f csv",
    "glomex report -d video --compare previous --sort -video_views --limit 10",
    "glomex report -d channel --trend --total -f table",
    "glomex report --period ytd -f csv --output days.csv",
    "glomex report -f json | jq '.[].video_views'",
)


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    declare(app, report, EXAMPLES)


@connected
def report(
    connection: Connection,
    days: RangeOptions,
    work: WorkOptions,
    output: OutputOptions,
    *,
    dimension: Annotated[
        list[str] | None,
        typer.Option(
            "--dimension",
            "-d",
            metavar="DIM",
            help="Divide by video, channel, day, week or month; one of each kind.",
            show_default="day",
        ),
    ] = None,
    metric: Annotated[
        list[str] | None,
        typer.Option(
            "--metric",
            "-m",
            metavar="METRIC",
            help="What to count; repeat it or join names with commas.",
            show_default="video_views,ad_impressions",
        ),
    ] = None,
    filter: Annotated[  # noqa: A002 - the option's name
        list[str] | None,
        typer.Option(
            "--filter",
            metavar="NAME=VALUE",
            help="Count only what fits; repeat it for more.",
            show_default="none",
        ),
    ] = None,
    print_query: Annotated[
        bool, flag("--print-query", help="Print what would be sent, for glomex query.")
    ] = False,
) -> None:
    """Print a report: rows by dimension over a range of days.

    Rows are sorted by time, or by the first metric where there is no time. Numbers are grouped
    in tables and raw in every other format. A day the service has no figures for is left out.
    """
    request = ReportRequest(
        kind=connection.kind(days.kind),
        dimensions=parse_dimensions(dimension or ["day"]),
        metrics=parse_metrics(metric) if metric else connection.service.default_metrics,
        period=days.period(connection),
        filters=parse_filters(filter or []),
    )
    if print_query:
        text = with_session(connection, lambda service, token: service.document(request, token))
        connection.runtime.stdout.write(f"{text}\n")
        return
    for_people = is_for_people(connection, output)
    if work.trend and not for_people:
        raise UsageError("--trend is for tables", "glomex report -d video --trend -f table")
    made = reworked_report(connection, request, work, may_stream=not for_people)
    print_report(connection, made, output, limit=work.limit)
