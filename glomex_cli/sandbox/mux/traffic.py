"""When views happen: how many in each hour, which cells they are, and how loaded the network is.

An hour follows from its number alone, so the same range has the same figures tomorrow. Within
the hour views are spread evenly, and any two ranges that touch share no view.
"""

import math
from collections.abc import Iterator
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple

from glomex_cli.sandbox.mux.population import CELLS

MINUTE, HOUR, DAY = 60, 3600, 86_400
DATA_DAYS = 120
# A view is complete, and counted at its start, at most so long after that.
_COMPLETE_AFTER_S = HOUR
_VIEWS_PER_HOUR = 1200
_WEEKDAYS = (1.05, 0.9, 0.88, 0.93, 0.97, 1.1, 1.2)  # Thursday first, as 1970-01-01 was
_QUIET_HOURS = frozenset({2, 3, 4})  # in some nights nobody watches
_QUIET_SHARE = 0.1
_INCIDENT_SHARE = 0.012


class Segment(NamedTuple):
    """Views one after another: the cell of the first, how many, and the load in thousandths."""

    start: int
    length: int
    load: int


class _Hour(NamedTuple):
    views: int
    start: int
    load: int


class Clock(NamedTuple):
    """The moment of asking, and the first moment that is answered; epoch seconds."""

    now: int
    horizon: int

    def segments(self, first: int, end: int, *, engagement: bool) -> Iterator[Segment]:
        """Yield the views from `first` to before `end`, in epoch seconds, that are known now.

        With `engagement` views count at their start and only once complete, so the newest hour
        still grows; else at their end.
        """
        first, end = max(first, self.horizon), min(end, self.now)
        growing = self.now - _COMPLETE_AFTER_S if engagement else end
        for begin in range(first - first % HOUR, end, HOUR):
            low, high = max(first, begin), min(end, begin + HOUR)
            hour = _hour(begin // HOUR)
            if high > growing:
                yield from self._complete(hour, begin, low, high)
            elif hour.views:
                yield _segment(hour, _passed(hour, low - begin), _passed(hour, high - begin))

    def _complete(self, hour: _Hour, begin: int, low: int, high: int) -> Iterator[Segment]:
        """Yield the complete views of an hour, minute by minute."""
        for minute in range(low - low % MINUTE, high, MINUTE):
            first = _passed(hour, minute - begin)
            started = _passed(hour, minute + MINUTE - begin) - first
            age = min(max(self.now - minute - MINUTE, 0), _COMPLETE_AFTER_S)
            last = first + started * age // _COMPLETE_AFTER_S
            yield _segment(
                hour,
                max(first, _passed(hour, low - begin)),
                min(last, _passed(hour, high - begin)),
            )


def clock(now: float, *, retention_days: int) -> Clock:
    """Return the clock at `now` that answers so many days before today, at most 120."""
    today = int(now) // DAY * DAY
    return Clock(int(now), today - min(retention_days, DATA_DAYS) * DAY)


def _segment(hour: _Hour, first: int, last: int) -> Segment:
    return Segment((hour.start + first) % CELLS, max(0, last - first), hour.load)


def _passed(hour: _Hour, seconds: int) -> int:
    """Return how many of the hour's views have happened after so many seconds."""
    return hour.views * seconds // HOUR


@lru_cache(maxsize=2 * 24 * DATA_DAYS)
def _hour(number: int) -> _Hour:
    digest = blake2b(b"mux hour %d" % number, digest_size=8).digest()
    noise, quiet, incident, spread = (byte / 255 for byte in digest[:4])
    hour_of_day, day = number % 24, number // 24
    evening = math.exp(-(((hour_of_day - 19) / 5) ** 2)) + 0.3 * math.exp(
        -(((hour_of_day - 11) / 4) ** 2)
    )
    is_quiet = hour_of_day in _QUIET_HOURS and quiet < _QUIET_SHARE
    busy = (0.15 + 1.7 * evening) * _WEEKDAYS[day % 7] * (0.9 + 0.2 * noise)
    load = 0.9 + 0.25 * evening + 0.08 * spread + (0.35 if incident < _INCIDENT_SHARE else 0)
    views = 0 if is_quiet else int(_VIEWS_PER_HOUR * busy)
    return _Hour(views, int.from_bytes(digest[4:], "big") % CELLS, int(1000 * load))
