"""What a person reads in each cell of a table, before it is made safe for where it goes."""

from collections.abc import Callable
from typing import Final

from glomex_cli.models import Cell, Report, Role
from glomex_cli.output.numbers import amount, change, percent

_READINGS: Final[dict[Role, Callable[[float | None], str]]] = {
    Role.METRIC: amount,
    Role.CHANGE: change,
    Role.PERCENT: percent,
}
NUMERIC_ROLES: Final = frozenset(_READINGS)


def cell_text(value: Cell, role: Role) -> str:
    """Give the cell as a person reads it: numbers by their role, texts and dates as they are.

    >>> cell_text(2024, Role.DIMENSION), cell_text(2024, Role.METRIC)
    ('2024', '2,024')
    """
    if isinstance(value, str):
        return value
    if reading := _READINGS.get(role):
        return reading(value)
    return "-" if value is None else str(value)


def total_texts(report: Report) -> list[str]:
    """Give the cells of the footer, nothing without a total.

    The first dimension says `total` where the total itself has no word for it.
    """
    if report.total is None:
        return []
    texts = [
        "" if (value := report.total.get(column.name)) is None else cell_text(value, column.role)
        for column in report.columns
    ]
    if texts and not texts[0] and report.columns[0].role is Role.DIMENSION:
        texts[0] = "total"
    return texts
