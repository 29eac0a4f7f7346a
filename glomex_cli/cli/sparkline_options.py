"""How a sparkline looks: the options and what they come to on the screen at hand."""

from typing import Annotated, NamedTuple

import typer

from glomex_cli.charts.series import Agg
from glomex_cli.charts.sparkline.options import Drawing
from glomex_cli.cli.context import Connection
from glomex_cli.cli.options import Bundle, flag
from glomex_cli.errors import UsageError


class Look(NamedTuple):
    """The choices a person has about a line; None where the output or the values decide."""

    width: int | None = None
    height: int = 1
    low: float | None = None
    high: float | None = None
    zero: bool = False
    shared: bool = False
    split: bool = False
    agg: Agg | None = None
    gap_char: str = " "
    emphasize: list[str] | None = None
    labels: bool | None = None
    ascii_only: bool = False
    like: str | None = None

    def drawing(self, connection: Connection, *, is_unfinished: bool) -> Drawing:
        """Give the drawing for stdout; UsageError for what cannot be drawn."""
        screen = connection.screen
        if self.like not in {None, "spark"}:
            raise UsageError(f"there is nothing to draw like {self.like!r}", "--like spark")
        drawing = Drawing(
            width=self.width or screen.width,
            height=self.height,
            low=self.low,
            high=self.high,
            zero=self.zero,
            shared=self.shared,
            split=self.split,
            agg=self.agg,
            gap=self.gap_char,
            labels=screen.is_terminal if self.labels is None else self.labels,
            color=screen.color,
            ascii_only=self.ascii_only or not screen.unicode,
            like_spark=self.like is not None,
            unfinished=is_unfinished,
        )
        return _emphasized(drawing, self.emphasize) if self.emphasize else drawing


DrawingOptions = Annotated[
    Look,
    Bundle(
        "Look",
        {
            "width": typer.Option(
                "--width",
                metavar="COLUMNS",
                min=1,
                help="The most columns to use.",
                show_default="the terminal's",
            ),
            "height": typer.Option("--height", metavar="ROWS", min=1, help="How many rows high."),
            "low": typer.Option(
                "--min", help="The value of the lowest bar.", show_default="the smallest"
            ),
            "high": typer.Option(
                "--max", help="The value of the highest bar.", show_default="the largest"
            ),
            "zero": flag("--zero", help="Begin the scale at zero."),
            "shared": flag("--shared", help="Draw several lines on one scale."),
            "split": flag("--split", help="Draw up and down from zero."),
            "agg": typer.Option(
                "--agg",
                help="How several values share a column.",
                show_default="by kind of metric",
            ),
            "gap_char": typer.Option(
                "--gap-char", metavar="CHAR", help="What stands for a gap.", show_default="a space"
            ),
            "emphasize": typer.Option(
                "--emphasize",
                metavar="RULE",
                help="Colour by rule, such as red:gt:5 or red:[1:3]; may be repeated.",
                show_default="none",
            ),
            "labels": typer.Option(
                "--labels/--no-labels",
                help="Names, figures and times beside the line.",
                show_default="labels on a terminal",
            ),
            "ascii_only": flag("--ascii", help="Draw with plain ASCII characters."),
            "like": typer.Option(
                "--like", metavar="spark", help="Scale as that tool does.", show_default="none"
            ),
        },
    ),
]


def _emphasized(drawing: Drawing, rules: list[str]) -> Drawing:
    from glomex_cli.charts.sparkline.options import parse_emphasis

    return drawing._replace(emphasis=tuple(map(parse_emphasis, rules)))
