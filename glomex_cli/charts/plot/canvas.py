"""The only importer of plotext: strokes in, marks out. It leaves no state behind.

plotext draws the inside of the frame only. It places labels in the order of a set, which
differs from run to run, and prints any escape in them; so it is never given text. Its colors
are used as numbers of inks, which are read back from its output.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol, cast

from glomex_cli.charts.plot.layout import BLOCKS, BRAILLE
from glomex_cli.charts.plot.strokes import DOTS_ACROSS, DOTS_UP, Area

if TYPE_CHECKING:
    from collections.abc import Sequence

    from glomex_cli.charts.plot.strokes import Stroke

_PIECE: Final = re.compile(r"\x1b\[(?:38;5;(?P<ink>\d+)|[0-9;]*)m|(?P<glyph>.)")
_WHOLE_CELL: Final = (1, 1)
_DOTS: Final = {BRAILLE: (2, 4), BLOCKS: (2, 2)}


class _Plotext(Protocol):
    """The part of plotext 5.3 that is used; it ships no types."""

    def clear_figure(self) -> None: ...
    def limit_size(self, *, width: bool, height: bool) -> None: ...
    def plot_size(self, *, width: int, height: int) -> object: ...
    def theme(self, theme: str) -> None: ...
    def frame(self, *, frame: bool) -> None: ...
    def xlim(self, left: float, right: float) -> None: ...
    def ylim(self, lower: float, upper: float) -> None: ...
    def xfrequency(self, frequency: int) -> None: ...
    def yfrequency(self, frequency: int) -> None: ...
    def plot(self, xs: list[float], ys: list[float], *, marker: str, color: int) -> None: ...
    def scatter(
        self, xs: list[float], ys: list[float], *, marker: str, color: int, fillx: float
    ) -> None: ...
    def build(self) -> str: ...


class Mark(NamedTuple):
    """The glyph in one cell, and the ink it is drawn in; None for a blank."""

    glyph: str
    ink: int | None = None


def plotted(strokes: Sequence[Stroke], area: Area) -> list[list[Mark]]:
    """Draw the cells of the area, from the top row down; later strokes cover earlier ones."""
    plotext = library()
    plotext.clear_figure()
    try:
        plotext.limit_size(width=False, height=False)
        plotext.plot_size(width=area.columns, height=area.rows)
        plotext.theme("clear")
        plotext.frame(frame=False)
        plotext.xlim(0, 1)
        plotext.ylim(0, 1)
        plotext.xfrequency(0)
        plotext.yfrequency(0)
        for stroke in strokes:
            _add(plotext, stroke, area)
        text = plotext.build()
    finally:
        plotext.clear_figure()
    return [_marks(line) for line in text.splitlines()]


def library() -> _Plotext:
    """Return plotext, imported on first use: it takes 33 ms, and asks for the terminal's size."""
    import plotext

    return cast("_Plotext", plotext)


def _add(plotext: _Plotext, stroke: Stroke, area: Area) -> None:
    marker, ink = stroke.pen.marker, stroke.pen.ink
    across, up = _DOTS.get(marker, _WHOLE_CELL)
    most_x, most_y = max(1, area.columns * across - 1), max(1, area.rows * up - 1)
    xs = [x * across // DOTS_ACROSS / most_x for x, _ in stroke.dots]
    ys = [y * up // DOTS_UP / most_y for _, y in stroke.dots]
    if stroke.foot is None:
        plotext.plot(xs, ys, marker=marker, color=ink)
    else:
        foot = stroke.foot * up // DOTS_UP / most_y
        plotext.scatter(xs, ys, marker=marker, color=ink, fillx=foot)


def _marks(line: str) -> list[Mark]:
    marks: list[Mark] = []
    ink: int | None = None
    for piece in _PIECE.finditer(line):
        if piece["glyph"] is None:
            ink = int(piece["ink"]) if piece["ink"] else None
        else:
            marks.append(Mark(piece["glyph"], ink))
    return marks
