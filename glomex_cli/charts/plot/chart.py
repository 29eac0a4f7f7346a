"""How lines are told apart: by colour and marker where there is colour, else by marker alone.

Blue, orange, teal and magenta of the 256 colours, which differ for colour-blind eyes too and
stand out from black and from white at least as 3 to 1 (WCAG 1.4.11).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from glomex_cli.charts.plot.parts import Kind

if TYPE_CHECKING:
    from glomex_cli.charts.plot.parts import Canvas

COLORS: Final = (33, 166, 30, 170)
MOST_LINES: Final = 8

# plotext's names for glyphs of 2 x 4 dots and of 2 x 2 blocks to a cell.
BRAILLE: Final = "braille"
BLOCKS: Final = "hd"

_FINEST: Final = {
    (Kind.LINE, True): BRAILLE,
    (Kind.LINE, False): "*",
    (Kind.BAR, True): BLOCKS,
    (Kind.BAR, False): "#",
}
_COARSE: Final = "ox+@%&="
_FAINT: Final = ":~-',^\""
_SAMPLES: Final = {BRAILLE: "⠒⠒", BLOCKS: "██"}


class Pen(NamedTuple):
    """How one line looks. `ink` is its number; `code` its ANSI code, empty without colour."""

    ink: int
    marker: str
    code: str

    @property
    def sample(self) -> str:
        """Give two columns of the line, for the legend."""
        return self.paint(_SAMPLES.get(self.marker, self.marker * 2))

    def paint(self, text: str) -> str:
        """Give `text` in the line's colour."""
        return f"\x1b[{self.code}m{text}\x1b[0m" if self.code else text


def pen_of(line: int, kind: Kind, canvas: Canvas, *, is_previous: bool) -> Pen:
    """Give the pen of a line of that number, or the fainter one of its previous period."""
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
