"""The figures beside a line: last, least, greatest, and what became of the first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glomex_cli.charts.amounts import amount, change

if TYPE_CHECKING:
    from collections.abc import Sequence

    from glomex_cli.charts.series import Summary

BETWEEN = "  "


def aligned_figures(summaries: Sequence[Summary | None], *, room: int) -> list[str]:
    """Give one text a line, all equally wide; with the space before them they fit in `room`.

    Where room is short the last figures go first.
    """
    rows = [_parts(summary) for summary in summaries]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    kept = len(widths)
    while kept and sum(widths[:kept]) + len(BETWEEN) * kept > room:
        kept -= 1
    padded = [
        [part.ljust(width) for part, width in zip(row[:kept], widths, strict=False)] for row in rows
    ]
    return [BETWEEN.join(row) for row in padded]


def figures_of(summary: Summary | None) -> str:
    """Give the figures of a line that stands alone and moves: no change, there is no first."""
    return BETWEEN + BETWEEN.join(filter(None, _parts(summary)[:3]))


def _parts(summary: Summary | None) -> list[str]:
    if summary is None:
        return ["no values", "", "", ""]
    return [
        f"last {amount(summary.last)}",
        f"min {amount(summary.low)}",
        f"max {amount(summary.high)}",
        change(summary.first, summary.last),
    ]
