"""How a sparkline looks: the options and what they come to on the screen at hand."""

from dataclasses import dataclass
from typing import Annotated

import typer

from glomex_cli.connection import Connection
from glomex_cli.errors import UsageError
from glomex_cli.spark.drawing import Drawing
from glomex_cli.spark.emphasis import parse_emphasis
from glomex_cli.spark.series import Agg


@dataclass(frozen=True, slots=True)
class DrawingOptions:
    """The choices a person has about a line."""

    width: Annotated[
        int | None,
        typer.Option(
            metavar="COLUMNS", min=1, help="The most columns to use.", show_default="the terminal's"
        ),
    ] = None
    height: Annotated[int, typer.Option(metavar="ROWS", min=1, help="How many rows high.")] = 1
    low: Annotated[
        float | None,
        typer.Option("--min", help="The value of the lowest bar.", show_default="the smallest"),
    ] = None
    high: Annotated[
        float | None,
        typer.Option("--max", help="The value of the highest bar.", show_default="the largest"),
    ] = None
    zero: Annotated[bool, typer.Option("--zero", help="Begin the scale at zero.")] = False
    shared: Annotated[bool, typer.Option("--shared", help="Draw several lines on one scale.")] = (
        False
    )
    split: Annotated[bool, typer.Option("--split", help="Draw up and down from zero.")] = False
    agg: Annotated[
        Agg | None,
        typer.Option(help="How several values share a column.", show_default="by kind of metric"),
    ] = None
    gap_char: Annotated[str, typer.Option(metavar="CHAR", help="What stands for a gap.")] = " "
    emphasize: Annotated[
        list[str] | None,
        typer.Option(
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
    ascii_only: Annotated[
        bool, typer.Option("--ascii", help="Draw with plain ASCII characters.")
    ] = False
    like: Annotated[
        str | None,
        typer.Option(metavar="spark", help="Scale as that tool does.", show_default="none"),
    ] = None

    def drawing(self, connection: Connection, *, is_unfinished: bool) -> Drawing:
        """Give the drawing for stdout; UsageError for what cannot be drawn."""
        screen = connection.screen
        if self.like not in {None, "spark"}:
            raise UsageError(f"there is nothing to draw like {self.like!r}", "--like spark")
        return Drawing(
            width=self.width or screen.width,
            height=self.height,
            low=self.low,
            high=self.high,
            zero=self.zero,
            shared=self.shared,
            split=self.split,
            agg=self.agg,
            gap=self.gap_char,
            emphasis=tuple(map(parse_emphasis, self.emphasize or ())),
            labels=screen.is_terminal if self.labels is None else self.labels,
            color=screen.color,
            ascii_only=self.ascii_only or not screen.unicode,
            like_spark=self.like is not None,
            unfinished=is_unfinished,
        )
