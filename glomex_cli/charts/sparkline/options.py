"""The options of a sparkline, checked once, and the rules of `--emphasize`.

A rule, such as `red:gt:5` or `red:[1:3]`, gives columns a color.
"""

from __future__ import annotations

import operator
from math import isfinite, isnan
from typing import TYPE_CHECKING, NamedTuple

from glomex_cli.charts.parse.numbers import parse_number, quoted_word
from glomex_cli.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from glomex_cli.metrics import Agg

_COLORS = ("black", "red", "green", "yellow", "blue", "magenta", "cyan", "white")
_FIRST_COLOR_CODE = 30

_COMPARISONS: dict[str, Callable[[float, float], bool]] = {
    "gt": operator.gt,
    "ge": operator.ge,
    "lt": operator.lt,
    "le": operator.le,
    "eq": operator.eq,
}

_HINT = "such as: --emphasize red:gt:5 or --emphasize red:[1:3]"


_MOST_HEIGHT = 400  # as of a chart


class SparklineOptions(NamedTuple):
    """The options of `sparkline`; `width` is that of a whole line, labels included.

    `split` draws `height` rows up from zero and as many down.
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

    def check(self) -> None:
        """Raise UsageError for what cannot be drawn; callers check before they draw."""
        if self.width < 1 or self.height < 1:
            raise UsageError(
                "a line needs a width and a height of at least 1", "--width 1 --height 1"
            )
        if self.height > _MOST_HEIGHT:
            raise UsageError(f"--height {self.height} is too high", f"at most {_MOST_HEIGHT} rows")
        if not all(isfinite(end) for end in (self.low, self.high) if end is not None):
            raise UsageError("--min and --max take finite numbers", "such as --min 0 --max 100")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise UsageError(f"--min {self.low:g} is above --max {self.high:g}", "swap them")
        if not _is_one_column(self.gap):
            raise UsageError("--gap-char takes one character, one column wide", "--gap-char .")

    @property
    def shown_gap(self) -> str:
        """The character for a gap, a blank where the output cannot show the one asked for."""
        return " " if self.ascii_only and not self.gap.isascii() else self.gap


def _is_one_column(text: str) -> bool:
    if len(text) != 1 or text.isascii():
        return len(text) == 1 and text.isprintable()
    from glomex_cli.terminal.sanitize import display_width

    return text.isprintable() and display_width(text) == 1


class Emphasis(NamedTuple):
    """One rule: a color's ANSI code, and either a comparison or a slice of columns."""

    code: str
    compare: Callable[[float, float], bool] | None = None
    bound: float = 0.0
    columns: slice | None = None

    def applies_to(self, values: Sequence[float]) -> list[int]:
        """Return the columns the rule picks, judged on the values as drawn; gaps never."""
        compare, columns = self.compare, self.columns or slice(None)
        return [
            index
            for index, value in list(enumerate(values))[columns]
            if not isnan(value) and (compare is None or compare(value, self.bound))
        ]


def parse_emphasis(rule: str) -> Emphasis:
    """Parse `COLOR:OPERATOR:VALUE` or `COLOR:[START:END:STEP]`; UsageError for anything else.

    Operators are gt, ge, lt, le and eq. Columns count from 0, from the end if negative, as in
    Python.

    >>> parse_emphasis("red:[1:3]").applies_to([7, 8, 9, 10])
    [1, 2]
    """
    color, _, condition = rule.partition(":")
    if color not in _COLORS:
        raise UsageError(
            f"{quoted_word(rule)} does not start with a color", hint=", ".join(_COLORS)
        )
    code = str(_FIRST_COLOR_CODE + _COLORS.index(color))
    if condition.startswith("[") and condition.endswith("]") and condition != "[]":
        return Emphasis(code, columns=_slice(condition[1:-1], rule))
    comparison, _, number = condition.partition(":")
    bound = parse_number(number.encode("utf-8", "surrogatepass"))
    if comparison not in _COMPARISONS or bound is None or not isfinite(bound):
        raise UsageError(f"{quoted_word(rule)} is not a valid rule for --emphasize", hint=_HINT)
    return Emphasis(code, _COMPARISONS[comparison], bound)


def _slice(text: str, rule: str) -> slice:
    try:
        parts = [int(part) if part else None for part in text.split(":")]
        if len(parts) == 1 and parts[0] is not None:
            return slice(parts[0], parts[0] + 1 or None)
        columns = slice(*parts)
        columns.indices(0)
    except (ValueError, TypeError) as error:
        raise UsageError(
            f"{quoted_word(rule)} is not a valid rule for --emphasize", hint=_HINT
        ) from error
    return columns
