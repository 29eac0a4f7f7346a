"""Colour on glyphs: extremes, emphasis, the unfinished column. Only where colour is on."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from glomex_cli.charts.series import Summary
    from glomex_cli.charts.sparkline.drawing import Drawing
    from glomex_cli.charts.sparkline.glyphs import GlyphRow
    from glomex_cli.charts.sparkline.reduce import Columns

_BOLD = "1"
_DIM = "2"
_REVERSE = "7"
_WHOLE_CELLS = " █"


def codes_of(columns: Columns, summary: Summary | None, drawing: Drawing) -> list[list[str]]:
    """Give each column's ANSI codes: the one with the raw maximum bold, the minimum dim.

    Later rules of emphasis win over earlier ones; equal values have no extremes.
    """
    colors = [""] * len(columns.values)
    for rule in drawing.emphasis:
        for column in rule.applies_to(columns.values):
            colors[column] = rule.code
    weights = _weights(columns, summary, drawing)
    return [
        [code for code in (weights.get(column, ""), color) if code]
        for column, color in enumerate(colors)
    ]


def _weights(columns: Columns, summary: Summary | None, drawing: Drawing) -> dict[int, str]:
    weights: dict[int, str] = {}
    if drawing.unfinished:
        weights[len(columns.values) - 1] = _DIM
    if summary is not None and summary.low != summary.high:
        weights[columns.column_of(summary.low_at)] = _DIM
        weights[columns.column_of(summary.high_at)] = _BOLD
    return weights


def paint(row: GlyphRow, codes: Sequence[Sequence[str]]) -> str:
    """Give the row's text with its codes, switched off again after each run of equal ones."""
    cells = [
        (character, _cell_code(character, code, reverse=row.reverse))
        for character, code in zip(row.text, codes, strict=True)
    ]
    runs = groupby(cells, key=lambda cell: cell[1])
    return "".join(_run("".join(text for text, _ in run), code) for code, run in runs)


def _cell_code(character: str, codes: Sequence[str], *, reverse: bool) -> str:
    is_reversed = reverse and character not in _WHOLE_CELLS
    return ";".join([*codes, _REVERSE] if is_reversed else codes)


def _run(text: str, code: str) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if code else text
