"""The change of one number against an earlier one, and the columns that show it."""

from glomex_cli.models import Cell, Column, Role, Row
from glomex_cli.services.normalize import numeric

PREVIOUS = "_previous"
CHANGE = "_change"
PERCENT = "_change_percent"


def change_columns(metric: Column) -> tuple[Column, ...]:
    """Give a metric's column, then its earlier value, change and change in percent."""
    return (
        metric,
        Column(metric.name + PREVIOUS, Role.METRIC, "previous"),
        Column(metric.name + CHANGE, Role.CHANGE, "change"),
        Column(metric.name + PERCENT, Role.PERCENT, "%"),
    )


def change_cells(name: str, *, now: Cell, before: Cell) -> Row:
    """Give the cells of a metric's four columns.

    >>> change_cells("views", now=90, before=80)
    {'views': 90, 'views_previous': 80, 'views_change': 10, 'views_change_percent': 12.5}
    """
    return {
        name: now,
        name + PREVIOUS: before,
        name + CHANGE: change(now, before),
        name + PERCENT: percent(now, before),
    }


def change(now: Cell, before: Cell) -> float | None:
    """Give `now - before`, or None where one of them is missing: missing is not zero.

    Exact for integers. Of floats twelve digits are kept: the rest is noise of subtraction.

    >>> change(0.3, 0.1)
    0.2
    """
    new, old = numeric(now), numeric(before)
    if new is None or old is None:
        return None
    if isinstance(new, int) and isinstance(old, int):
        return new - old
    return numeric(float(f"{new - old:.12g}"))


def percent(now: Cell, before: Cell) -> float | None:
    """Give the change in percent of `before`, to two decimals: 12.5 means 12.5 %.

    None where a value is missing, and over zero, where no percentage is defined. Below zero
    the sign still says which way it went.
    """
    difference, old = change(now, before), numeric(before)
    if difference is None or not old:
        return None
    return numeric(round(float(difference) / abs(float(old)) * 100, 2))
