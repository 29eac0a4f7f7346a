"""The input of a chart: its lines, its kind, the canvas it has to fit; and the pens of lines.

Lines are told apart by color and marker where there is color, else by marker alone. The colors
are blue, orange, teal and magenta of the 256: they differ for color-blind eyes too, and have a
contrast of at least 3 to 1 with black and with white (WCAG 1.4.11).
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from glomex_cli.terminal.sanitize import clean_for, fit

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date

DataPoint: TypeAlias = "tuple[date, float | None]"
COLORS: Final = (33, 166, 30, 170)
MOST_LINES: Final = 8
# plotext's names for glyphs of 2 x 4 dots and of 2 x 2 blocks to a cell.
BRAILLE: Final = "braille"
BLOCKS: Final = "hd"
_COARSE: Final = "ox+@%&="
_FAINT: Final = ":~-',^\""
_SAMPLES: Final = {BRAILLE: "⠒⠒", BLOCKS: "██"}


class ChartKind(StrEnum):
    """How values are drawn."""

    LINE = "line"
    BAR = "bar"


class ChartLine(NamedTuple):
    """A metric over time, in any order of time; None, NaN and infinities are gaps.

    `previous` is the same metric in an earlier period, its times already moved onto those of
    `points`; it is drawn on the same axis, fainter. `partial` are the indices of those points
    that are not final: a range cuts them, or they still grow. They are drawn faint.
    """

    name: str
    points: Sequence[DataPoint]
    previous: Sequence[DataPoint] = ()
    partial: Collection[int] = ()


class ValueLimits(NamedTuple):
    """The ends of the scale, None where the values decide; `zero` makes it include zero."""

    low: float | None = None
    high: float | None = None
    zero: bool = False

    @property
    def is_fixed(self) -> bool:
        """Whether an end is given, so that all lines share one scale."""
        return self.low is not None or self.high is not None


class Chart(NamedTuple):
    """What to draw. Times are all days, all without a zone, or all with one.

    Where values have none, `is_timed` is off: times then only put the values in order.
    """

    title: str
    lines: Sequence[ChartLine]
    kind: ChartKind = ChartKind.LINE
    limits: ValueLimits = ValueLimits()
    is_timed: bool = True


class ChartCanvas(NamedTuple):
    """Where to draw: columns and rows, and whether color and more than ASCII can be shown."""

    width: int
    height: int
    color: bool
    unicode: bool

    def fitted(self, text: str, width: int) -> str:
        r"""Return `text` cleaned, in characters of the canvas, and at most `width` columns wide.

        >>> ChartCanvas(80, 24, color=False, unicode=False).fitted("Größe\x1b", 14)
        'Gr\\xf6\\xdf...'
        """
        safe = clean_for(text, "utf-8" if self.unicode else "ascii")
        return fit(safe, width, ellipsis="…" if self.unicode else "...").rstrip()


_FINEST: Final = {
    (ChartKind.LINE, True): BRAILLE,
    (ChartKind.LINE, False): "*",
    (ChartKind.BAR, True): BLOCKS,
    (ChartKind.BAR, False): "#",
}


class Pen(NamedTuple):
    """How one line looks. `ink` is its number; `code` its ANSI code, empty without color."""

    ink: int
    marker: str
    code: str

    @property
    def sample(self) -> str:
        """Two columns of the line, for the legend."""
        return self.paint(_SAMPLES.get(self.marker, self.marker * 2))

    def paint(self, text: str) -> str:
        """Return `text` in the line's color."""
        return f"\x1b[{self.code}m{text}\x1b[0m" if self.code else text


def pen_of(line: int, kind: ChartKind, canvas: ChartCanvas, *, is_previous: bool) -> Pen:
    """Return the pen of the line with that number, or the fainter one of its previous period."""
    color = COLORS[line % len(COLORS)]
    code = f"2;38;5;{color}" if is_previous else f"38;5;{color}"
    finest = _FINEST[kind, canvas.unicode]
    faintest = "·" if canvas.unicode else "."
    markers = faintest + _FAINT if is_previous else [finest, *_COARSE]
    return Pen(
        ink=2 * line + is_previous,
        marker=markers[line // len(COLORS) if canvas.color else line],
        code=code if canvas.color else "",
    )
