"""What stands above the frame, and how many rows are left inside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from glomex_cli.charts.plot.chart import pen_of
from glomex_cli.charts.plot.legend import Entry, legend_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glomex_cli.charts.plot.parts import Canvas, Chart

_AXIS_ROWS: Final = 2
_LEAST_ROWS: Final = 2
_ROWS_WITH_TOP: Final = 4


class Layout(NamedTuple):
    """The rows of a canvas from the top down: `head`, the frame's top or none, `rows` inside."""

    head: list[str]
    has_top: bool
    rows: int


def layout_of(chart: Chart, canvas: Canvas, right: frozenset[int]) -> Layout:
    """Share out the height.

    Where it is short, first the top of the frame is left out, then the title: a chart of several
    lines can do without it, but not without its legend.
    """
    entries = list(_entries(chart, canvas, right))
    head = legend_rows(entries, canvas) if len(entries) > 1 else []
    free = canvas.height - _AXIS_ROWS - len(head)
    title = canvas.fitted(chart.title, canvas.width)
    if title and free > _LEAST_ROWS:
        head.insert(0, title)
        free -= 1
    has_top = free > _ROWS_WITH_TOP
    return Layout(head, has_top, free - has_top)


def _entries(chart: Chart, canvas: Canvas, right: frozenset[int]) -> Iterator[Entry]:
    for number, line in enumerate(chart.lines):
        side = " (right)" if number in right else ""
        yield Entry(pen_of(number, chart.kind, canvas, is_previous=False), line.name + side)
        if line.previous:
            name = "previous" if len(chart.lines) == 1 else f"{line.name}, previous"
            yield Entry(pen_of(number, chart.kind, canvas, is_previous=True), name)
