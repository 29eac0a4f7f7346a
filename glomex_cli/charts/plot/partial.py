"""Points that are not final, drawn faint: their bars, or the lines that join them to others."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from glomex_cli.charts.plot.chart import Pen
    from glomex_cli.charts.plot.plotext_canvas import Mark
    from glomex_cli.charts.plot.strokes import Drawn
    from glomex_cli.charts.plot.traces import TimeSpan, Trace


def fade_partial(
    marks: Sequence[Sequence[Mark]], drawn: Iterable[Drawn], span: TimeSpan
) -> list[list[Mark]]:
    """Return the marks with another ink, that of `with_faint_pens`, where points are not final."""
    columns = len(marks[0])
    faint = {one.pen.ink: set(_columns(one.trace, span, columns)) for one in drawn}
    return [
        [
            mark._replace(ink=~mark.ink)
            if mark.ink is not None and column in faint.get(mark.ink, ())
            else mark
            for column, mark in enumerate(row)
        ]
        for row in marks
    ]


def with_faint_pens(pens: Mapping[int, Pen]) -> dict[int, Pen]:
    """Return the pens by ink, and a faint one of each by the complement of its ink."""
    faint = {
        ~ink: pen._replace(code=f"2;{pen.code.removeprefix('2;')}" if pen.code else "")
        for ink, pen in pens.items()
    }
    return {**pens, **faint}


def _columns(trace: Trace, span: TimeSpan, columns: int) -> Iterator[int]:
    """Yield the columns of the partial points of a trace, and of what joins them to others."""
    if span.step:
        for moment in trace.partial:
            yield from range(*span.columns(moment, columns))
        return
    for before, after in pairwise(trace.times):
        begin, end = span.column(before, columns), span.column(after, columns)
        if after in trace.partial:
            yield from range(begin + (before not in trace.partial), end + 1)
        elif before in trace.partial:
            yield from range(begin, end)
