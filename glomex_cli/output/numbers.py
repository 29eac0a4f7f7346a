"""Numbers and cells formatted for people: grouped, signed where they are changes, with a unit.

Units are percent, hours, milliseconds, money and rates. A column has one unit wherever its
values allow it, so that they can be compared at a glance. The text is not yet sanitized.
"""

import math
from collections.abc import Callable
from functools import partial
from typing import Final

from glomex_cli.metrics import MetricKind, Unit
from glomex_cli.models import Cell, Column, Report, Role

_NOTHING = "-"
_TINY = 0.0001
_HUGE = 1e15
NUMERIC_ROLES: Final = frozenset({Role.METRIC, Role.CHANGE, Role.PERCENT})
_SECONDS: Final = {Unit.SECONDS: 1.0, Unit.MILLISECONDS: 0.001}
_LEAST_HOURS: Final = 0.01


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


def cell_text(value: Cell, column: Column) -> str:
    """Format a cell as people read it: numbers by role and unit, texts and dates as they are.

    >>> cell_text(2024, Column("year", Role.DIMENSION)), cell_text(2024, Column("x", Role.METRIC))
    ('2024', '2,024')
    """
    if isinstance(value, (str, bool)):
        return raw_text(value, column)
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
    if isinstance(value, bool):
        return str(value).lower()
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


def format_measure(value: float, kind: MetricKind) -> str | None:
    """Format a finite value with its unit; None where the unit adds nothing to the number.

    Time that adds up is in hours, as of watching; other times are in seconds, or milliseconds
    where they are short. No currency is named, since no service says which it is.

    >>> format_measure(0.6074, MetricKind(Unit.FRACTION))
    '60.7%'
    >>> format_measure(40705056, MetricKind(Unit.SECONDS, adds_up=True))
    '11,306.96 h'
    >>> format_measure(583, MetricKind(Unit.MILLISECONDS, adds_up=False))
    '583 ms'
    """
    try:
        if kind.unit in _SECONDS and kind.adds_up:
            return _hours(value * _SECONDS[kind.unit])
        reading = _READINGS.get(kind.unit)
        return reading(value) if reading else None
    except OverflowError:  # an integer that no float holds
        return None


def format_points(value: float, kind: MetricKind) -> str | None:
    """Format a difference: of two percentages it is in points (`pp`), else as the values are.

    >>> format_points(0.012, MetricKind(Unit.FRACTION))
    '1.2 pp'
    """
    text = format_measure(value, kind)
    return text.replace("%", " pp") if text else text


def _fixed(value: float, decimals: int) -> str:
    """Format with that many decimals; with significant digits where nothing else would be left."""
    size = abs(value)
    if size >= _HUGE or 0 < size < 0.5 * 10**-decimals:
        return f"{value:.2g}"
    return f"{value or 0.0:,.{decimals}f}"


def _hours(seconds: float) -> str:
    hours = seconds / 3600
    if 0 < abs(hours) < _LEAST_HOURS:
        return f"{_fixed(seconds, 2)} s"
    return f"{_fixed(hours, 2)} h"


def _seconds(value: float) -> str:
    return _milliseconds(value * 1000) if 0 < abs(value) < 1 else f"{_fixed(value, 2)} s"


def _milliseconds(value: float) -> str:
    return f"{_fixed(value, 0 if value == math.trunc(value) else 1)} ms"


def _score(value: float) -> str:
    return _fixed(value * 100, 1).removesuffix(".0")


_READINGS: Final[dict[Unit, Callable[[float], str]]] = {
    Unit.FRACTION: lambda value: f"{_fixed(value * 100, 1)}%",
    Unit.PERCENT: lambda value: f"{_fixed(value, 1)}%",
    Unit.SCORE: _score,
    Unit.SECONDS: _seconds,
    Unit.MILLISECONDS: _milliseconds,
    Unit.MONEY: lambda value: _fixed(value, 2),
    Unit.BITS_PER_SECOND: lambda value: f"{_fixed(value / 1e6, 2)} Mb/s",
    Unit.PER_MINUTE: lambda value: f"{_fixed(value, 2)}/min",
}
