"""The range of a request, its rounding, and its buckets. All times are epoch seconds, in UTC."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from glomex_cli.sandbox.mux.errors import invalid
from glomex_cli.sandbox.mux.traffic import DAY, HOUR, MINUTE

GRANULARITIES = {"minute": MINUTE, "ten_minutes": 10 * MINUTE, "hour": HOUR, "day": DAY}
_UNITS = {"minutes": MINUTE, "hours": HOUR, "days": DAY}
_DEFAULT = ("24:hours",)
_DURATION = re.compile(r"([1-9][0-9]{0,5}):([a-z]+)", re.ASCII)
_EPOCH = re.compile(r"[0-9]{1,10}", re.ASCII)
_MOST_BUCKETS = 10_000
# Up to which length a granularity is the default, and rounds the range of a single figure.
_LONGEST = (
    ("minute", 90 * MINUTE - 1),
    ("ten_minutes", 6 * HOUR),
    ("hour", 15 * DAY),
)


class Timeframe(NamedTuple):
    """A range of epoch seconds: `end` is the first second after it."""

    first: int
    end: int

    @property
    def granularity(self) -> str:
        """Return the granularity that suits its length.

        >>> Timeframe(0, 24 * 3600).granularity
        'hour'
        """
        length = self.end - self.first
        return next((name for name, longest in _LONGEST if length <= longest), "day")

    def outward(self) -> "Timeframe":
        """Return the range rounded to its granularity, start down and end up.

        >>> Timeframe(3700, 24 * 3600 + 3700).outward()
        Timeframe(first=3600, end=93600)
        """
        step = GRANULARITIES[self.granularity]
        return Timeframe(self.first // step * step, -(-self.end // step) * step)

    def buckets(self, granularity: str) -> "list[tuple[str, Timeframe]]":
        """Return the buckets, each with its start as text; the first and last may be cut."""
        step = GRANULARITIES[granularity]
        starts = range(self.first // step * step, self.end, step)
        if len(starts) > _MOST_BUCKETS:
            raise invalid("the timeframe is too long for this group_by")
        return [(_text(start), self._cut(start, start + step)) for start in starts]

    def _cut(self, first: int, end: int) -> "Timeframe":
        return Timeframe(max(self.first, first), min(self.end, end))


def read_timeframe(values: Sequence[str], now: int) -> Timeframe:
    """Read `timeframe[]`: two epochs, or one duration such as `24:hours` that ends now.

    Raises RefusedError for anything else.

    >>> read_timeframe(["2:hours"], 10_000)
    Timeframe(first=2800, end=10000)
    """
    match values or _DEFAULT:
        case [duration]:
            return Timeframe(now - _seconds(duration), now)
        case [first, end] if _EPOCH.fullmatch(first) and _EPOCH.fullmatch(end):
            if int(first) >= int(end):
                raise invalid("timeframe must begin before it ends")
            return Timeframe(int(first), int(end))
        case _:
            raise invalid("timeframe must be two epoch timestamps or one duration")


def _seconds(duration: str) -> int:
    found = _DURATION.fullmatch(duration)
    if found is None or found[2] not in _UNITS:
        raise invalid("a duration must be a number and hours, days or minutes, as in 24:hours")
    return int(found[1]) * _UNITS[found[2]]


def _text(epoch: int) -> str:
    return datetime.fromtimestamp(epoch, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
