"""The commands put to each variant: what is typed, and which figures must come of it."""

from collections.abc import Mapping
from datetime import date
from typing import Literal, NamedTuple

from glomex_cli.sandbox.sessions import Right
from support.servers.sandbox_client import NOON

_FORTNIGHT = (date(2026, 11, 9), date(2026, 11, 22))  # the default: up to the day before NOON
_NEW_YEAR = (date(2025, 12, 15), date(2026, 1, 11))
_WINTER = (date(2025, 11, 1), date(2026, 2, 28))
_QUARTER = (date(2025, 10, 1), date(2025, 12, 31))
assert _FORTNIGHT[1] < NOON.date()


class Command(NamedTuple):
    """What is typed after `glomex`, and the report behind it."""

    argv: tuple[str, ...]
    dimensions: tuple[str, ...]
    first: date
    last: date
    right: Right = Right.CONTENT_OWNER
    shows: Literal["rows", "total", "sparkline", "plot"] = "rows"

    @property
    def typed(self) -> tuple[str, ...]:
        """The whole line; the default range is not typed."""
        if (self.first, self.last) == _FORTNIGHT:
            return self.argv
        return (*self.argv, "--from", str(self.first), "--to", str(self.last))


def _publisher(command: Command) -> Command:
    argv = (*command.argv, "--as", "publisher")
    return command._replace(argv=argv, right=Right.PUBLISHER)


_WEEK = Command(("report", "-d", "week", "-f", "json"), ("week",), *_NEW_YEAR)
_DAY = Command(("report", "-f", "json"), ("day",), *_FORTNIGHT)
_SPARK = ("sparkline", "video_views")
COMMANDS: Mapping[str, Command] = {
    "day": _DAY,
    "video": Command(("report", "-d", "video", "-f", "json"), ("video",), *_FORTNIGHT),
    "channel": Command(("report", "-d", "channel", "-f", "json"), ("channel",), *_FORTNIGHT),
    "week": _WEEK,
    "month": Command(("report", "-d", "month", "-f", "json"), ("month",), *_WINTER),
    "quarter": Command(("report", "-f", "json"), ("day",), *_QUARTER),
    "total": Command(("report", "--total", "-f", "markdown"), ("day",), *_FORTNIGHT, shows="total"),
    "sparkline": Command((*_SPARK, "-d", "week"), ("week",), *_NEW_YEAR, shows="sparkline"),
    "sparkline-day": Command(_SPARK, ("day",), *_FORTNIGHT, shows="sparkline"),
    "plot": Command(("plot", "video_views", "-d", "month"), ("month",), *_WINTER, shows="plot"),
    "publisher": _publisher(_DAY),
    "publisher-week": _publisher(_WEEK),
    "hurried": _DAY._replace(argv=("report", "-f", "json", "--timeout", "2.4")),
}
SEQUENCES: Mapping[str, tuple[str, ...]] = {
    "both-weeks": ("week", "publisher-week"),
    "both-weeks-publisher-first": ("publisher-week", "week"),
}
