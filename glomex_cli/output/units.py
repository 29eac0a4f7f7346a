"""Measures formatted for people by their unit: percent, hours, milliseconds, money, rates.

A column has one unit wherever its values allow it, so that they can be compared at a glance.
"""

import math
from collections.abc import Callable
from typing import Final

from glomex_cli.metrics import MetricKind, Unit

_SECONDS: Final = {Unit.SECONDS: 1.0, Unit.MILLISECONDS: 0.001}
_LEAST_HOURS: Final = 0.01
_HUGE: Final = 1e15


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
