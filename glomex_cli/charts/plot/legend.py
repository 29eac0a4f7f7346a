"""The legend: a sample of each line and its name, in as many rows as there is height for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from glomex_cli.terminal.sanitize import display_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from glomex_cli.charts.plot.chart import Pen
    from glomex_cli.charts.plot.parts import Canvas

_SAMPLE: Final = 3  # columns, with the blank behind it
_BETWEEN: Final = 2
_SHORTEST: Final = 3
_ROWS_EACH: Final = 6


class Entry(NamedTuple):
    """A line's pen and what it is called."""

    pen: Pen
    name: str


def legend_rows(entries: Sequence[Entry], canvas: Canvas) -> list[str]:
    """Give the legend within the canvas, using at most a sixth of its height.

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
