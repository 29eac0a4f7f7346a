"""The layout of a chart from the top down: title, legend, frame, and the rows left inside it.

The legend shows a sample of each line and its name, in as many rows as there is height for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from glomex_cli.charts.plot.chart import pen_of
from glomex_cli.terminal.sanitize import display_width

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from glomex_cli.charts.plot.chart import Chart, ChartCanvas, Pen

_SAMPLE: Final = 3  # columns, with the blank behind it
_BETWEEN: Final = 2
_SHORTEST: Final = 3
_ROWS_EACH: Final = 6
_AXIS_ROWS: Final = 2
_LEAST_ROWS: Final = 2
_ROWS_WITH_TOP: Final = 4


class Entry(NamedTuple):
    """A line's pen and name in the legend."""

    pen: Pen
    name: str


def legend_rows(entries: Sequence[Entry], canvas: ChartCanvas) -> list[str]:
    """Return the legend within the canvas, using at most a sixth of its height.

    Names are cut as little as possible; what does not fit even so is left out.
    """
    most = max(1, canvas.height // _ROWS_EACH)
    rows: list[str] = []
    for longest in range(canvas.width - _SAMPLE, _SHORTEST - 1, -1):
        names = [canvas.fitted(entry.name, longest) for entry in entries]
        rows = _wrapped(entries, names, canvas.width)
        if len(rows) <= most:
            break
    return rows[:most]


def _wrapped(entries: Sequence[Entry], names: Sequence[str], width: int) -> list[str]:
    rows: list[str] = []
    used = width
    for entry, name in zip(entries, names, strict=True):
        needed = _SAMPLE + display_width(name)
        text = f"{entry.pen.sample} {name}"
        if used + _BETWEEN + needed > width:
            rows.append(text)
            used = needed
        else:
            rows[-1] += " " * _BETWEEN + text
            used += _BETWEEN + needed
    return rows


class Layout(NamedTuple):
    """The rows of a canvas from the top down: `head`, the frame's top or none, `rows` inside."""

    head: list[str]
    has_top: bool
    rows: int


def layout_of(chart: Chart, canvas: ChartCanvas, right: frozenset[int]) -> Layout:
    """Return how the height is shared out.

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


def _entries(chart: Chart, canvas: ChartCanvas, right: frozenset[int]) -> Iterator[Entry]:
    for number, line in enumerate(chart.lines):
        side = " (right)" if number in right else ""
        yield Entry(pen_of(number, chart.kind, canvas, is_previous=False), line.name + side)
        if line.previous:
            name = "previous" if len(chart.lines) == 1 else f"{line.name}, previous"
            yield Entry(pen_of(number, chart.kind, canvas, is_previous=True), name)
