"""Options of how a chart looks, and what they come to on the screen at hand."""

from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from glomex_cli.charts.plot.chart import ChartCanvas, ChartKind, ValueLimits
from glomex_cli.cli.options import Section
from glomex_cli.cli.picture_options import Scaling
from glomex_cli.terminal.screen import Screen

# The size of a pipe or a file is not known; this reads well in both.
_UNSEEN_HEIGHT = 20
_LEAST_HEIGHT = 5


class ChartLook(NamedTuple):
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
