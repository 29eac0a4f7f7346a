"""`glomex report`."""

from typing import Annotated

import typer

from glomex_cli.commands.options import connected, examples
from glomex_cli.commands.selection import RangeOptions
from glomex_cli.connection import Connection
from glomex_cli.models import ReportRequest
from glomex_cli.printing import print_report
from glomex_cli.render.formats import Format
from glomex_cli.rows.ordering import sort_rows
from glomex_cli.rows.selection import parse_dimensions, parse_metrics

EXAMPLES = (
    "glomex report --dimension day",
    "glomex report -d video -m video_views --last 4w",
    "glomex report -d channel,week --from 2025-06-01 --to 2025-06-30 -f csv",
    "glomex report -f json | jq '.[].video_views'",
)


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command(epilog=examples(EXAMPLES))(report)


@connected
def report(
    connection: Connection,
    days: RangeOptions,
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
    format: Annotated[  # noqa: A002 - the option's name
        Format,
        typer.Option(
            "--format", "-f", help="What to print; auto is a table on a terminal, else JSON."
        ),
    ] = Format.AUTO,
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
    )
    answer = connection.service.report(request, connection.token)
    print_report(connection, sort_rows(answer), format)
