"""`glomex report`."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from glomex_cli.cli.context import Context
from glomex_cli.cli.help import declare
from glomex_cli.cli.options import IdsOption, RangeOptions, Section, flag, with_context
from glomex_cli.cli.printing import (
    OutputOptions,
    is_decorated,
    is_for_people,
    print_report,
    resolve_output,
)
from glomex_cli.errors import UsageError
from glomex_cli.models import Bucket, Report, ReportRequest
from glomex_cli.terminal.screen import Talk

if TYPE_CHECKING:
    from glomex_cli.reports.pipeline import Viewer


class RowOptions(NamedTuple):
    """What to do with the rows before they are printed; see `reports.pipeline.Work`."""

    sort: Annotated[
        str | None,
        typer.Option(
            "--sort",
            metavar="FIELD",
            help="Sort by a column; prefix it with - for descending: --sort -video_views.",
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
            help="Print only the first N rows.",
        ),
    ] = None
    total: Annotated[bool, flag("--total", help="Add a row of totals to tables and Markdown.")] = (
        False
    )
    compare: Annotated[
        str | None,
        typer.Option(
            "--compare",
            metavar="RANGE",
            help="Compare with: previous, year, or FROM..TO.",
        ),
    ] = None
    trend: Annotated[
        bool, flag("--trend", help="Add a sparkline of each row's days to tables.")
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
            help="Group by: at most one of video, channel and one of day, week, month.",
            show_default="day",
        ),
    ] = None,
    metric: Annotated[
        list[str] | None,
        typer.Option(
            "--metric",
            "-m",
            metavar="METRIC",
            help="Metrics to show; repeatable, or separated by commas.",
            show_default="video_views,ad_impressions",
        ),
    ] = None,
    filter: Annotated[  # noqa: A002 - the option's name
        list[str] | None,
        typer.Option(
            "--filter",
            metavar="NAME=VALUE",
            help="Keep only matching rows; repeatable.",
        ),
    ] = None,
    ids: IdsOption = False,
    print_query: Annotated[
        bool, flag("--print-query", help="Print the query without sending it, for glomex query.")
    ] = False,
) -> None:
    """Print a report: rows by dimension over a time range.

    Rows are sorted by time, or by the first metric if there is no time. Tables and Markdown show
    numbers with thousands separators and units; all other formats have raw numbers. Days without
    data are left out.
    """
    from glomex_cli.dates.buckets import bucket_in
    from glomex_cli.dates.ranges import default_bucket, resolve_range
    from glomex_cli.reports.pipeline import Work, with_top
    from glomex_cli.reports.request import (
        parse_dimensions,
        parse_filters,
        parse_metrics,
        primaries,
        titles_first,
        with_titles,
        without_titles,
    )

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
    request = with_top(request, Work(*rows))
    output = resolve_output(output)
    asked = request.metrics
    shows_titles = not ids and is_decorated(context.screen, output)
    if shows_titles and primaries(request.dimensions):
        request = with_titles(request, context.client.known_schema())
    if print_query:
        context.runtime.stdout.write(f"{context.client.document(request)}\n")
        return
    for_people = is_for_people(context.screen, output)
    if rows.trend and not for_people:
        raise UsageError("--trend is for tables", "glomex report -d video --trend -f table")
    if not for_people:
        report = _for_machines(context, request, rows)
    else:
        show = titles_first if shows_titles else partial(without_titles, asked=asked)
        report = _arranged(context, request, rows, show)
    if bucket and report.partial and for_people:
        are_seen = is_decorated(context.screen, output)
        has_wholes = context.account.service.has_wholes
        is_told = rows.total and rows.compare
        without = _total_without(report, has_wholes=has_wholes) if is_told else ""
        report = _with_marks(report, bucket, without, context.talk, are_seen=are_seen)
    print_report(context, report, output, limit=rows.limit, asked=str(request.period))


def _with_marks(
    report: Report, bucket: Bucket, without: str, talk: Talk, *, are_seen: bool
) -> Report:
    """Return the report with marks at partial buckets, where they are seen, after a note on them.

    `without` is what the total leaves out. A table in a pipe has no marks; a total that leaves
    rows out is told there as well.
    """
    from glomex_cli.dates.buckets import mark_partial, note_on

    report = report._replace(rows=list(report.rows))  # which may be a stream, read once
    marked = mark_partial(report, bucket)
    if marked.partial and (are_seen or without):
        talk.say(note_on(marked.partial, left_out_of=without))
    return marked if are_seen else report


def _total_without(report: Report, *, has_wholes: bool) -> str:
    from glomex_cli.reports.totals import total_without_partial

    return total_without_partial(report, has_wholes=has_wholes)


def _for_machines(context: Context, request: ReportRequest, rows: RowOptions) -> Report:
    """Fetch the report; what needs no work passes as it arrives."""
    from glomex_cli.reports.pipeline import Work, fetch_and_stream

    if Work(*rows).needs_all:
        return _arranged(context, request, rows, lambda report: report)
    return fetch_and_stream(context.fetch, request, viewer=_viewer(context))


def _arranged(
    context: Context,
    request: ReportRequest,
    rows: RowOptions,
    show_titles: Callable[[Report], Report],
) -> Report:
    from glomex_cli.reports.pipeline import Work, fetch_and_arrange

    viewer = _viewer(context)._replace(show_titles=show_titles)
    return fetch_and_arrange(context.fetch, request, Work(*rows), viewer=viewer)


def _viewer(context: Context) -> "Viewer":
    from glomex_cli.reports.pipeline import Viewer

    is_ascii = not context.screen.unicode
    return Viewer(
        context.now,
        is_ascii,
        context.talk.say,
        context.announce,
        has_wholes=context.account.service.has_wholes,
    )
