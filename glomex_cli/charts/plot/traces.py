"""The lines of a chart made ready to draw, and the columns of their times.

Times are in order, values are doubles, gaps are NaN. Points reach from edge to edge; a bar is as
wide as its bucket.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from math import floor, inf
from operator import itemgetter, sub
from typing import TYPE_CHECKING, NamedTuple

from glomex_cli.charts.series import floats, known_of
from glomex_cli.charts.ticks import is_midnight
from glomex_cli.metrics import UNKNOWN, MetricKind

if TYPE_CHECKING:
    from array import array
    from collections.abc import Collection, Iterator, Sequence

    from glomex_cli.charts.plot.layout import ChartLine, DataPoint

_NOTHING = timedelta()
_SHORTEST_MONTH, _LONGEST_MONTH = timedelta(days=27.5), timedelta(days=31.5)
_EXACT = 9  # digits: what is a whole column stays one after a division


class Trace(NamedTuple):
    """One line to draw, `line` being its number in the chart.

    `low` and `high` are its extremes, infinity and minus infinity where it holds only gaps.
    `partial` are the times of points that are not final.
    """

    line: int
    is_previous: bool
    times: Sequence[datetime]
    values: array[float]
    low: float
    high: float
    partial: frozenset[datetime] = frozenset()
    kind: MetricKind = UNKNOWN

    @property
    def is_known(self) -> bool:
        """Whether there is any value to draw."""
        return self.low <= self.high


def traces_of(lines: Sequence[ChartLine]) -> list[Trace]:
    """Return a trace for what has points: each line, followed by its previous period."""
    return [
        _trace(
            number, points, () if is_previous else line.partial, is_previous=is_previous
        )._replace(kind=line.kind)
        for number, line in enumerate(lines)
        for is_previous, points in enumerate((line.points, line.previous))
        if points
    ]


def trace_times(traces: Sequence[Trace]) -> Iterator[datetime]:
    """Return the times of all traces, one trace after the other."""
    return (moment for trace in traces for moment in trace.times)


def _trace(
    number: int, points: Sequence[DataPoint], partial: Collection[int], *, is_previous: int
) -> Trace:
    ordered = sorted(points, key=itemgetter(0))
    times = [moment for moment, _ in ordered]
    doubles = floats([value for _, value in ordered])
    known = known_of(doubles)
    return Trace(
        line=number,
        is_previous=bool(is_previous),
        times=_with_hours(times),
        values=doubles,
        low=min(known, default=inf),
        high=max(known, default=-inf),
        partial=frozenset(_with_hours([points[index][0] for index in partial])),
    )


def _with_hours(times: Sequence[date]) -> list[datetime]:
    midnight = time()
    return [
        moment if isinstance(moment, datetime) else datetime.combine(moment, midnight)
        for moment in times
    ]


class TimeSpan(NamedTuple):
    """The times across a chart. `step` is how long a bar lasts, zero for points.

    `is_daily` where all times are midnights, so that no time of day is worth a label. `points`
    is the number of points of the longest line.
    """

    first: datetime
    last: datetime
    step: timedelta
    is_daily: bool
    points: int = 1

    @property
    def bars(self) -> int:
        """The number of bars from the first to the last, gaps included; 0 for points."""
        return self._bar(self.last) + 1 if self.step else 0

    def _bar(self, moment: datetime) -> int:
        """Return which bar begins at a time. Months count as equal, whatever their days."""
        if _SHORTEST_MONTH < self.step < _LONGEST_MONTH:
            months = 12 * (moment.year - self.first.year) + moment.month - self.first.month
            return max(0, months)
        return round((moment - self.first) / self.step)

    def fitting(self, columns: int) -> int:
        """Return how many of the columns to use, so that bars are equally wide."""
        bars = self.bars
        return columns // bars * bars if 0 < bars <= columns else columns

    def fraction(self, moment: datetime) -> float:
        """Return how far across a time is, from 0 to 1; a bar begins there. A lone point: 0.5."""
        whole = self.last - self.first + self.step
        return (moment - self.first) / whole if whole else 0.5

    def dot(self, moment: datetime, dots: int) -> int:
        """Return the nearest of `dots` points from edge to edge, the first being 0."""
        return floor(0.5 + self.fraction(moment) * (dots - 1))

    def column(self, moment: datetime, columns: int) -> int:
        """Return the column of a point, or the middle column of a bar."""
        if not self.step:
            return self.dot(moment, 2 * columns) // 2
        begin, end = self.columns(moment, columns)
        return (begin + end - 1) // 2

    def columns(self, moment: datetime, columns: int) -> tuple[int, int]:
        """Return the first column of a bar and the one after its last; neighbors touch."""
        if each := columns // self.bars:
            first = min(each * self._bar(moment), columns - each)
            return first, first + each
        first = min(floor(round(columns * self.fraction(moment), _EXACT)), columns - 1)
        return first, first + 1


def time_span(traces: Sequence[Trace], *, of_bars: bool) -> TimeSpan:
    """Return the time from the first point to the last, gaps included.

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
        is_daily=all(map(is_midnight, trace_times(traces))),
        points=max(len(trace.times) for trace in traces),
    )
