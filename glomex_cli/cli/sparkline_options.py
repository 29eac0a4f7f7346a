"""Options of how a sparkline looks, and what they come to on the screen at hand."""

from typing import Annotated, NamedTuple

import typer

from glomex_cli.charts.sparkline.options import SparklineOptions
from glomex_cli.cli.chart_options import Scaling
from glomex_cli.cli.options import Section, flag
from glomex_cli.errors import UsageError
from glomex_cli.metrics import Agg
from glomex_cli.terminal.screen import Screen


class Look(NamedTuple):
    """The choices a person has about a line; None where the output or the values decide."""

    width: Annotated[
        int | None,
        typer.Option(
            "--width",
            metavar="COLUMNS",
            min=1,
            max=100_000,
            help="The most columns to use.",
            show_default="the terminal's",
        ),
    ] = None
    height: Annotated[
        int, typer.Option("--height", metavar="ROWS", min=1, max=400, help="How many rows high.")
    ] = 1
    shared: Annotated[bool, flag("--shared", help="Draw several lines on one scale.")] = False
    split: Annotated[bool, flag("--split", help="Draw up and down from zero.")] = False
    agg: Annotated[
        Agg | None,
        typer.Option(
            "--agg",
            help="How several values share a column.",
            show_default="by kind of metric",
        ),
    ] = None
    gap_char: Annotated[
        str,
        typer.Option(
            "--gap-char", metavar="CHAR", help="What stands for a gap.", show_default="a space"
        ),
    ] = " "
    emphasize: Annotated[
        list[str] | None,
        typer.Option(
            "--emphasize",
            metavar="RULE",
            help="Colour by rule, such as red:gt:5 or red:[1:3]; may be repeated.",
            show_default="none",
        ),
    ] = None
    labels: Annotated[
        bool | None,
        typer.Option(
            "--labels/--no-labels",
            help="Names, figures and times beside the line.",
            show_default="labels on a terminal",
        ),
    ] = None
    like: Annotated[
        str | None,
        typer.Option(
            "--like", metavar="spark", help="Scale as that tool does.", show_default="none"
        ),
    ] = None

    def drawing(self, screen: Screen, scale: Scaling) -> SparklineOptions:
        """Return the drawing for a screen; UsageError for what cannot be drawn."""
        if self.like not in {None, "spark"}:
            raise UsageError(f"there is nothing to draw like {self.like!r}", "--like spark")
        scale.check()
        drawing = SparklineOptions(
            width=self.width or screen.width,
            height=self.height,
            low=scale.low,
            high=scale.high,
            zero=scale.zero,
            shared=self.shared,
            split=self.split,
            agg=self.agg,
            gap=self.gap_char,
            labels=screen.is_terminal if self.labels is None else self.labels,
            color=screen.color,
            ascii_only=scale.ascii_only or not screen.unicode,
            like_spark=self.like is not None,
        )
        drawing = _emphasized(drawing, self.emphasize) if self.emphasize else drawing
        drawing.check()
        return drawing


DrawingOptions = Annotated[Look, Section("Look")]


def _emphasized(drawing: SparklineOptions, rules: list[str]) -> SparklineOptions:
    from glomex_cli.charts.sparkline.options import parse_emphasis

    return drawing._replace(emphasis=tuple(map(parse_emphasis, rules)))
