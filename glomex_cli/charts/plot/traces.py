"""The lines of a chart made ready to draw: times in order, values as doubles, gaps as NaN."""

from __future__ import annotations

from datetime import date, datetime, time
from math import inf
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from glomex_cli.charts.series import floats, known_of

if TYPE_CHECKING:
    from array import array
    from collections.abc import Iterator, Sequence

    from glomex_cli.charts.plot.parts import Line, Point


class Trace(NamedTuple):
    """One line to draw, `line` being its number in the chart.

    `low` and `high` are its extremes, infinite the wrong way round where it holds gaps only.
    """

    line: int
    is_previous: bool
    times: Sequence[datetime]
    values: array[float]
    low: float
    high: float

    @property
    def is_known(self) -> bool:
        """Say whether there is any value to draw."""
        return self.low <= self.high


def traces_of(lines: Sequence[Line]) -> list[Trace]:
    """Give what has points at all: each line, followed by its previous period."""
    return [
        _trace(number, points, is_previous=is_previous)
        for number, line in enumerate(lines)
        for is_previous, points in enumerate((line.points, line.previous))
        if points
    ]


def moments(traces: Sequence[Trace]) -> Iterator[datetime]:
    """Give the times of all traces, one trace after the other."""
    return (moment for trace in traces for moment in trace.times)


def _trace(number: int, points: Sequence[Point], *, is_previous: int) -> Trace:
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
    )


def _with_hours(times: Sequence[date]) -> list[datetime]:
    midnight = time()
    return [
        moment if isinstance(moment, datetime) else datetime.combine(moment, midnight)
        for moment in times
    ]
