"""What a report is asked for: the options that `report`, `sparkline` and `plot` share."""

from datetime import date
from typing import Annotated, NamedTuple

import typer

from glomex_cli.cli.context import Connection
from glomex_cli.cli.options import Bundle
from glomex_cli.models import Period, ReportKind
from glomex_cli.names import DEFAULT_DAYS, Word


class Range(NamedTuple):
    """The days to ask for, in one of three ways, and on whose behalf."""

    first: str | None = None
    last: str | None = None
    span: str | None = None
    named: Word | None = None
    kind: ReportKind | None = None

    def period(self, connection: Connection) -> Period:
        """Give the days on this machine's calendar, and tell them on a terminal."""
        period = self.period_on(connection.today)
        if connection.screen.is_terminal:
            connection.say(f"{period} ({period.days} days)")
        return period

    def period_on(self, today: date) -> Period:
        """Give the days as they are meant on that day; UsageError for what cannot be."""
        from glomex_cli.dates.choosing import resolve_period

        return resolve_period(
            first=self.first, last=self.last, span=self.span, named=self.named, today=today
        )


RangeOptions = Annotated[
    Range,
    Bundle(
        "Range",
        {
            "first": typer.Option(
                "--from",
                metavar="DAY",
                help="The first day: YYYY-MM-DD, today or yesterday.",
                show_default=f"{DEFAULT_DAYS} days before the end",
            ),
            "last": typer.Option(
                "--to",
                metavar="DAY",
                help="The last day, itself included.",
                show_default="yesterday",
            ),
            "span": typer.Option(
                "--last",
                metavar="SPAN",
                help="Whole days up to yesterday: 7d, 4w, 6m or 1y.",
                show_default=f"{DEFAULT_DAYS}d",
            ),
            "named": typer.Option(
                "--period",
                metavar="WORD",
                help="A range by its name: this- or last-week, -month or -year, mtd, ytd.",
                show_default="none",
            ),
            "kind": typer.Option(
                "--as", help="On whose behalf to ask.", show_default="as chosen at login"
            ),
        },
    ),
]
