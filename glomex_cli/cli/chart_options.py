"""The options that sparkline and plot share: what is drawn, and on which scale."""

from typing import Annotated, NamedTuple

import typer

from glomex_cli.charts.sparkline.options import SparklineOptions
from glomex_cli.cli.options import IdsOption, Section, flag, seconds_option
from glomex_cli.errors import UsageError
from glomex_cli.metrics import Agg
from glomex_cli.models import Bucket
from glomex_cli.terminal.screen import Screen

DEFAULT_TOP = 5


class PictureSource(NamedTuple):
    """Which numbers to draw, and how often; None where nothing was asked for."""

    dimension: Annotated[
        Bucket | None,
        typer.Option(
            "--dimension",
            "-d",
            metavar="BUCKET",
            help="Time bucket: minute, ten_minutes, hour, day, week or month.",
            show_default="day; smaller for hours",
        ),
    ] = None
    by: Annotated[
        str | None,
        typer.Option(
            "--by", metavar="DIM", help="Draw the first metric once per video or channel."
        ),
    ] = None
    top: Annotated[
        int | None,
        typer.Option(
            "--top",
            metavar="N",
            min=1,
            max=1000,
            help="With --by: number of lines, largest first.",
            show_default=str(DEFAULT_TOP),
        ),
    ] = None
    ids: IdsOption = False
    field: Annotated[
        str | None,
        typer.Option(
            "--field",
            metavar="NAME",
            help="Field to draw from rows on stdin: a name, or an index from 0.",
            show_default="all numbers, or the one after the time",
        ),
    ] = None
    skip_bad: Annotated[
        bool, flag("--skip-bad", help="Draw a gap for input that is not a number.")
    ] = False
    watch: Annotated[
        float | None,
        typer.Option(
            "--watch",
            metavar="SECONDS",
            parser=seconds_option("--watch", least=1),
            help="Refresh every few seconds, today included, until Ctrl-C.",
        ),
    ] = None
    fail_empty: Annotated[
        bool, flag("--fail-empty", help="Exit with code 3 if there are no numbers.")
    ] = False


class Scaling(NamedTuple):
    """The ends of the scale, and the characters to draw with."""

    low: Annotated[
        float | None,
        typer.Option(
            "--min",
            metavar="NUMBER",
            help="Lowest value of the scale.",
            show_default="smallest value",
        ),
    ] = None
    high: Annotated[
        float | None,
        typer.Option(
            "--max",
            metavar="NUMBER",
            help="Highest value of the scale.",
            show_default="largest value",
        ),
    ] = None
    zero: Annotated[bool, flag("--zero", help="Start the scale at zero.")] = False
    ascii_only: Annotated[bool, flag("--ascii", help="Draw with ASCII characters only.")] = False

    def check(self) -> None:
        """Raise UsageError for an end of the scale that leaves no room for the zero asked for."""
        for option, value, is_beyond in (
            ("--min", self.low, (self.low or 0) > 0),
            ("--max", self.high, (self.high or 0) < 0),
        ):
            if self.zero and is_beyond:
                raise UsageError(f"--zero cannot be used with {option} {value:g}", "leave one out")


SourceOptions = Annotated[PictureSource, Section("Options")]
ScaleOptions = Annotated[Scaling, Section("Look")]


class Look(NamedTuple):
    """The choices a person has about a line; None where the output or the values decide."""

    width: Annotated[
        int | None,
        typer.Option(
            "--width",
            metavar="COLUMNS",
            min=1,
            max=100_000,
            help="Maximum width in columns.",
            show_default="terminal size",
        ),
    ] = None
    height: Annotated[
        int, typer.Option("--height", metavar="ROWS", min=1, max=400, help="Height in rows.")
    ] = 1
    shared: Annotated[bool, flag("--shared", help="Use one scale for all lines.")] = False
    split: Annotated[bool, flag("--split", help="Draw upward and downward from zero.")] = False
    agg: Annotated[
        Agg | None,
        typer.Option(
            "--agg",
            metavar="FUNCTION",
            help="Combine values that share a column: mean, sum, min, max, last, median.",
            show_default="by kind of metric",
        ),
    ] = None
    gap_char: Annotated[
        str,
        typer.Option(
            "--gap-char", metavar="CHAR", help="Character for missing values.", show_default="space"
        ),
    ] = " "
    emphasize: Annotated[
        list[str] | None,
        typer.Option(
            "--emphasize",
            metavar="RULE",
            help="Color values by a rule, such as red:gt:5 or red:[1:3]; repeatable.",
        ),
    ] = None
    labels: Annotated[
        bool | None,
        typer.Option(
            "--labels/--no-labels",
            help="Show names, figures and times beside the line.",
            show_default="on a terminal",
        ),
    ] = None
    like: Annotated[
        str | None,
        typer.Option("--like", metavar="spark", help="Scale as the tool spark does."),
    ] = None

    def drawing(self, screen: Screen, scale: Scaling) -> SparklineOptions:
        """Return the drawing for a screen; UsageError for what cannot be drawn."""
        if self.like not in {None, "spark"}:
            raise UsageError(f"--like {self.like!r} is not known", "type --like spark")
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
