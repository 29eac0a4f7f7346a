"""`glomex sparkline`."""

from functools import partial
from typing import Annotated, NamedTuple

import typer

from glomex_cli.charts.parse.reader import are_numbers, read_pieces, read_words
from glomex_cli.charts.sparkline.draw import draw
from glomex_cli.charts.sparkline.options import SparklineOptions
from glomex_cli.cli.context import Context
from glomex_cli.cli.help import declare
from glomex_cli.cli.numbers import seconds_option
from glomex_cli.cli.options import IdsOption, Range, RangeOptions, flag, with_context
from glomex_cli.cli.sparkline_options import DrawingOptions, Look
from glomex_cli.errors import NoRowsError
from glomex_cli.models import Bucket, TimeRange
from glomex_cli.terminal.screen import is_fed

EXAMPLES = (
    "glomex sparkline video_views",
    "glomex sparkline video_views ad_impressions --last 12w",
    "glomex sparkline video_views --by video --top 5",
    "glomex sparkline video_views --watch 30",
    "glomex sparkline 1 5 22 13 53",
    "glomex report -f json | glomex sparkline",
    "curl -s https://example.com/timeseries | jq '.data[][1]' | glomex sparkline",
)

_PIECE = 1 << 16


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
            help="Metrics to ask for, numbers to draw, or - for stdin.",
            show_default="stdin if something is piped in, else the usual metrics",
        ),
    ] = None,
    *,
    days: RangeOptions,
    look: DrawingOptions,
    dimension: Annotated[
        Bucket | None,
        typer.Option(
            "--dimension",
            "-d",
            help="The time bucket of a column.",
            show_default="day; finer for hours and minutes",
        ),
    ] = None,
    field: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="What to draw of JSON rows: a name, or an index from 0.",
            show_default="every number, or the one after the time",
        ),
    ] = None,
    skip_bad: Annotated[
        bool, flag("--skip-bad", help="Leave a gap for what is no number.")
    ] = False,
    by: Annotated[
        str | None,
        typer.Option(
            metavar="DIM",
            help="Draw the first metric once for each video or channel.",
            show_default="none",
        ),
    ] = None,
    top: Annotated[
        int, typer.Option(metavar="N", min=1, help="With --by, how many lines, largest first.")
    ] = 5,
    ids: IdsOption = False,
    follow: Annotated[
        bool, flag("--follow", help="Draw what comes on stdin as long as it comes.")
    ] = False,
    watch: Annotated[
        float | None,
        typer.Option(
            metavar="SECONDS",
            parser=seconds_option("--watch", least=1),
            help="Ask the service again and redraw, until Ctrl-C.",
            show_default="once",
        ),
    ] = None,
    fail_empty: Annotated[
        bool, flag("--fail-empty", help="End with exit code 3 when there is no number.")
    ] = False,
) -> None:
    """Draw numbers as one line of bars.

    Asks the service for metrics, or draws the numbers given as arguments or on stdin: text,
    JSON in many shapes, the output of report, the answers of GraphQL and of Mux Data.
    """
    words = words or []
    is_fed_in = words == ["-"] or (not words and is_fed(context.runtime.stdin))
    if follow:
        _follow(
            context,
            look.drawing(context.screen, is_unfinished=False),
            field=field,
            skip_bad=skip_bad,
        )
        return
    if not is_fed_in and not are_numbers(words):
        lines = _Lines(tuple(words), dimension, by, top, ids, watch)
        _draw_metrics(context, days, look, lines)
        return
    stdin = context.runtime.stdin
    pieces = iter(partial(stdin.read1, _PIECE), b"")
    found = (
        read_pieces(pieces, field=field, skip_bad=skip_bad, agg=look.agg)
        if is_fed_in
        else read_words(words)
    )
    context.show(draw(found.series, look.drawing(context.screen, is_unfinished=False)), found.notes)
    if found.is_empty and fail_empty:
        raise NoRowsError("there are no numbers to draw", "glomex sparkline --help")


class _Lines(NamedTuple):
    """Which lines to draw of the service's metrics, and how often."""

    metrics: tuple[str, ...]
    bucket: Bucket | None
    by: str | None
    top: int
    ids: bool
    watch_s: float | None


def _draw_metrics(context: Context, days: Range, look: Look, lines: _Lines) -> None:
    from glomex_cli.cli.drawing import draw_metrics, watch_metrics
    from glomex_cli.dates.ranges import default_bucket, resolve_range
    from glomex_cli.reports.metrics import Question

    bucket = lines.bucket or default_bucket(days.typed, context.calendar)

    def range_now() -> TimeRange:
        return resolve_range(days.typed, context.calendar, bucket)

    period = context.announce_range(range_now())
    kind = days.kind or context.settings.kind
    ids = lines.ids or not look.drawing(context.screen, is_unfinished=False).labels
    question = Question(lines.metrics, bucket, period, kind, lines.by, lines.top, ids=ids)

    def drawing_for(is_unfinished: bool) -> SparklineOptions:
        return look.drawing(context.screen, is_unfinished=is_unfinished)

    def question_now() -> Question:
        return question._replace(period=range_now())

    if lines.watch_s is None:
        draw_metrics(context, question, drawing_for)
    else:
        watch_metrics(context, question_now, drawing_for, lines.watch_s)


def _follow(
    context: Context, drawing: SparklineOptions, *, field: str | None, skip_bad: bool
) -> None:
    """Draw what comes on stdin as long as it comes."""
    from glomex_cli.charts.sparkline.follow import SparklineFollower
    from glomex_cli.terminal.live import follow

    follower = SparklineFollower(
        drawing, in_place=context.screen.is_terminal, field=field, skip_bad=skip_bad
    )
    follow(context.runtime.stdin, context.runtime.stdout, follower)
    for note in follower.notes():
        context.talk.say(note)
