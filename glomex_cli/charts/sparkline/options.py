"""Rules such as `red:gt:5` and `red:[1:3]`: which columns are given a colour."""

from __future__ import annotations

import operator
from math import isnan
from typing import TYPE_CHECKING, NamedTuple

from glomex_cli.charts.parse.numbers import figure, shown
from glomex_cli.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

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


class Emphasis(NamedTuple):
    """One rule: a colour's code, and either a comparison or a slice of columns."""

    code: str
    compare: Callable[[float, float], bool] | None = None
    bound: float = 0.0
    columns: slice | None = None

    def applies_to(self, values: Sequence[float]) -> list[int]:
        """Give the columns the rule picks, judged on the values as drawn; gaps never."""
        compare, columns = self.compare, self.columns or slice(None)
        return [
            index
            for index, value in list(enumerate(values))[columns]
            if not isnan(value) and (compare is None or compare(value, self.bound))
        ]


def parse_emphasis(rule: str) -> Emphasis:
    """Read `COLOR:OPERATOR:VALUE` or `COLOR:[START:END:STEP]`; UsageError for anything else.

    Operators are gt, ge, lt, le and eq. Columns count from 0, from the end if negative, as in
    Python.

    >>> parse_emphasis("red:[1:3]").applies_to([7, 8, 9, 10])
    [1, 2]
    """
    color, _, condition = rule.partition(":")
    if color not in _COLORS:
        raise UsageError(f"{shown(rule)} does not begin with a colour", hint=", ".join(_COLORS))
    code = str(_FIRST_COLOR_CODE + _COLORS.index(color))
    if condition.startswith("[") and condition.endswith("]") and condition != "[]":
        return Emphasis(code, columns=_slice(condition[1:-1], rule))
    comparison, _, number = condition.partition(":")
    bound = figure(number.encode("utf-8", "surrogatepass"))
    if comparison not in _COMPARISONS or bound is None or isnan(bound):
        raise UsageError(f"{shown(rule)} is no rule for emphasis", hint=_HINT)
    return Emphasis(code, _COMPARISONS[comparison], bound)


def _slice(text: str, rule: str) -> slice:
    try:
        parts = [int(part) if part else None for part in text.split(":")]
        if len(parts) == 1 and parts[0] is not None:
            return slice(parts[0], parts[0] + 1 or None)
        columns = slice(*parts)
        columns.indices(0)
    except (ValueError, TypeError) as error:
        raise UsageError(f"{shown(rule)} is no rule for emphasis", hint=_HINT) from error
    return columns
