"""What a caller says of a chart: its lines, its kind, and the canvas it has to fit."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from glomex_cli.terminal.sanitize import clean, fit

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

Point: TypeAlias = "tuple[date, float | None]"


class Kind(StrEnum):
    """How values are drawn."""

    LINE = "line"
    BAR = "bar"


class Line(NamedTuple):
    """A metric over time, in any order of time; None, NaN and infinities are gaps.

    `previous` is the same metric in an earlier period, its times already moved onto those of
    `points`; it is drawn on the same axis, fainter.
    """

    name: str
    points: Sequence[Point]
    previous: Sequence[Point] = ()


class Chart(NamedTuple):
    """What to draw. Times are all days, all without a zone, or all with one."""

    title: str
    lines: Sequence[Line]
    kind: Kind = Kind.LINE


class Canvas(NamedTuple):
    """Where to draw: columns and rows, and whether colour and more than ASCII can be shown."""

    width: int
    height: int
    color: bool
    unicode: bool

    def fitted(self, text: str, width: int) -> str:
        r"""Give `text` cleaned, in characters of the canvas, and at most `width` columns wide.

        >>> Canvas(80, 24, color=False, unicode=False).fitted("Größe\x1b", 14)
        'Gr\\xf6\\xdf...'
        """
        safe = clean(text)
        if not self.unicode:
            safe = safe.encode("ascii", "backslashreplace").decode("ascii")
        return fit(safe, width, ellipsis="…" if self.unicode else "...").rstrip()
