"""What a report is asked for: the options that `report`, `sparkline` and `plot` share."""

from dataclasses import dataclass
from typing import Annotated

import typer

from glomex_cli.connection import Connection
from glomex_cli.models import Period, ReportKind
from glomex_cli.periods.choosing import DEFAULT_DAYS, resolve_period
from glomex_cli.periods.words import Word


@dataclass(frozen=True, slots=True)
class RangeOptions:
    """The days to ask for, in one of three ways, and on whose behalf."""

    first: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="DAY",
            help="The first day: YYYY-MM-DD, today or yesterday.",
            show_default=f"{DEFAULT_DAYS} days before the end",
        ),
    ] = None
    last: Annotated[
        str | None,
        typer.Option(
            "--to",
            metavar="DAY",
            help="The last day, itself included.",
            show_default="yesterday",
        ),
    ] = None
    span: Annotated[
        str | None,
        typer.Option(
            "--last",
            metavar="SPAN",
            help="Whole days up to yesterday: 7d, 4w, 6m or 1y.",
            show_default=f"{DEFAULT_DAYS}d",
        ),
    ] = None
    named: Annotated[
        Word | None,
        typer.Option("--period", help="A range by its name.", show_default="none"),
    ] = None
    kind: Annotated[
        ReportKind | None,
        typer.Option("--as", help="On whose behalf to ask.", show_default="as chosen at login"),
    ] = None

    def period(self, connection: Connection) -> Period:
        """Give the days on this machine's calendar, and tell them on a terminal."""
        period = resolve_period(
            first=self.first,
            last=self.last,
            span=self.span,
            named=self.named,
            today=connection.today,
        )
        if connection.screen.is_terminal:
            connection.say(f"{period} ({period.days} days)")
        return period
