"""Labels of sparklines: names before the glyphs, figures after them, the time axis below.

No line is wider than asked. Figures give way before a value loses its column. The axis has both
ends always, and round times between them where they fit.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from glomex_cli.charts.sparkline.figures import Figures, aligned_figures
from glomex_cli.charts.sparkline.glyphs import baseline
from glomex_cli.charts.sparkline.lines import painted_rows
from glomex_cli.charts.ticks import LABEL_GAP, end_formats, is_midnight, round_times
from glomex_cli.terminal.sanitize import clean_for, display_width, fit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from glomex_cli.charts.series import Series, Summary
    from glomex_cli.charts.sparkline.columns import Columns, Grid
    from glomex_cli.charts.sparkline.lines import ReducedSeries
    from glomex_cli.charts.sparkline.options import SparklineOptions

_LEAST_COLUMNS = 8
# Where even so a column holds several values of no common time, figures leave it this part.
_LEAST_PART = 4
_NAME_PART = 3
# A name cut shorter than this tells nothing.
_LEAST_NAME = 3


class LabelLayout(NamedTuple):
    """The texts around the glyphs of each line, aligned, and the columns left for glyphs."""

    names: Sequence[str]
    figures: Sequence[Figures]
    columns: int

    @property
    def indent(self) -> int:
        """The number of columns before the first glyph."""
        return display_width(self.names[0]) if self.names else 0


def label_layout(
    series: Sequence[Series],
    summaries: Sequence[Summary | None],
    grids: Sequence[Grid],
    options: SparklineOptions,
) -> LabelLayout:
    """Return the labels, laid out so that no line is wider than asked.

    Where room is short figures and names give way to the glyphs.
    """
    names = _names(series, options)
    room = max(1, options.width - display_width(names[0]))
    least = max(_least_columns(grid, room, options.width) for grid in grids)
    figures = aligned_figures(series, summaries, room=room - least, color=options.color)
    return LabelLayout(names, figures, max(room - figures[0].width, 1))


def _least_columns(grid: Grid, room: int, width: int) -> int:
    """Return the columns that figures have to leave: those of whole times, or a part of the rest.

    Values without times, reduced anyway, are a picture as well in fewer columns.
    """
    columns = grid.columns(room)
    if columns >= grid.length or grid.share(room):
        return columns
    return min(columns, max(_LEAST_COLUMNS, width // _LEAST_PART))


def _names(series: Sequence[Series], options: SparklineOptions) -> list[str]:
    encoding, ellipsis = ("ascii", "~") if options.ascii_only else ("utf-8", "…")
    names = [clean_for(one.name, encoding) for one in series]
    longest = max(map(display_width, names))
    width = min(longest, options.width // _NAME_PART)
    if width < min(longest, _LEAST_NAME) or not width:
        return [""] * len(series)
    return [fit(name, width, ellipsis=ellipsis) + " " for name in names]


def labeled_lines(
    lines: Sequence[ReducedSeries], frame: LabelLayout, options: SparklineOptions
) -> Iterator[str]:
    """Yield the rows with their labels: beside the bottom row of each line, its times below."""
    width = max(len(line.columns.values) for line in lines)
    for number, rows in enumerate(painted_rows(lines, options)):
        line = lines[number]
        blanks = " " * (width - len(line.columns.values))
        for row, glyphs in enumerate(rows):
            if row != baseline(options):
                yield " " * frame.indent + glyphs
            elif frame.figures[number].text:
                yield frame.names[number] + glyphs + blanks + frame.figures[number].text.rstrip()
            else:
                yield frame.names[number] + glyphs
        if _ends_a_group(lines, number):
            yield from _axis(line, frame, options)


def _ends_a_group(lines: Sequence[ReducedSeries], number: int) -> bool:
    """Return whether the next line, if any, has other times: one axis serves equal ones."""
    return number + 1 == len(lines) or lines[number].series.times != lines[number + 1].series.times


def _axis(line: ReducedSeries, frame: LabelLayout, options: SparklineOptions) -> Iterator[str]:
    if line.series.times is None:
        return

    room = options.width - frame.indent
    axis = axis_lines(line.series.times, line.columns, room=room, step_s=line.grid.step_s)
    yield from (" " * frame.indent + text for text in axis)


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
