"""Series to rows of glyphs: the middle of every picture, with labels or without."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from glomex_cli.charts.sparkline.glyphs import glyph_rows
from glomex_cli.charts.sparkline.reduce import Columns, reduce, reduction_note
from glomex_cli.charts.sparkline.scale import Scale, scale_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from glomex_cli.charts.series import Series, Summary
    from glomex_cli.charts.sparkline.columns import Grid
    from glomex_cli.charts.sparkline.drawing import Drawing


class Line(NamedTuple):
    """One series on its way to the picture; the summary is there for labels and colour only."""

    series: Series
    grid: Grid
    summary: Summary | None
    columns: Columns


def line_of(
    series: Series, grid: Grid, summary: Summary | None, drawing: Drawing, *, width: int
) -> Line:
    """Reduce a series to at most `width` columns."""
    return Line(series, grid, summary, reduce(series, grid, width=width, agg=drawing.agg))


def rows_of(lines: Sequence[Line], drawing: Drawing) -> list[list[str]]:
    """Give the rows of each line from the top down, painted where colour is on."""
    scales = _scales(lines, drawing)
    return [_rows(line, scale, drawing) for line, scale in zip(lines, scales, strict=True)]


def _rows(line: Line, scale: Scale, drawing: Drawing) -> list[str]:
    rows = glyph_rows(line.columns.values, scale, drawing)
    if not drawing.color:
        return [row.text for row in rows]
    from glomex_cli.charts.sparkline.paint import codes_of, paint

    codes = codes_of(line.columns, line.summary, drawing)
    return [paint(row, codes) for row in rows]


def _scales(lines: Sequence[Line], drawing: Drawing) -> list[Scale]:
    """Give each line its scale: its own, or one over all of them."""
    if not drawing.shared:
        return [scale_of(line.columns.values, drawing) for line in lines]
    every = [value for line in lines for value in line.columns.values]
    return [scale_of(every, drawing)] * len(lines)


def notes_of(lines: Sequence[Line]) -> Iterator[str]:
    """Say which lines were reduced; once, where it is the same for all."""
    notes = [reduction_note(line.series, line.columns) for line in lines]
    if len(set(notes)) == 1:
        yield from filter(None, notes[:1])
        return
    from glomex_cli.charts.sparkline.names import printable

    for line, note in zip(lines, notes, strict=True):
        if note:
            yield f"{printable(line.series.name)}: {note}"
