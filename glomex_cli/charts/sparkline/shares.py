"""How much time shares a column of a sparkline: whole weeks, hours, or parts of an hour.

A column of five days would beat against the rhythm of the week, and draw a pattern that the
values do not have.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from glomex_cli.charts.series import Series
    from glomex_cli.charts.sparkline.columns import Columns, Grid

_MINUTE_S: Final = 60.0
_HOUR_S: Final = 3_600.0
_DAY_S: Final = 86_400.0
_WEEK_S: Final = 7 * _DAY_S
MONTH_S: Final = 30.436875 * _DAY_S
SHORTEST_MONTH_S: Final = 27.5 * _DAY_S
LONGEST_MONTH_S: Final = 31.5 * _DAY_S
# Each divides a day, those below an hour the hour; seconds the minute.
_ROUND_S: Final = (
    2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_200, 1_800, 3_600, 7_200, 10_800, 14_400, 21_600,
    28_800, 43_200, 86_400,
)  # fmt: skip
_ROUND_MONTHS: Final = (1, 3, 6, 12)
# A step of times is taken for a round one where it is this near to it.
_TOLERANCE: Final = 0.01
_UNITS: Final = {
    1.0: "seconds",
    _MINUTE_S: "minutes",
    _HOUR_S: "hours",
    _DAY_S: "days",
    _WEEK_S: "weeks",
    MONTH_S: "months",
}


def shared_slots(step_s: float, slots: int, width: int) -> int:
    """Return how many of `slots` values, `step_s` seconds apart, share each of `width` columns.

    One each where they fit. Else as few as make whole weeks of days, round parts of a day of
    what is finer, and quarters and years of months.

    >>> shared_slots(86_400, 84, 60), shared_slots(3_600, 336, 68), shared_slots(60, 90, 60)
    (7, 6, 2)
    """
    least = -(-slots // width)
    if least <= 1:
        return 1
    if step_s == MONTH_S:
        return next((n for n in _ROUND_MONTHS if n >= least), _up(least, _ROUND_MONTHS[-1]))
    for round_s in _ROUND_S:
        count = _count(round_s, step_s)
        if count >= least:
            return count
    week = _count(_WEEK_S, step_s)
    return _up(least, week) if week else least


def _count(whole_s: float, step_s: float) -> int:
    """Return how many steps make the whole; 0 where they do not, to the second of a clock."""
    count = round(whole_s / step_s)
    return count if count and abs(count * step_s / whole_s - 1) < _TOLERANCE else 0


def _up(least: int, unit: int) -> int:
    return -(-least // unit) * unit


def unit_of(step_s: float) -> str:
    """Return what values `step_s` seconds apart are called, such as days; else values.

    >>> unit_of(86_400), unit_of(900)
    ('days', 'values')
    """
    return next((name for unit_s, name in _UNITS.items() if _count(unit_s, step_s) == 1), "values")


def reduction_note(series: Series, grid: Grid, columns: Columns, *, width: int) -> str:
    """Return a note on how many values share a column, and how; empty where none do.

    Such as `84 days, 7 per column (sum)` or `1,440 values, 18 per column (mean)`.
    """
    if (share := grid.share(width)) > 1 and not series.summary:
        unit = unit_of(grid.step_s)
        return f"{int(grid.length):,} {unit}, {share:,} per column ({columns.how})"
    count = series.summary.size if series.summary else len(series.values)
    each = _sizes(columns, count, len(series.values))
    return f"{count:,} values, {each} per column ({columns.how})" if each else ""


def _sizes(columns: Columns, count: int, kept: int) -> str:
    """Return how many values columns have, empty for one each; `kept` stand for `count` values."""
    sizes = [size * count // kept for size in columns.sizes]
    least, most = min(sizes, default=1), max(sizes, default=1)
    if most == 1:
        return ""
    return f"{most:,}" if least == most else f"{least:,} to {most:,}"
