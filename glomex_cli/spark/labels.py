"""What stands beside a line: its name before, its figures after, and the room they leave."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from glomex_cli.spark.amounts import amount, change
from glomex_cli.spark.names import display_width, fit, printable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from glomex_cli.spark.drawing import Drawing
    from glomex_cli.spark.series import Series, Summary

_BETWEEN = "  "
_LEAST_COLUMNS = 8
# Names and figures give way until the glyphs have at least this part of the width.
_LEAST_PART = 4
_NAME_PART = 3


@dataclass(frozen=True, slots=True)
class Frame:
    """The texts around the glyphs of each line, aligned, and the columns left for glyphs."""

    names: Sequence[str]
    figures: Sequence[str]
    columns: int

    @property
    def indent(self) -> int:
        """How many columns stand before the first glyph."""
        return display_width(self.names[0]) if self.names else 0


def frame_of(
    series: Sequence[Series], summaries: Sequence[Summary | None], drawing: Drawing, *, needed: int
) -> Frame:
    """Lay out the labels so that no line is wider than asked.

    Where room is short the figures go, the last first, and names are cut. `needed` is how many
    columns the longest line would take.
    """
    if not drawing.labels:
        return Frame([""] * len(series), [""] * len(series), drawing.width)
    names = _names(series, drawing)
    room = drawing.width - display_width(names[0])
    least = min(needed, max(_LEAST_COLUMNS, drawing.width // _LEAST_PART))
    figures = _figures(summaries, room=room - least)
    taken = len(figures[0]) + len(_BETWEEN) if figures[0] else 0
    return Frame(names, figures, max(room - taken, 1))


def _names(series: Sequence[Series], drawing: Drawing) -> list[str]:
    names = [printable(one.name, ascii_only=drawing.ascii_only) for one in series]
    width = min(max(map(display_width, names)), drawing.width // _NAME_PART)
    if not width:
        return [""] * len(series)
    return [fit(name, width, ascii_only=drawing.ascii_only) + " " for name in names]


def _figures(summaries: Sequence[Summary | None], *, room: int) -> list[str]:
    """Give one text a line, all equally wide and at most `room` less the space before them."""
    rows = [_parts(summary) for summary in summaries]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    kept = len(widths)
    while kept and sum(widths[:kept]) + len(_BETWEEN) * kept > room:
        kept -= 1
    padded = [
        [part.ljust(width) for part, width in zip(row[:kept], widths, strict=False)] for row in rows
    ]
    return [_BETWEEN.join(row) for row in padded]


def figures_of(summary: Summary | None) -> str:
    """Give the figures of a line that stands alone and moves: no change, there is no first."""
    return _BETWEEN + _BETWEEN.join(filter(None, _parts(summary)[:3]))


def _parts(summary: Summary | None) -> list[str]:
    if summary is None:
        return ["no values", "", "", ""]
    return [
        f"last {amount(summary.last)}",
        f"min {amount(summary.low)}",
        f"max {amount(summary.high)}",
        change(summary.first, summary.last),
    ]
