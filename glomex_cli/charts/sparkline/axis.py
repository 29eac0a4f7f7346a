"""The time axis below a sparkline: both ends always, round times between them where they fit."""

from __future__ import annotations

from bisect import bisect_right
from datetime import timedelta
from typing import TYPE_CHECKING

from glomex_cli.charts.ticks import LABEL_GAP, end_formats, is_midnight, round_times

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from glomex_cli.charts.sparkline.columns import Columns


def axis_lines(
    times: Sequence[datetime], columns: Columns, *, room: int, step_s: float
) -> list[str]:
    """Return the axis below the glyphs, at most `room` columns wide.

    One line, wider than the glyphs if both ends need it; two where not even that is enough.
    """
    width = len(columns.values)
    first, last = times[0], times[-1]
    formats = end_formats(times, is_daily=all(map(is_midnight, times)))
    if first == last:
        return [_label(first, formats, room)]
    for pattern in formats:
        start, end = first.strftime(pattern), last.strftime(pattern)
        if len(start) + LABEL_GAP + len(end) <= width:
            inner = _Inner(times, columns, timedelta(seconds=step_s))
            return [inner.between(start, end)]
    return _narrow(first, last, formats, room)


def _label(moment: datetime, formats: Sequence[str], room: int) -> str:
    texts = [moment.strftime(pattern) for pattern in formats]
    return next((text for text in texts if len(text) <= room), texts[-1][:room])


def _narrow(first: datetime, last: datetime, formats: Sequence[str], room: int) -> list[str]:
    """Format both ends side by side, wider than the glyphs, or below each other."""
    for pattern in formats:
        line = f"{first.strftime(pattern)}{' ' * LABEL_GAP}{last.strftime(pattern)}"
        if len(line) <= room:
            return [line]
    return [_label(first, formats, room), _label(last, formats, room)]


class _Inner:
    """Places the labels of round times between the two ends."""

    def __init__(self, times: Sequence[datetime], columns: Columns, step: timedelta) -> None:
        self._times = times
        self._columns = columns
        self._step = step

    def between(self, start: str, end: str) -> str:
        """Return the whole line: `start` at the left, `end` at the right, and what fits between."""
        width = len(self._columns.values)
        line = start
        for moment, text in round_times(self._times[0], self._times[-1], columns=width):
            column = self._column(moment)
            fits = len(line) + LABEL_GAP <= column < width - len(end) - LABEL_GAP - len(text) + 1
            if fits:
                line = line.ljust(column) + text
        return line.ljust(width - len(end)) + end

    def _column(self, moment: datetime) -> int:
        """Return the column of a time, -1 if it falls in an outage."""
        before = bisect_right(self._times, moment) - 1
        if moment - self._times[before] >= self._step:
            return -1
        return self._columns.column_of(before)
