"""Numbers and cells formatted for people: grouped, signed where they are changes, few digits.

The text of a cell is not yet sanitized.
"""

import math
from collections.abc import Callable
from functools import partial
from typing import Final

from glomex_cli.metrics import MetricKind
from glomex_cli.models import Cell, Column, Report, Role
from glomex_cli.output.units import format_measure, format_points

_NOTHING = "-"
_TINY = 0.0001
_HUGE = 1e15


def format_amount(value: float | None, kind: MetricKind | None = None) -> str:
    """Format a count or a measure, grouped and with its unit; `-` for null, NaN and infinity.

    >>> format_amount(1234567), format_amount(1234.5), format_amount(0.01234), format_amount(None)
    ('1,234,567', '1,234.50', '0.0123', '-')
    """
    return _formatted(value, kind and partial(format_measure, kind=kind))


def format_change(value: float | None, kind: MetricKind | None = None) -> str:
    """Format a difference with its sign; zero has none.

    >>> format_change(1200), format_change(-3), format_change(0)
    ('+1,200', '-3', '0')
    """
    text = _formatted(value, kind and partial(format_points, kind=kind))
    is_gain = value is not None and 0 < value < math.inf
    return f"+{text}" if is_gain else text


def format_percent(value: float | None) -> str:
    """Format a change in percent with one decimal; what rounds to zero has no sign.

    >>> format_percent(12.34), format_percent(-1234.5), format_percent(-0.01)
    ('+12.3%', '-1,234.5%', '0.0%')
    """
    if value is None or not -math.inf < value < math.inf:
        return _NOTHING
    text = f"{value:+,}.0%" if isinstance(value, int) else f"{value:+,.1f}%"
    return "0.0%" if text[1:] == "0.0%" else text


def _formatted(value: float | None, measure: Callable[[float], str | None] | None) -> str:
    if value is None or not -math.inf < value < math.inf:
        return _NOTHING
    if measure and (text := measure(value)):
        return text
    return f"{value:,}" if isinstance(value, int) else _fraction(float(value))


def _fraction(value: float) -> str:
    size = abs(value)
    if size == 0:
        return "0"
    if not _TINY <= size < _HUGE:
        return f"{value:.3g}"
    return f"{value:,.2f}" if size >= 1 else f"{value:.4f}"


NUMERIC_ROLES: Final = frozenset({Role.METRIC, Role.CHANGE, Role.PERCENT})


def cell_text(value: Cell, column: Column) -> str:
    """Format a cell as people read it: numbers by role and unit, texts and dates as they are.

    >>> cell_text(2024, Column("year", Role.DIMENSION)), cell_text(2024, Column("x", Role.METRIC))
    ('2024', '2,024')
    """
    if isinstance(value, str):
        return value
    match column.role:
        case Role.METRIC:
            return format_amount(value, column.kind)
        case Role.CHANGE:
            return format_change(value, column.kind)
        case Role.PERCENT:
            return format_percent(value)
        case _:
            return raw_text(value, column)


def raw_text(value: Cell, _: Column) -> str:
    """Return a cell as programs read it: a number's digits as they came, and `-` for null.

    >>> raw_text(1234567, Column("x", Role.METRIC)), raw_text(None, Column("x", Role.METRIC))
    ('1234567', '-')
    """
    if isinstance(value, float) and not math.isfinite(value):
        return _NOTHING
    return _NOTHING if value is None else str(value)


def total_texts(report: Report, text_of: Callable[[Cell, Column], str] = cell_text) -> list[str]:
    """Return the formatted cells of the footer, an empty list without a total.

    The first dimension is `total` where the total itself has no value for it.
    """
    if report.total is None:
        return []
    texts = [
        "" if (value := report.total.get(column.name)) is None else text_of(value, column)
        for column in report.columns
    ]
    if texts and not texts[0] and report.columns[0].role is Role.DIMENSION:
        texts[0] = "total"
    return texts
