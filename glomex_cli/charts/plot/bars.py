"""Bars as strokes: side by side where there are enough columns, else the lower one in front."""

from __future__ import annotations

from collections import defaultdict
from math import isnan
from typing import TYPE_CHECKING, TypeAlias

from glomex_cli.charts.plot.strokes import DOTS_ACROSS, Area, Dot, Drawn, Stroke, sliced
from glomex_cli.charts.series import known_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from glomex_cli.charts.plot.traces import TimeSpan, Trace

# The smallest and the largest value in a column.
_Ends: TypeAlias = tuple[float, float]


def bar_strokes(bars: Sequence[Drawn], span: TimeSpan, area: Area) -> list[Stroke]:
    """Return bars from zero to each value; a gap has none, a zero is a mark at the bottom.

    A column with several values shows the smallest and the largest of them.
    """
    layers: dict[tuple[int, int], list[Dot]] = defaultdict(list)
    columns = [_columns(bars, number, span, area) for number in range(len(bars))]
    for column in range(area.columns):
        tops = {
            number: _heights(bars[number], ends[column], area)
            for number, ends in enumerate(columns)
            if column in ends
        }
        feet = {number: area.height(bars[number].scale, 0) for number in tops}
        tallest = sorted(tops, key=lambda number: -max(abs(y - feet[number]) for y in tops[number]))
        for layer, number in enumerate(tallest):
            layers[layer, number] += _cell_dots(column, tops[number])
    return [
        Stroke(bars[number].pen, dots, area.height(bars[number].scale, 0))
        for (_, number), dots in sorted(layers.items())
    ]


def _heights(bar: Drawn, ends: _Ends, area: Area) -> set[int]:
    return {area.height(bar.scale, value) for value in ends}


def _cell_dots(column: int, heights: set[int]) -> list[Dot]:
    first = DOTS_ACROSS * column
    return [(x, y) for x in range(first, first + DOTS_ACROSS) for y in sorted(heights)]


def _columns(bars: Sequence[Drawn], number: int, span: TimeSpan, area: Area) -> dict[int, _Ends]:
    """Return the smallest and the largest value of the bar in each of its columns."""
    trace = bars[number].trace
    room = area.columns // span.bars
    if not room:
        return dict(_crowded(trace, span, area))
    is_beside = room >= len(bars)
    ends: dict[int, _Ends] = {}
    for moment, value in zip(trace.times, trace.values, strict=True):
        begin, end = span.columns(moment, area.columns)
        if is_beside:
            begin, end = _share(begin, end, number, len(bars))
        if not isnan(value):
            ends.update(dict.fromkeys(range(begin, end), (value, value)))
    return ends


def _share(begin: int, end: int, number: int, count: int) -> tuple[int, int]:
    """Return the columns of one of several bars in a bucket; one stays blank if there is room."""
    width = end - begin
    each = max(1, (width - (width > count)) // count)
    return begin + number * each, begin + (number + 1) * each


def _crowded(trace: Trace, span: TimeSpan, area: Area) -> Iterator[tuple[int, _Ends]]:
    edges = [column / area.columns for column in range(area.columns + 1)]
    for column, part in enumerate(sliced(trace, span, edges)):
        known = known_of(part)
        if known:
            yield column, (min(known), max(known))
