"""The options that sparkline and plot share: what is drawn, and on which scale."""

from typing import Annotated, NamedTuple

import typer

from glomex_cli.cli.options import IdsOption, Section, flag, seconds_option
from glomex_cli.errors import UsageError
from glomex_cli.models import Bucket

DEFAULT_TOP = 5


class PictureSource(NamedTuple):
    """Which numbers to draw, and how often; None where nothing was asked for."""

    dimension: Annotated[
        Bucket | None,
        typer.Option(
            "--dimension",
            "-d",
            help="The time bucket of a column, or of a point.",
            show_default="day; finer for hours and minutes",
        ),
    ] = None
    by: Annotated[
        str | None,
        typer.Option(
            "--by",
            metavar="DIM",
            help="Draw the first metric once for each video or channel.",
            show_default="none",
        ),
    ] = None
    top: Annotated[
        int | None,
        typer.Option(
            "--top",
            metavar="N",
            min=1,
            max=1000,
            help="With --by, how many lines, largest first.",
            show_default=str(DEFAULT_TOP),
        ),
    ] = None
    ids: IdsOption = False
    field: Annotated[
        str | None,
        typer.Option(
            "--field",
            metavar="NAME",
            help="What to draw of rows on stdin: a name, or an index from 0.",
            show_default="every number, or the one after the time",
        ),
    ] = None
    skip_bad: Annotated[
        bool, flag("--skip-bad", help="Leave a gap for what is no number on stdin.")
    ] = False
    watch: Annotated[
        float | None,
        typer.Option(
            "--watch",
            metavar="SECONDS",
            parser=seconds_option("--watch", least=1),
            help="Ask the service again and redraw, today included, until Ctrl-C.",
            show_default="once",
        ),
    ] = None
    fail_empty: Annotated[
        bool, flag("--fail-empty", help="End with exit code 3 when there is no number.")
    ] = False


class Scaling(NamedTuple):
    """The ends of the scale, and the characters to draw with."""

    low: Annotated[
        float | None,
        typer.Option("--min", help="The lowest value drawn.", show_default="the smallest"),
    ] = None
    high: Annotated[
        float | None,
        typer.Option("--max", help="The highest value drawn.", show_default="the largest"),
    ] = None
    zero: Annotated[bool, flag("--zero", help="Begin the scale at zero.")] = False
    ascii_only: Annotated[bool, flag("--ascii", help="Draw with plain ASCII characters.")] = False

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
