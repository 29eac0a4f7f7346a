"""Heights to characters: rows of block glyphs or of ASCII, upward and hanging."""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING, NamedTuple

from glomex_cli.charts.sparkline.scale import EIGHTHS, Scale, level, split_level

if TYPE_CHECKING:
    from collections.abc import Sequence

    from glomex_cli.charts.sparkline.drawing import Drawing

_BLOCKS = " ▁▂▃▄▅▆▇█"
_ASCII = " .:-=+*#@"
# Blocks that hang from the top exist for an eighth, a half and the whole: the nearest stands in.
_HANGING = " ▔▔▀▀▀▀██"
# Reversed, the upper part of the cell is filled: with colour on, every eighth can hang.
_REVERSED = " ▇▆▅▄▃▂▁█"


class GlyphRow(NamedTuple):
    """One row of characters, a column each; with `reverse`, partly filled ones are inverted."""

    text: str
    reverse: bool = False


def glyph_rows(values: Sequence[float], scale: Scale, drawing: Drawing) -> list[GlyphRow]:
    """Give the rows of a line from the top down; NaN is a gap, marked in one row only."""
    if not drawing.split:
        levels = [None if isnan(value) else level(value, scale, drawing) for value in values]
        return _standing_rows(levels, drawing)
    split = [None if isnan(value) else split_level(value, scale, drawing) for value in values]
    up = [None if level is None else max(level, 0) for level in split]
    down = [0 if level is None else max(-level, 0) for level in split]
    return _standing_rows(up, drawing) + _hanging_rows(down, drawing)


def baseline(drawing: Drawing) -> int:
    """Say which of the rows stands on the foot of the line, where labels belong."""
    return drawing.height - 1


def _standing_rows(levels: list[int | None], drawing: Drawing) -> list[GlyphRow]:
    ramp = _ASCII if drawing.ascii_only else _BLOCKS
    rows: list[GlyphRow] = []
    for below in reversed(range(drawing.height)):
        gap = " " if below else drawing.shown_gap
        cells = [gap if height is None else ramp[_part(height, below)] for height in levels]
        rows.append(GlyphRow("".join(cells)))
    return rows


def _hanging_rows(levels: list[int], drawing: Drawing) -> list[GlyphRow]:
    reverse = drawing.color and not drawing.ascii_only
    plain = _ASCII if drawing.ascii_only else _HANGING
    ramp = _REVERSED if reverse else plain
    return [
        GlyphRow("".join(ramp[_part(height, above)] for height in levels), reverse)
        for above in range(drawing.height)
    ]


def _part(height: int, full_rows: int) -> int:
    """Give the eighths of a height that fall in the row beyond `full_rows` filled ones."""
    return min(max(height - EIGHTHS * full_rows, 0), EIGHTHS)
