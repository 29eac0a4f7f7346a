"""Numbers and cells formatted for people: grouped, signed where they are changes, few digits.

The text of a cell is not yet sanitized.
"""

import math
from collections.abc import Callable
from typing import Final

from glomex_cli.models import Cell, Report, Role

_NOTHING = "-"
_TINY = 0.0001
_HUGE = 1e15


def format_amount(value: float | None) -> str:
    """Format a count or a measure, grouped; `-` for null, NaN and infinity.

    >>> format_amount(1234567), format_amount(1234.5), format_amount(0.01234), format_amount(None)
    ('1,234,567', '1,234.50', '0.0123', '-')
    """
    if value is None:
        return _NOTHING
    if isinstance(value, int):
        return f"{value:,}"
    return _fraction(value)


def format_change(value: float | None) -> str:
    """Format a difference with its sign; zero has none.

    >>> format_change(1200), format_change(-3), format_change(0)
    ('+1,200', '-3', '0')
    """
    is_gain = value is not None and 0 < value < math.inf
    return f"+{format_amount(value)}" if is_gain else format_amount(value)


def format_percent(value: float | None) -> str:
    """Format a change in percent with one decimal; what rounds to zero has no sign.

    >>> format_percent(12.34), format_percent(-1234.5), format_percent(-0.01)
    ('+12.3%', '-1,234.5%', '0.0%')
    """
    if value is None or not -math.inf < value < math.inf:
        return _NOTHING
    text = f"{value:+,}.0%" if isinstance(value, int) else f"{value:+,.1f}%"
    return "0.0%" if text[1:] == "0.0%" else text


def _fraction(value: float) -> str:
    size = abs(value)
    if not math.isfinite(size):
        return _NOTHING
    if size == 0:
        return "0"
    if not _TINY <= size < _HUGE:
        return f"{value:.3g}"
    return f"{value:,.2f}" if size >= 1 else f"{value:.4f}"


_READINGS: Final[dict[Role, Callable[[float | None], str]]] = {
    Role.METRIC: format_amount,
    Role.CHANGE: format_change,
    Role.PERCENT: format_percent,
}

NUMERIC_ROLES: Final = frozenset(_READINGS)


def cell_text(value: Cell, role: Role) -> str:
    """Format a cell as people read it: numbers by their role, texts and dates as they are.

    >>> cell_text(2024, Role.DIMENSION), cell_text(2024, Role.METRIC)
    ('2024', '2,024')
    """
    if isinstance(value, str):
        return value
    if reading := _READINGS.get(role):
        return reading(value)
    return "-" if value is None else str(value)


def total_texts(report: Report) -> list[str]:
    """Return the formatted cells of the footer, an empty list without a total.

    The first dimension is `total` where the total itself has no value for it.
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
