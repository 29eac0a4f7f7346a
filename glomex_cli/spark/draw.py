"""Series to the picture of them: glyphs, labels, times and colour put together as lines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from glomex_cli.spark.glyphs import baseline, glyph_rows
from glomex_cli.spark.grid import Grid, grid_of
from glomex_cli.spark.labels import Frame, frame_of
from glomex_cli.spark.names import printable
from glomex_cli.spark.paint import codes_of, paint
from glomex_cli.spark.reduce import Columns, reduce, reduction_note
from glomex_cli.spark.scale import Scale, scale_of
from glomex_cli.spark.series import Series, Summary, summarise
from glomex_cli.spark.times import in_time_order

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from glomex_cli.spark.drawing import Drawing


@dataclass(frozen=True, slots=True)
class Picture:
    """The lines for stdout, and what has to be said about them on stderr."""

    lines: tuple[str, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Line:
    """One series on its way to the picture."""

    series: Series
    grid: Grid
    summary: Summary | None
    columns: Columns


def draw(series: Sequence[Series], drawing: Drawing) -> Picture:
    """Draw one line per series, none wider than `drawing.width`.

    Without any value the picture is one empty line and the note "no data".

    >>> draw([Series("", [1, 5, None, 22, 13])], Drawing()).lines
    ('▁▂ █▅',)
    """
    ordered = [in_time_order(one) for one in series if len(one.values)]
    if not ordered:
        return Picture(("",), ("no data",))
    needs_figures = drawing.labels or drawing.color
    summaries = [summarise(one) if needs_figures else None for one in ordered]
    grids = [grid_of(one) for one in ordered]
    needed = max(grid.columns(drawing.width) for grid in grids)
    frame = frame_of(ordered, summaries, drawing, needed=needed)
    lines = [
        _Line(one, grid, summary, reduce(one, grid, width=frame.columns, agg=drawing.agg))
        for one, grid, summary in zip(ordered, grids, summaries, strict=True)
    ]
    return Picture(tuple(_compose(lines, frame, drawing)), tuple(_notes(lines)))


def _compose(lines: Sequence[_Line], frame: Frame, drawing: Drawing) -> Iterator[str]:
    width = max(len(line.columns.values) for line in lines)
    scales = _scales(lines, drawing)
    for number, line in enumerate(lines):
        for row, glyphs in enumerate(_rows(line, scales[number], drawing)):
            if row != baseline(drawing):
                yield " " * frame.indent + glyphs
                continue
            figures = frame.figures[number]
            filled = glyphs + " " * (width - len(line.columns.values) + 2) if figures else glyphs
            yield frame.names[number] + filled + figures.rstrip()
        if drawing.labels and _ends_a_group(lines, number):
            yield from _axis(line, frame, drawing)


def _rows(line: _Line, scale: Scale, drawing: Drawing) -> list[str]:
    rows = glyph_rows(line.columns.values, scale, drawing)
    if not drawing.color:
        return [row.text for row in rows]
    codes = codes_of(line.columns, line.summary, drawing)
    return [paint(row, codes) for row in rows]


def _scales(lines: Sequence[_Line], drawing: Drawing) -> list[Scale]:
    """Give each line its scale: its own, or one over all of them."""
    if not drawing.shared:
        return [scale_of(line.columns.values, drawing) for line in lines]
    every = [value for line in lines for value in line.columns.values]
    return [scale_of(every, drawing)] * len(lines)


def _ends_a_group(lines: Sequence[_Line], number: int) -> bool:
    """Say whether the lines below, if any, have other times: one axis serves equal ones."""
    return number + 1 == len(lines) or lines[number].series.times != lines[number + 1].series.times


def _axis(line: _Line, frame: Frame, drawing: Drawing) -> Iterator[str]:
    if line.series.times is None:
        return
    # Only a labelled line with times needs it, and it brings the calendar along.
    from glomex_cli.spark.axis import time_axis  # noqa: PLC0415

    room = drawing.width - frame.indent
    axis = time_axis(line.series.times, line.columns, room=room, step_s=line.grid.step_s)
    yield from (" " * frame.indent + text for text in axis)


def _notes(lines: Sequence[_Line]) -> Iterator[str]:
    """Say which lines were reduced; once, where it is the same for all."""
    notes = [reduction_note(line.series, line.columns) for line in lines]
    if len(set(notes)) == 1:
        yield from filter(None, notes[:1])
        return
    for line, note in zip(lines, notes, strict=True):
        if note:
            yield f"{printable(line.series.name)}: {note}"
