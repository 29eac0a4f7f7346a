"""Metrics over time as a chart: on stdout, or as an image in a file.

`glomex plot`.
"""

from collections.abc import Sequence
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from glomex_cli.charts.plot.chart import Canvas, Chart, Kind, Line, Point
from glomex_cli.charts.series import Series, floats, known_of
from glomex_cli.charts.ticks import amount
from glomex_cli.cli.context import Connection
from glomex_cli.cli.help import declare
from glomex_cli.cli.options import Bundle, RangeOptions, connected, flag
from glomex_cli.cli.printing import opened_output, refuse_problems
from glomex_cli.dates.comparison import Comparison, parse_comparison
from glomex_cli.models import Bucket
from glomex_cli.reports.metrics import Question, ask
from glomex_cli.reports.totals import is_sum

if TYPE_CHECKING:
    from glomex_cli.models import Problem


# Of a pipe or a file nobody knows the size; this reads well in both.
_UNSEEN_HEIGHT = 20


_LEAST_HEIGHT = 5


class Plot(NamedTuple):
    """How to draw; the fields are the options of `plot`."""

    shape: Kind = Kind.LINE
    compare: str | None = None
    width: int | None = None
    height: int | None = None
    ascii_only: bool = False
    output: Path | None = None


def plot_metrics(connection: Connection, question: Question, plot: Plot) -> None:
    """Ask for the metrics and draw them; raises IncompleteError, after the chart, for missing days.

    A file is written only for a whole chart.
    """
    connection.meanwhile = _get_ready
    asked = ask(connection, question)
    lines = [Line(series.name, _points(series)) for series in asked.series]
    problems: list[Problem] = list(asked.problems)
    if plot.compare:
        comparison = _comparison(connection, question, plot.compare)
        earlier = ask(connection, question._replace(period=comparison.before))
        problems += earlier.problems
        lines = [
            line._replace(previous=_moved(series, comparison, question))
            for line, series in zip(lines, earlier.series, strict=True)
        ]
    chart = Chart(_title(asked.series, question), lines, plot.shape)
    with opened_output(connection, plot.output) as (stream, _):
        stream.write(_picture(connection, chart, plot))
        refuse_problems(connection, problems)


def _get_ready() -> None:
    """Import what draws: to be done while the service works."""
    from glomex_cli.charts.plot.plotext_canvas import library

    import_module("glomex_cli.charts.plot.draw")
    library()


def _comparison(connection: Connection, question: Question, words: str) -> Comparison:
    comparison = parse_comparison(
        words, question.period, today=connection.today, bucket=question.bucket
    )
    if connection.screen.is_terminal:
        connection.say(f"beside {comparison.before} ({comparison.before.days} days)")
    return comparison


def _points(series: Series) -> list[Point]:
    times = series.times or ()
    return [(time.date(), value) for time, value in zip(times, series.values, strict=True)]


def _moved(series: Series, comparison: Comparison, question: Question) -> list[Point]:
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
    if not known or not is_sum(series.name, list(known)):
        return series.name
    return f"{series.name} {amount(sum(known))}"


def _picture(connection: Connection, chart: Chart, plot: Plot) -> str:
    screen = connection.screen
    height = screen.height - 1 if screen.is_terminal else _UNSEEN_HEIGHT
    canvas = Canvas(
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


EXAMPLES = (
    "glomex plot video_views",
    "glomex plot video_views fill_rate --last 6m -d week",
    "glomex plot video_views --compare previous --kind bar",
    "glomex plot video_views ad_impressions --period ytd --output chart.svg",
)


PlotOptions = Annotated[
    Plot,
    Bundle(
        "Look",
        {
            "shape": typer.Option("--kind", help="What to draw."),
            "compare": typer.Option(
                "--compare",
                metavar="RANGE",
                help="A second, fainter line: previous, year, or FROM..TO.",
                show_default="none",
            ),
            "width": typer.Option(
                "--width",
                metavar="COLUMNS",
                min=20,
                help="How wide.",
                show_default="the terminal's",
            ),
            "height": typer.Option(
                "--height", metavar="ROWS", min=5, help="How high.", show_default="the terminal's"
            ),
            "ascii_only": flag("--ascii", help="Draw with plain ASCII characters."),
            "output": typer.Option(
                "--output",
                "-o",
                metavar="FILE",
                help="Write an SVG image of the chart.",
                show_default="stdout, as text",
            ),
        },
    ),
]


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    declare(app, plot, EXAMPLES)


@connected
def plot(
    connection: Connection,
    metrics: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[METRIC]...", help="Metrics to draw.", show_default="the usual ones"
        ),
    ] = None,
    *,
    days: RangeOptions,
    look: PlotOptions,
    dimension: Annotated[
        Bucket, typer.Option("--dimension", "-d", help="The time bucket of a point.")
    ] = Bucket.DAY,
) -> None:
    """Draw metrics as a chart with both axes.

    A day the service has no figures for is a gap. Metrics of other magnitudes get an axis of
    their own, on the right.
    """
    question = Question(tuple(metrics or ()), dimension, days.period(connection), days.kind)
    plot_metrics(connection, question, look)
