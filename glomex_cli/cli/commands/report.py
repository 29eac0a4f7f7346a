"""`glomex report`."""

from typing import Annotated

import typer

from glomex_cli.auth.renewal import with_session
from glomex_cli.cli.commands.row_options import OutputOptions, WorkOptions
from glomex_cli.cli.context import Connection
from glomex_cli.cli.help import declare
from glomex_cli.cli.options import connected, flag
from glomex_cli.cli.printing import is_for_people, print_report
from glomex_cli.cli.selection import RangeOptions
from glomex_cli.errors import UsageError
from glomex_cli.models import ReportRequest
from glomex_cli.reports.pipeline import reworked_report
from glomex_cli.reports.request import parse_dimensions, parse_filters, parse_metrics

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
