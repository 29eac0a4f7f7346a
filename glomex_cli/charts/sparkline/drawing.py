"""How a line shall be drawn: every choice the person has, checked once. No effects."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING, NamedTuple

from glomex_cli.errors import UsageError

if TYPE_CHECKING:
    from glomex_cli.charts.series import Agg
    from glomex_cli.charts.sparkline.options import Emphasis


class Drawing(NamedTuple):
    """The options of `sparkline`; `width` is that of a whole line, labels included.

    `split` draws `height` rows up from zero and as many down. `unfinished` says that the last
    column is still growing.
    """

    width: int = 80
    height: int = 1
    low: float | None = None
    high: float | None = None
    zero: bool = False
    shared: bool = False
    split: bool = False
    agg: Agg | None = None
    gap: str = " "
    emphasis: tuple[Emphasis, ...] = ()
    labels: bool = False
    color: bool = False
    ascii_only: bool = False
    like_spark: bool = False
    unfinished: bool = False

    def check(self) -> None:
        """Raise UsageError for what cannot be drawn; whoever draws asks first."""
        if self.width < 1 or self.height < 1:
            raise UsageError("a line needs a width and a height of at least 1")
        if not all(isfinite(end) for end in (self.low, self.high) if end is not None):
            raise UsageError("--min and --max take finite numbers")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise UsageError(f"--min {self.low:g} is above --max {self.high:g}")
        if not _is_one_column(self.gap):
            raise UsageError("--gap-char takes one character, one column wide")

    @property
    def shown_gap(self) -> str:
        """The character for a gap, blank where the output cannot show the one asked for."""
        return " " if self.ascii_only and not self.gap.isascii() else self.gap


def _is_one_column(text: str) -> bool:
    if len(text) != 1 or text.isascii():
        return len(text) == 1 and text.isprintable()
    from glomex_cli.charts.sparkline.names import display_width

    return text.isprintable() and display_width(text) == 1
