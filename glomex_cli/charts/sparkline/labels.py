"""Labels of sparklines: names before the glyphs, figures after them, times below.

No line is wider than asked. Figures give way before a value loses its column.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from glomex_cli.charts.sparkline.figures import Figures, aligned_figures
from glomex_cli.charts.sparkline.glyphs import baseline
from glomex_cli.charts.sparkline.lines import painted_rows
from glomex_cli.terminal.sanitize import clean_for, display_width, fit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from glomex_cli.charts.series import Series, Summary
    from glomex_cli.charts.sparkline.columns import Grid
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
    from glomex_cli.charts.sparkline.axis import axis_lines

    room = options.width - frame.indent
    axis = axis_lines(line.series.times, line.columns, room=room, step_s=line.grid.step_s)
    yield from (" " * frame.indent + text for text in axis)
