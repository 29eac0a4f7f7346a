"""`glomex plot`: series over time as a chart, on stdout or as an image in a file."""

from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from glomex_cli.charts.plot.layout import Chart, ChartCanvas, ChartKind, ValueLimits
from glomex_cli.cli.chart_options import ScaleOptions, Scaling, SourceOptions
from glomex_cli.cli.context import Context
from glomex_cli.cli.drawing import chart_of_input, fetch_chart, question_of, watch_service
from glomex_cli.cli.errors import refuse_problems
from glomex_cli.cli.help import declare
from glomex_cli.cli.options import RangeOptions, Section, with_context
from glomex_cli.cli.output_files import check_image, is_stdout, opened_output, say_written
from glomex_cli.cli.source import Origin, Selection, find_origin, read_input, refuse_empty
from glomex_cli.errors import UsageError
from glomex_cli.terminal.screen import Screen, Talk

EXAMPLES = (
    "glomex plot video_views",
    "glomex plot video_views fill_rate --last 6m -d week",
    "glomex plot video_views --compare previous --kind bar",
    "glomex plot video_views --by channel --top 3 --zero",
    "glomex report -f json | glomex plot",
    "glomex plot video_views ad_impressions --period ytd --output chart.svg",
)
# Beside a chart that is redrawn: the time of the last answer, and the row of the cursor.
_ROWS_WHILE_WATCHING = 2
# The size of a pipe or a file is not known; this reads well in both.
_UNSEEN_HEIGHT = 20
_LEAST_HEIGHT = 5


class ChartLook(NamedTuple):
    """How to draw."""

    shape: Annotated[ChartKind, typer.Option("--kind", help="Chart type.")] = ChartKind.LINE
    compare: Annotated[
        str | None,
        typer.Option(
            "--compare",
            metavar="RANGE",
            help="Add a second, fainter line: previous, year, or FROM..TO.",
        ),
    ] = None
    width: Annotated[
        int | None,
        typer.Option(
            "--width",
            metavar="COLUMNS",
            min=20,
            max=1000,
            help="Width in columns.",
            show_default="terminal size",
        ),
    ] = None
    height: Annotated[
        int | None,
        typer.Option(
            "--height",
            metavar="ROWS",
            min=5,
            max=400,
            help="Height in rows.",
            show_default="terminal size",
        ),
    ] = None
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="Write an SVG image of the chart; - is stdout.",
            show_default="text on stdout",
        ),
    ] = None

    def canvas(self, screen: Screen, scale: Scaling, *, rows_beside: int = 1) -> ChartCanvas:
        """Return where to draw; on a terminal, `rows_beside` are left for what else is shown."""
        height = screen.height - rows_beside if screen.is_terminal else _UNSEEN_HEIGHT
        is_image = self.output is not None
        return ChartCanvas(
            width=self.width or screen.width,
            height=self.height or max(_LEAST_HEIGHT, height),
            color=screen.color or is_image,
            unicode=(screen.unicode or is_image) and not scale.ascii_only,
        )


ChartOptions = Annotated[ChartLook, Section("Look")]


def limits_of(scale: Scaling) -> ValueLimits:
    """Return the ends of the scale that were asked for; UsageError where they contradict."""
    scale.check()
    return ValueLimits(scale.low, scale.high, scale.zero)


def register(app: typer.Typer) -> None:
    """Add the command to `app`. A negative number is an argument, not an unknown option."""
    declare(app, plot_command, EXAMPLES, {"ignore_unknown_options": True})


@with_context
def plot_command(
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
    days: RangeOptions,
    scale: ScaleOptions,
    look: ChartOptions,
) -> None:
    """Draw metrics or numbers as a chart with two axes.

    Fetches metrics from the service, or draws numbers from arguments or stdin, as sparkline
    does. Days without data are gaps. Metrics of a very different size use a second axis on the
    right.
    """
    check_image(look.output)
    selection = Selection(tuple(words or ()), days, source)
    stdin = context.runtime.stdin
    origin = find_origin(selection, stdin, more={"--compare": look.compare})
    if origin is Origin.SERVICE:
        _plot_metrics(context, selection, look, scale)
        return
    found = read_input(origin, selection, stdin)
    with opened_output(context, look.output) as (stream, _):
        stream.write(_picture(context.screen, chart_of_input(found.series), look, scale))
    _tell_of_file(context.talk, look)
    for note in found.notes:
        context.talk.say(note)
    refuse_empty(found.series, source)


def _plot_metrics(context: Context, selection: Selection, look: ChartLook, scale: Scaling) -> None:
    """Fetch the metrics and draw them; raise IncompleteError, after the chart, for missing days.

    A file is written only for a whole chart.
    """
    if selection.source.watch is not None:
        _watch(context, selection, look, scale, selection.source.watch)
    question = question_of(context, selection)
    context.announce_range(question.period)
    chart, series, problems = fetch_chart(context, question, look.compare)
    with opened_output(context, look.output) as (stream, _):
        stream.write(_picture(context.screen, chart, look, scale))
        refuse_problems(context.talk, problems)
    _tell_of_file(context.talk, look)
    refuse_empty(series, selection.source)


def _tell_of_file(talk: Talk, look: ChartLook) -> None:
    if look.output is not None and not is_stdout(look.output):
        say_written(talk, "a chart", look.output)


def _watch(
    context: Context, selection: Selection, look: ChartLook, scale: Scaling, seconds: float
) -> None:
    """Draw again and again, until Ctrl-C."""
    if look.output is not None:
        raise UsageError("--output cannot be used with --watch", "leave out --output")
    watch_service(
        context,
        lambda: fetch_chart(context, question_of(context, selection), look.compare)[0],
        lambda chart, screen: _text(
            chart, look.canvas(screen, scale, rows_beside=_ROWS_WHILE_WATCHING), look, scale
        ).split("\n"),
        seconds=seconds,
    )


def _picture(screen: Screen, chart: Chart, look: ChartLook, scale: Scaling) -> str:
    canvas = look.canvas(screen, scale)
    if look.output is None:
        return f"{_text(chart, canvas, look, scale)}\n"
    from glomex_cli.charts.plot.svg import draw_svg

    return draw_svg(_scaled(chart, look, scale), canvas)


def _text(chart: Chart, canvas: ChartCanvas, look: ChartLook, scale: Scaling) -> str:
    from glomex_cli.charts.plot.draw import draw_chart

    return draw_chart(_scaled(chart, look, scale), canvas)


def _scaled(chart: Chart, look: ChartLook, scale: Scaling) -> Chart:
    return chart._replace(kind=look.shape, limits=limits_of(scale))
