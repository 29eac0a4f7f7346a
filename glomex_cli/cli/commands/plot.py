"""`glomex plot`."""

from typing import Annotated

import typer

from glomex_cli.cli.commands.plotting import Plot, plot_metrics
from glomex_cli.cli.context import Connection
from glomex_cli.cli.help import declare
from glomex_cli.cli.options import Bundle, connected, flag
from glomex_cli.cli.selection import RangeOptions
from glomex_cli.names import Bucket
from glomex_cli.reports.metrics import Question

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
