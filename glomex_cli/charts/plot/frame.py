"""The frame around the marks, with the axes on it. Text only; all colour comes from pens."""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from glomex_cli.charts.plot.chart import Pen
    from glomex_cli.charts.plot.plotext_canvas import Mark
    from glomex_cli.charts.plot.time_axis import TimeAxis

_TO_ASCII: Final = str.maketrans("─│┌┐└┘┤├┬", "-|+++++++")


class Frame(NamedTuple):
    """What stands beside the area: labels by row, the lowest being 0. ASCII unless `unicode`."""

    left: Mapping[int, str]
    right: Mapping[int, str]
    has_top: bool
    unicode: bool

    @property
    def left_width(self) -> int:
        """Give the columns left of the area, its border included."""
        return _width(self.left) + 1

    @property
    def sides_width(self) -> int:
        """Give the columns on both sides of the area."""
        return self.left_width + 1 + _width(self.right)


def framed(
    marks: Sequence[Sequence[Mark]], frame: Frame, axis: TimeAxis, pens: Mapping[int, Pen]
) -> list[str]:
    """Give the lines of the area with its frame and, below it, the times."""
    indent = " " * _width(frame.left)
    columns = range(len(marks[0]))
    lines = [f"{indent}┌{'─' * len(columns)}┐"] if frame.has_top else []
    for row, cells in zip(reversed(range(len(marks))), marks, strict=True):
        label = frame.left.get(row, "").rjust(len(indent))
        lines.append(f"{label}{'┤' if row in frame.left else '│'}{_painted(cells, pens)}")
        lines[-1] += f"├{frame.right[row]}" if row in frame.right else "│"
    ticks = "".join("┬" if column in axis.marks else "─" for column in columns)
    lines += [f"{indent}└{ticks}┘", axis.text]
    return lines if frame.unicode else [line.translate(_TO_ASCII) for line in lines]


def _width(labels: Mapping[int, str]) -> int:
    return max(map(len, labels.values()), default=0)


def _painted(cells: Sequence[Mark], pens: Mapping[int, Pen]) -> str:
    runs = groupby(cells, key=attrgetter("ink"))
    return "".join(_run("".join(mark.glyph for mark in run), pens.get(ink)) for ink, run in runs)


def _run(text: str, pen: Pen | None) -> str:
    return pen.paint(text) if pen else text
