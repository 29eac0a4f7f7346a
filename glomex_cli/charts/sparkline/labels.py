"""Labels of sparklines: names before the glyphs, figures after them, times below.

Figures are the last value, minimum, maximum, and the change since the first. No line is wider
than asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from glomex_cli.charts.sparkline.glyphs import baseline
from glomex_cli.charts.sparkline.lines import painted_rows
from glomex_cli.charts.ticks import short_change, short_number
from glomex_cli.terminal.sanitize import clean_for, display_width, fit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from glomex_cli.charts.series import Series, Summary
    from glomex_cli.charts.sparkline.lines import ReducedSeries
    from glomex_cli.charts.sparkline.options import SparklineOptions

BETWEEN = "  "
_LEAST_COLUMNS = 8
# Names and figures give way until the glyphs have at least this part of the width.
_LEAST_PART = 4
_NAME_PART = 3
# A name cut shorter than this tells nothing.
_LEAST_NAME = 3


def aligned_figures(summaries: Sequence[Summary | None], *, room: int) -> list[str]:
    """Return one text for each line, all equally wide; with the gap before they fit in `room`.

    Where room is short the last figures go first.
    """
    rows = [_parts(summary) for summary in summaries]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    kept = len(widths)
    while kept and sum(widths[:kept]) + len(BETWEEN) * kept > room:
        kept -= 1
    padded = [
        [part.ljust(width) for part, width in zip(row[:kept], widths, strict=False)] for row in rows
    ]
    return [BETWEEN.join(row) for row in padded]


def figures_of(summary: Summary | None) -> str:
    """Return the figures of a line that moves: no change, as its first value scrolls away."""
    return BETWEEN + BETWEEN.join(filter(None, _parts(summary)[:3]))


def _parts(summary: Summary | None) -> list[str]:
    if summary is None:
        return ["no values", "", "", ""]
    return [
        f"last {short_number(summary.last)}",
        f"min {short_number(summary.low)}",
        f"max {short_number(summary.high)}",
        short_change(summary.first, summary.last),
    ]


class LabelLayout(NamedTuple):
    """The texts around the glyphs of each line, aligned, and the columns left for glyphs."""

    names: Sequence[str]
    figures: Sequence[str]
    columns: int

    @property
    def indent(self) -> int:
        """The number of columns before the first glyph."""
        return display_width(self.names[0]) if self.names else 0


def label_layout(
    series: Sequence[Series],
    summaries: Sequence[Summary | None],
    options: SparklineOptions,
    *,
    needed: int,
) -> LabelLayout:
    """Return the labels, laid out so that no line is wider than asked.

    Where room is short the figures go, the last first, and names are cut. `needed` is how many
    columns the longest line would take.
    """
    names = _names(series, options)
    room = options.width - display_width(names[0])
    least = min(needed, max(_LEAST_COLUMNS, options.width // _LEAST_PART))
    figures = aligned_figures(summaries, room=room - least)
    taken = len(figures[0]) + len(BETWEEN) if figures[0] else 0
    return LabelLayout(names, figures, max(room - taken, 1))


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
        blanks = " " * (width - len(line.columns.values)) + BETWEEN
        for row, glyphs in enumerate(rows):
            if row != baseline(options):
                yield " " * frame.indent + glyphs
            elif frame.figures[number]:
                yield frame.names[number] + glyphs + blanks + frame.figures[number].rstrip()
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
