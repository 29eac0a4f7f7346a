"""From times to columns: points from edge to edge, or bars that are as wide as their bucket."""

from __future__ import annotations

from datetime import datetime, timedelta
from math import floor
from operator import sub
from typing import TYPE_CHECKING, NamedTuple

from glomex_cli.charts.plot.traces import moments

if TYPE_CHECKING:
    from collections.abc import Sequence

    from glomex_cli.charts.plot.traces import Trace

_NOTHING = timedelta()
_EXACT = 9  # digits: what is a whole column stays one after a division


class TimeSpan(NamedTuple):
    """The times across a chart. `step` is how long a bar lasts, zero for points.

    `is_daily` where all times are midnights, so that no time of day is worth a label.
    """

    first: datetime
    last: datetime
    step: timedelta
    is_daily: bool

    @property
    def step_share(self) -> float:
        """Give the part of the width that one bar has."""
        return self.step / (self.last - self.first + self.step) if self.step else 0.0

    def fraction(self, moment: datetime) -> float:
        """Say how far across a time is, from 0 to 1; a bar begins there. A lone point: 0.5."""
        whole = self.last - self.first + self.step
        return (moment - self.first) / whole if whole else 0.5

    def dot(self, moment: datetime, dots: int) -> int:
        """Give the nearest of `dots` points from edge to edge, the first being 0."""
        return floor(0.5 + self.fraction(moment) * (dots - 1))

    def column(self, moment: datetime, columns: int) -> int:
        """Give the column of a point, or the middle column of a bar."""
        if not self.step:
            return self.dot(moment, 2 * columns) // 2
        begin, end = self.columns(moment, columns)
        return (begin + end - 1) // 2

    def columns(self, moment: datetime, columns: int) -> tuple[int, int]:
        """Give the first column of a bar and the one after its last; bars side by side touch."""
        begin = self.fraction(moment)
        ends = (floor(round(columns * at, _EXACT)) for at in (begin, begin + self.step_share))
        first, end = ends
        first = min(first, columns - 1)
        return first, max(first + 1, min(end, columns))


def time_span(traces: Sequence[Trace], *, of_bars: bool) -> TimeSpan:
    """Give the time from the first point to the last, gaps included.

    A bar lasts as long as the shortest time between two points of a line.
    """
    step = _NOTHING
    if of_bars:
        steps = (step for trace in traces for step in map(sub, trace.times[1:], trace.times))
        step = min(filter(None, steps), default=timedelta(days=1))
    return TimeSpan(
        first=min(trace.times[0] for trace in traces),
        last=max(trace.times[-1] for trace in traces),
        step=step,
        is_daily=all(map(is_midnight, moments(traces))),
    )


def is_midnight(moment: datetime) -> bool:
    """Say whether a time is the beginning of a day."""
    return not (moment.hour or moment.minute or moment.second or moment.microsecond)
