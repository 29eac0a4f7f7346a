"""`glomex report`."""

from typing import Annotated, NamedTuple

import typer

from glomex_cli.cli.context import Context
from glomex_cli.cli.help import declare
from glomex_cli.cli.options import RangeOptions, Section, flag, with_context
from glomex_cli.cli.printing import OutputOptions, is_for_people, print_report, resolve_output
from glomex_cli.errors import UsageError
from glomex_cli.models import Report, ReportRequest


class RowOptions(NamedTuple):
    """What to do with the rows before they are printed; see `reports.pipeline.Work`."""

    sort: Annotated[
        str | None,
        typer.Option(
            "--sort",
            metavar="FIELD",
            help="Sort by a column, downwards with a dash before it: --sort -video_views.",
            show_default="by time, else by the first metric",
        ),
    ] = None
    limit: Annotated[
        int | None,
        typer.Option(
            "--limit",
            metavar="N",
            min=1,
            max=1_000_000_000,
            help="Print the first N rows.",
            show_default="all",
        ),
    ] = None
    total: Annotated[bool, flag("--total", help="Add a line of sums to tables and Markdown.")] = (
        False
    )
    compare: Annotated[
        str | None,
        typer.Option(
            "--compare",
            metavar="RANGE",
            help="Set beside: previous, year, or FROM..TO.",
            show_default="nothing",
        ),
    ] = None
    trend: Annotated[
        bool, flag("--trend", help="Draw each row's days as a sparkline in tables.")
    ] = False


EXAMPLES = (
    "glomex report --dimension day",
    "glomex report -d video -m video_views --last 4w",
    "glomex report -d channel,week --from 2025-06-01 --to 2025-06-30 -f csv",
    "glomex report -d video --compare previous --sort -video_views --limit 10",
    "glomex report -d channel --trend --total -f table",
    "glomex report --period ytd -f csv --output days.csv",
    "glomex report -d video -f csv --bom --output for-excel.csv",
    "glomex report -f json | jq '.[].video_views'",
)


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    declare(app, report_command, EXAMPLES)


@with_context
def report_command(
    context: Context,
    days: RangeOptions,
    rows: Annotated[RowOptions, Section("Rows")],
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
    and have units on a terminal and in Markdown, and are raw everywhere else. A day the service
    has no figures for is left out.
    """
    from glomex_cli.dates.buckets import bucket_in
    from glomex_cli.dates.partial import mark_partial, note_on
    from glomex_cli.dates.ranges import default_bucket, resolve_range
    from glomex_cli.reports.request import parse_dimensions, parse_filters, parse_metrics

    calendar = context.calendar
    dimensions = parse_dimensions(dimension or [default_bucket(days.typed, calendar)])
    bucket = bucket_in(dimensions)
    request = ReportRequest(
        kind=days.kind or context.settings.kind,
        dimensions=dimensions,
        metrics=parse_metrics(metric) if metric else context.client.default_metrics,
        period=context.announce_range(resolve_range(days.typed, calendar, bucket)),
        filters=parse_filters(filter or []),
    )
    if print_query:
        context.runtime.stdout.write(f"{context.client.document(request)}\n")
        return
    output = resolve_output(output)
    for_people = is_for_people(context, output)
    if rows.trend and not for_people:
        raise UsageError("--trend is for tables", "glomex report -d video --trend -f table")
    report = _report(context, request, rows, for_people=for_people)
    if for_people and bucket and report.partial:
        report = mark_partial(report, bucket)
        if report.partial:
            without_total = bool(rows.total and rows.compare)
            context.talk.say(note_on(report.partial, without_total=without_total))
    print_report(context, report, output, limit=rows.limit, asked=str(request.period))


def _report(
    context: Context, request: ReportRequest, rows: RowOptions, *, for_people: bool
) -> Report:
    """Fetch the report; what is for machines and needs no work passes as it arrives."""
    from glomex_cli.reports.pipeline import Viewer, Work, fetch_and_arrange, fetch_and_stream

    is_ascii = not context.screen.unicode
    viewer = Viewer(context.now, is_ascii, context.talk.say, context.announce)
    work = Work(*rows)
    if not for_people and not work.needs_all:
        return fetch_and_stream(context.fetch, request, viewer=viewer)
    return fetch_and_arrange(context.fetch, request, work, viewer=viewer)
