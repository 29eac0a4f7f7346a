"""Values to heights in eighths of a row, and heights to rows of block glyphs or ASCII.

The scale is linear from the smallest value drawn to the largest. With `split`, negative values
hang below zero.
"""

from __future__ import annotations

from itertools import filterfalse
from math import floor, isnan
from typing import TYPE_CHECKING, NamedTuple

from glomex_cli.charts.series import Scale

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from glomex_cli.charts.sparkline.options import SparklineOptions

EIGHTHS = 8
_CONSTANT = 4
_CONSTANT_LIKE_SPARK = 5
_BLOCKS = " ▁▂▃▄▅▆▇█"
_ASCII = " .:-=+*#@"
# Blocks that hang from the top exist for an eighth, a half and the whole: the nearest is taken.
_HANGING = " ▔▔▀▀▀▀██"
# Reversed, the upper part of the cell is filled: with color on, every eighth can hang.
_REVERSED = " ▇▆▅▄▃▂▁█"


def sparkline_scale(values: Iterable[float], options: SparklineOptions) -> Scale:
    """Return the scale of the values drawn: NaN does not count, and fixed ends stay.

    An end fixed beyond all values moves the other one along.
    """
    known = list(filterfalse(isnan, values))
    if options.zero or not known:
        known.append(0.0)
    low = min(known) if options.low is None else options.low
    high = max(known) if options.high is None else options.high
    if low > high:
        low, high = (low, low) if options.high is None else (high, high)
    return Scale(low, high)


def level(value: float, scale: Scale, options: SparklineOptions) -> int:
    """Return a value's height in eighths of a row: 1 at the bottom, 8 for each row at the top.

    Rounded to the nearest, halves to even, so that no height is preferred. A constant line is in
    the middle, but at the bottom where it is zero: a flat middle reads as activity.
    """
    top = EIGHTHS * options.height
    if scale.low == scale.high == value:
        return _flat(value, options)
    steps = (top - 1) * scale.fraction(value)
    return floor(steps) + 1 if options.like_spark else round(steps + 1)


def _flat(value: float, options: SparklineOptions) -> int:
    if options.like_spark:
        return _CONSTANT_LIKE_SPARK * options.height
    return _CONSTANT * options.height if value else 1


def split_level(value: float, scale: Scale, options: SparklineOptions) -> int:
    """Return the height away from zero, negative for downward, both directions on one scale."""
    reach = Scale(0.0, max(abs(scale.low), abs(scale.high)))
    bounded = min(max(value, scale.low), scale.high)
    height = level(abs(bounded), reach, options) if reach.high else 1
    return -height if bounded < 0 else height


class GlyphRow(NamedTuple):
    """One row of characters, a column each; with `reverse`, partly filled ones are inverted."""

    text: str
    reverse: bool = False


def glyph_rows(values: Sequence[float], scale: Scale, options: SparklineOptions) -> list[GlyphRow]:
    """Return the rows of a line from the top down; NaN is a gap, marked in one row only."""
    if not options.split:
        levels = [None if isnan(value) else level(value, scale, options) for value in values]
        return _standing_rows(levels, options)
    split = [None if isnan(value) else split_level(value, scale, options) for value in values]
    up = [None if level is None else max(level, 0) for level in split]
    down = [0 if level is None else max(-level, 0) for level in split]
    return _standing_rows(up, options) + _hanging_rows(down, options)


def baseline(options: SparklineOptions) -> int:
    """Return the index, from the top, of the row at the bottom of a line, where labels belong."""
    return options.height - 1


def _standing_rows(levels: list[int | None], options: SparklineOptions) -> list[GlyphRow]:
    ramp = _ASCII if options.ascii_only else _BLOCKS
    rows: list[GlyphRow] = []
    for below in reversed(range(options.height)):
        gap = " " if below else options.shown_gap
        cells = [gap if height is None else ramp[_part(height, below)] for height in levels]
        rows.append(GlyphRow("".join(cells)))
    return rows


def _hanging_rows(levels: list[int], options: SparklineOptions) -> list[GlyphRow]:
    reverse = options.color and not options.ascii_only
    plain = _ASCII if options.ascii_only else _HANGING
    ramp = _REVERSED if reverse else plain
    return [
        GlyphRow("".join(ramp[_part(height, above)] for height in levels), reverse)
        for above in range(options.height)
    ]


def _part(height: int, full_rows: int) -> int:
    """Return the eighths of a height that fall in the row beyond `full_rows` filled ones."""
    return min(max(height - EIGHTHS * full_rows, 0), EIGHTHS)
