"""`glomex report`."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from glomex_cli.cli.context import Context
from glomex_cli.cli.help import declare
from glomex_cli.cli.options import IdsOption, Range, RangeOptions, Section, flag, with_context
from glomex_cli.cli.printing import (
    Output,
    OutputOptions,
    is_decorated,
    is_for_people,
    print_report,
    resolve_output,
    with_usual_format,
)
from glomex_cli.cli.report_options import (
    ReportCommand,
    RowOptions,
    SavedSection,
    check_comparison,
    is_added,
    manage_saved,
    save_options,
)
from glomex_cli.errors import UsageError
from glomex_cli.models import Bucket, Report, ReportRequest
from glomex_cli.terminal.screen import Talk

if TYPE_CHECKING:
    from glomex_cli.reports.pipeline import Fetch, Viewer


EXAMPLES = (
    "glomex report --dimension day",
    "glomex report -d video -m video_views --last 4w",
    "glomex report -d channel,week --from 2025-06-01 --to 2025-06-30 -f csv",
    "glomex report -d video --compare previous --sort -video_views --limit 10",
    "glomex report -d channel --trend --total -f table",
    "glomex report --period ytd -f csv --output days.csv",
    "glomex report -d video -f csv --bom --output for-excel.csv",
    "glomex report -f json | jq '.[].video_views'",
    "glomex report -d channel,week --last 8w --save weekly",
    "glomex report weekly -f csv",
)


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    declare(app, report_command, EXAMPLES, kind=ReportCommand)


@with_context
def report_command(
    context: Context,
    days: RangeOptions,
    rows: Annotated[RowOptions, Section("Rows")],
    output: OutputOptions,
    reports: SavedSection,
    *,
    saved: Annotated[
        str | None,
        typer.Argument(
            metavar="[SAVED]",
            help="Saved report to print; options on this line replace its own.",
            show_default=False,
        ),
    ] = None,
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
    if reports.list_saved or reports.delete is not None:
        folder = context.settings.folder
        if listed := manage_saved(folder, reports, say=context.talk.say):
            print_report(context, listed, output)
        return
    del saved  # its options are among the others
    from glomex_cli.reports.pipeline import Work, with_top
    from glomex_cli.reports.request import parse_filters, primaries, with_titles

    request = _request(context, days, dimension, metric)._replace(
        filters=parse_filters(filter or [])
    )
    usual = context.settings.defaults.format
    if usual and context.screen.is_terminal and not context.is_typed("format"):
        output = with_usual_format(output, usual)
    output = resolve_output(output)
    if reports.save is not None:
        check_comparison(rows.compare, request, context.now)
        note = save_options(context.settings.folder, reports.save, context.parsed)
        context.talk.say(note)
        return
    context.announce_range(request.period)
    request = with_top(request, Work(*rows))
    asked = request.metrics
    shows_titles = not ids and is_decorated(context.screen, output)
    if shows_titles and primaries(request.dimensions):
        request = with_titles(request, context.client.known_schema())
    if print_query:
        context.runtime.stdout.write(f"{context.client.document(request)}\n")
        return
    report = _fetched(context, request, rows, output, None if shows_titles else asked)
    print_report(context, report, output, limit=rows.limit, asked=_asked(request))


def _request(
    context: Context, days: Range, dimension: list[str] | None, metric: list[str] | None
) -> ReportRequest:
    """Return what the options ask for, the profile where they do not say, else the defaults."""
    from glomex_cli.dates.buckets import bucket_in
    from glomex_cli.dates.ranges import default_bucket, resolve_range
    from glomex_cli.reports.request import parse_dimensions, parse_metrics

    calendar, typed = context.calendar, context.typed_range(days)
    usual = context.settings.defaults.dimension
    dimensions = parse_dimensions(dimension or usual or [default_bucket(typed, calendar)])
    return ReportRequest(
        kind=days.kind or context.settings.kind,
        dimensions=dimensions,
        metrics=parse_metrics(metric) if metric else context.default_metrics,
        period=resolve_range(typed, calendar, bucket_in(dimensions)),
    )


def _asked(request: ReportRequest) -> str:
    """Return what a note names that there are no rows for."""
    filters = " and ".join("".join(each) for each in request.filters)
    return f"{request.period} with {filters}" if filters else str(request.period)


def _fetched(
    context: Context,
    request: ReportRequest,
    rows: RowOptions,
    output: Output,
    shown: Sequence[str] | None,
) -> Report:
    """Fetch the rows; of labels only those of `shown` are kept, None for all."""
    from glomex_cli.dates.buckets import bucket_in
    from glomex_cli.reports.request import titles_first, without_titles

    for_people = is_for_people(context.screen, output)
    if is_added("trend", context.parsed) and not for_people:
        rows = rows._replace(trend=False)  # a saved report can be piped
    if rows.trend and not for_people:
        raise UsageError("--trend is for tables", "glomex report -d video --trend -f table")
    if not for_people:
        return _for_machines(context.fetch, request, rows, _viewer(context))
    show = titles_first if shown is None else partial(without_titles, asked=shown)
    viewer = _viewer(context)._replace(show_titles=show)
    report = _arranged(context.fetch, request, rows, viewer)
    bucket = bucket_in(request.dimensions)
    if bucket is None or not report.partial:
        return report
    are_seen = is_decorated(context.screen, output)
    has_wholes = context.account.service.has_wholes
    is_told = rows.total and rows.compare
    without = _total_without(report, has_wholes=has_wholes) if is_told else ""
    return _with_marks(report, bucket, without, context.talk, are_seen=are_seen)


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


def _for_machines(
    fetch: "Fetch", request: ReportRequest, rows: RowOptions, viewer: "Viewer"
) -> Report:
    """Fetch the report; what needs no work passes as it arrives."""
    from glomex_cli.reports.pipeline import Work, fetch_and_stream

    if Work(*rows).needs_all:
        return _arranged(fetch, request, rows, viewer)
    return fetch_and_stream(fetch, request, viewer=viewer)


def _arranged(fetch: "Fetch", request: ReportRequest, rows: RowOptions, viewer: "Viewer") -> Report:
    from glomex_cli.reports.pipeline import Work, fetch_and_arrange

    return fetch_and_arrange(fetch, request, Work(*rows), viewer=viewer)


def _viewer(context: Context) -> "Viewer":
    from glomex_cli.reports.pipeline import Viewer

    is_ascii = not context.screen.unicode
    return Viewer(
        context.now,
        is_ascii,
        context.talk.say,
        context.announce,
        zone=context.account.service.zone,
        has_wholes=context.account.service.has_wholes,
    )
