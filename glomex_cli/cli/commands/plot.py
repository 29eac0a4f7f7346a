"""`glomex plot`: metrics over time as a chart, on stdout or as an image in a file."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from glomex_cli.charts.plot.chart import Chart, ChartCanvas, ChartKind, ChartLine, DataPoint
from glomex_cli.charts.series import Series, floats, known_of
from glomex_cli.charts.ticks import short_number
from glomex_cli.cli.context import Context
from glomex_cli.cli.drawing import timelines_of
from glomex_cli.cli.help import declare
from glomex_cli.cli.options import RangeOptions, Section, flag, with_context
from glomex_cli.cli.output_file import check_image, is_stdout, opened_output
from glomex_cli.cli.printing import refuse_problems
from glomex_cli.dates.calendar import described
from glomex_cli.dates.comparison import Comparison, parse_comparison
from glomex_cli.dates.partial import lacks
from glomex_cli.dates.ranges import default_bucket, resolve_range
from glomex_cli.models import Bucket
from glomex_cli.reports.metrics import Question
from glomex_cli.terminal.screen import Screen

EXAMPLES = (
    "glomex plot video_views",
    "glomex plot video_views fill_rate --last 6m -d week",
    "glomex plot video_views --compare previous --kind bar",
    "glomex plot video_views ad_impressions --period ytd --output chart.svg",
)

# The size of a pipe or a file is not known; this reads well in both.
_UNSEEN_HEIGHT = 20
_LEAST_HEIGHT = 5


class PlotOptions(NamedTuple):
    """How to draw."""

    shape: Annotated[ChartKind, typer.Option("--kind", help="What to draw.")] = ChartKind.LINE
    compare: Annotated[
        str | None,
        typer.Option(
            "--compare",
            metavar="RANGE",
            help="A second, fainter line: previous, year, or FROM..TO.",
            show_default="none",
        ),
    ] = None
    width: Annotated[
        int | None,
        typer.Option(
            "--width",
            metavar="COLUMNS",
            min=20,
            help="How wide.",
            show_default="the terminal's",
        ),
    ] = None
    height: Annotated[
        int | None,
        typer.Option(
            "--height",
            metavar="ROWS",
            min=5,
            max=1000,
            help="How high.",
            show_default="the terminal's",
        ),
    ] = None
    ascii_only: Annotated[bool, flag("--ascii", help="Draw with plain ASCII characters.")] = False
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="Write an SVG image of the chart; - is stdout.",
            show_default="stdout, as text",
        ),
    ] = None


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    declare(app, plot_command, EXAMPLES)


@with_context
def plot_command(
    context: Context,
    metrics: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[METRIC]...", help="Metrics to draw.", show_default="the usual ones"
        ),
    ] = None,
    *,
    days: RangeOptions,
    look: Annotated[PlotOptions, Section("Look")],
    dimension: Annotated[
        Bucket | None,
        typer.Option(
            "--dimension",
            "-d",
            help="The time bucket of a point.",
            show_default="day; finer for hours and minutes",
        ),
    ] = None,
) -> None:
    """Draw metrics as a chart with both axes.

    A day the service has no figures for is a gap. Metrics of other magnitudes get an axis of
    their own, on the right.
    """
    check_image(look.output)
    calendar = context.calendar
    bucket = dimension or default_bucket(days.typed, calendar)
    period = context.announce_range(resolve_range(days.typed, calendar, bucket))
    kind = days.kind or context.settings.kind
    _plot(context, Question(tuple(metrics or ()), bucket, period, kind), look)


def _plot(context: Context, question: Question, plot: PlotOptions) -> None:
    """Fetch the metrics and draw them; raise IncompleteError, after the chart, for missing days.

    A file is written only for a whole chart.
    """
    found = timelines_of(context, question)
    lines = [ChartLine(series.name, _points(series)) for series in found.series]
    problems = list(found.problems)
    if plot.compare:
        comparison = parse_comparison(
            plot.compare, question.period, now=context.now, bucket=question.bucket
        )
        context.announce(f"beside {described(comparison.before)}")
        earlier = timelines_of(context, question._replace(period=comparison.before))
        problems += earlier.problems
        if missing := _missing(earlier.series):
            context.talk.say(lacks(missing, question.bucket))
        lines = [
            line._replace(previous=_moved(series, comparison, question))
            for line, series in zip(lines, earlier.series, strict=True)
        ]
    chart = Chart(_title(found.series, question), lines, plot.shape)
    with opened_output(context, plot.output) as (stream, _):
        stream.write(_picture(context.screen, chart, plot))
        refuse_problems(context.talk, problems)
    if not is_stdout(plot.output):
        context.talk.say(f"wrote a chart to {plot.output}")


def _missing(series: Sequence[Series]) -> int:
    """Count the buckets that no line has a value for."""
    columns = zip(*(one.values for one in series), strict=True)
    return sum(all(value is None for value in column) for column in columns)


def _points(series: Series) -> list[DataPoint]:
    times = series.times or ()
    return [(time.date(), value) for time, value in zip(times, series.values, strict=True)]


def _moved(series: Series, comparison: Comparison, question: Question) -> list[DataPoint]:
    """Put an earlier line onto the days it stands beside."""

    def moved(day: date) -> date:
        return comparison.align(day, question.bucket)

    return [(moved(day), value) for day, value in _points(series)]


def _title(series: Sequence[Series], question: Question) -> str:
    parts = [_named(one) for one in series]
    return f"{', '.join(parts)}  {question.period}"


def _named(series: Series) -> str:
    """Name a line, with its total where its values may be added."""
    known = known_of(floats(series.values))
    if not known or not series.kind.adds_up:
        return series.name
    return f"{series.name} {short_number(sum(known))}"


def _picture(screen: Screen, chart: Chart, plot: PlotOptions) -> str:
    height = screen.height - 1 if screen.is_terminal else _UNSEEN_HEIGHT
    canvas = ChartCanvas(
        width=plot.width or screen.width,
        height=plot.height or max(_LEAST_HEIGHT, height),
        color=screen.color or plot.output is not None,
        unicode=(screen.unicode or plot.output is not None) and not plot.ascii_only,
    )
    from glomex_cli.charts.plot.draw import draw_chart

    text = draw_chart(chart, canvas)
    if plot.output is None:
        return f"{text}\n"
    from glomex_cli.charts.plot.svg import to_svg

    return to_svg(text, title=chart.title, width=canvas.width)
