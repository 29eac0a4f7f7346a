"""`glomex sparkline`."""

from typing import Annotated

import typer

from glomex_cli.charts.sparkline.lines import draw
from glomex_cli.cli.chart_options import (
    DrawingOptions,
    Look,
    PictureSource,
    ScaleOptions,
    Scaling,
    SourceOptions,
)
from glomex_cli.cli.context import Context
from glomex_cli.cli.help import declare
from glomex_cli.cli.options import RangeOptions, flag, with_context
from glomex_cli.cli.source import Origin, Selection, find_origin, read_input, refuse_empty
from glomex_cli.errors import UsageError

EXAMPLES = (
    "glomex sparkline video_views",
    "glomex sparkline video_views ad_impressions --last 12w",
    "glomex sparkline video_views --by video --top 5",
    "glomex sparkline video_views --watch 30",
    "glomex sparkline 1 5 22 13 53",
    "glomex report -f json | glomex sparkline",
    "curl -s https://example.com/timeseries | jq '.data[][1]' | glomex sparkline",
)


def register(app: typer.Typer) -> None:
    """Add the command to `app`. A negative number is an argument, not an unknown option."""
    declare(app, sparkline_command, EXAMPLES, {"ignore_unknown_options": True})


@with_context
def sparkline_command(
    context: Context,
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[METRIC|NUMBER|-]...",
            help="Metrics to fetch, numbers to draw, or - for stdin.",
            show_default="stdin if piped, else video_views and ad_impressions",
        ),
    ] = None,
    *,
    source: SourceOptions,
    follow: Annotated[bool, flag("--follow", help="Redraw as new values arrive on stdin.")] = False,
    days: RangeOptions,
    scale: ScaleOptions,
    look: DrawingOptions,
) -> None:
    """Draw metrics or numbers as a sparkline, a chart of one line.

    Fetches metrics from the service, or draws numbers from arguments or stdin: text, JSON in
    many shapes, every format of report, and responses of GraphQL and Mux Data.
    """
    selection = Selection(tuple(words or ()), days, source)
    stdin = context.runtime.stdin
    origin = find_origin(selection, stdin, follow=follow)
    if follow:
        _follow(context, source, look, scale)
    elif origin is Origin.SERVICE:
        from glomex_cli.cli.drawing import draw_metrics

        draw_metrics(context, selection, look, scale)
    else:
        found = read_input(origin, selection, stdin, look.agg)
        context.show(draw(found.series, look.drawing(context.screen, scale)), found.notes)
        refuse_empty(found.series, source)


def _follow(context: Context, source: PictureSource, look: Look, scale: Scaling) -> None:
    """Draw what comes on stdin as long as it comes."""
    from glomex_cli.charts.sparkline.follow import SparklineFollower
    from glomex_cli.terminal.live import follow

    if source.fail_empty or look.agg:
        option = "--fail-empty" if source.fail_empty else "--agg"
        raise UsageError(f"{option} cannot be used with --follow", f"leave out {option}")
    follower = SparklineFollower(
        look.drawing(context.screen, scale),
        in_place=context.screen.is_terminal,
        field=source.field,
        skip_bad=source.skip_bad,
        width_now=lambda: look.width or context.measured().width,
    )
    follow(context.runtime.stdin, context.runtime.stdout, follower)
    for note in follower.notes():
        context.talk.say(note)
