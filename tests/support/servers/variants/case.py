"""One line of the matrix: a variant, the commands put to it, and what may come instead."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from glomex_cli.sandbox.variants.variant import Variant

REPORTS = (
    "day", "video", "channel", "week", "month", "quarter", "total", "sparkline", "plot",
    "schema", "query", "publisher", "publisher-week",
)  # fmt: skip
BY_BUCKET = ("week", "month", "sparkline", "plot", "publisher-week")
BY_DAY = ("day", "quarter", "total", "sparkline-day", "publisher")
BY_LABEL = ("day", "video", "channel", "schema")
SIGN_INS = ("login", "login-mfa", "login-wrong", "ended", "renewal")
ENDS = ("ended", "renewal")

KINDS: Mapping[int, str] = {
    1: "a failure teaches nothing",
    2: "buckets in other forms",
    3: "the day more that was asked for",
    4: "pages",
    5: "`to` read by each report in its own way",
    6: "labels that are objects or have other names",
    7: "the schema writes the question",
    8: "errors of validation in other words",
    9: "the end of a session in other words",
    10: "sign-ins of other shapes",
    11: "rate limits by code",
    12: "rows that do not belong to the question",
    13: "days as moments",
    14: "HTTP of other manners",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A variant under test.

    A command gives exact figures and exit 0, or ends with a code of `instead`, by its name or
    `*`. In `lossy` are the commands for which exit 0 without a word on stderr is wrong, since
    the service keeps rows back. What comes instead has to say `words`, a pattern. A command
    runs once more for each of `faults`, and the last run must be exact.
    """

    kind: int
    variant: Variant
    commands: tuple[str, ...] = REPORTS
    instead: Mapping[str, tuple[int, ...]] = field(default_factory=dict[str, tuple[int, ...]])
    lossy: tuple[str, ...] = ()
    words: str = ""
    faults: int = 0

    def allowed(self, command: str) -> tuple[int, ...]:
        """Return the codes that may come instead of exact figures."""
        return self.instead.get(command, self.instead.get("*", ()))
