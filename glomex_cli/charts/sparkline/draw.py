"""Series to the picture of them, as lines of text; what only labels need is loaded with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from glomex_cli.charts.series import Series, summarise
from glomex_cli.charts.sparkline.columns import grid_of, in_time_order
from glomex_cli.charts.sparkline.lines import line_of, notes_of, rows_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from glomex_cli.charts.sparkline.options import Drawing


class Picture(NamedTuple):
    """The lines for stdout, and what has to be said about them on stderr."""

    lines: tuple[str, ...]
    notes: tuple[str, ...] = ()


def draw(series: Sequence[Series], drawing: Drawing) -> Picture:
    """Draw one line per series, none wider than `drawing.width`.

    Without any value the picture is one empty line and the note "no data". Raises UsageError
    where the drawing asks for the impossible.

    >>> from glomex_cli.charts.sparkline.options import Drawing
    >>> draw([Series("", [1, 5, None, 22, 13])], Drawing()).lines
    ('▁▂ █▅',)
    """
    drawing.check()
    ordered = [in_time_order(one) for one in series if len(one.values)]
    if not ordered:
        return Picture(("",), ("no data",))
    return _labelled(ordered, drawing) if drawing.labels else _bare(ordered, drawing)


def _bare(series: Sequence[Series], drawing: Drawing) -> Picture:
    lines = [
        line_of(
            one,
            grid_of(one),
            summarise(one) if drawing.color else None,
            drawing,
            width=drawing.width,
        )
        for one in series
    ]
    texts = [row for rows in rows_of(lines, drawing) for row in rows]
    return Picture(tuple(texts), tuple(notes_of(lines)))


def _labelled(series: Sequence[Series], drawing: Drawing) -> Picture:
    from glomex_cli.charts.sparkline.labels import frame_of, labelled_lines

    grids = [grid_of(one) for one in series]
    summaries = [summarise(one) for one in series]
    needed = max(grid.columns(drawing.width) for grid in grids)
    frame = frame_of(series, summaries, drawing, needed=needed)
    lines = [
        line_of(one, grid, summary, drawing, width=frame.columns)
        for one, grid, summary in zip(series, grids, summaries, strict=True)
    ]
    return Picture(tuple(labelled_lines(lines, frame, drawing)), tuple(notes_of(lines)))
