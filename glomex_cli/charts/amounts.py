"""Numbers for people, short and the same in every country: four significant digits, k, M, G."""

from __future__ import annotations

from math import inf, isinf

_UNITS = ("", "k", "M", "G")
_THOUSAND = 1000.0


def amount(value: float) -> str:
    """Write a number in a handful of characters.

    >>> [amount(value) for value in (0.98, 421.5, 12345, 999960, 1e15, -0.0)]
    ['0.98', '421.5', '12.35k', '1M', '1e15', '0']
    """
    for power, unit in enumerate(_UNITS):
        digits = f"{value / _THOUSAND**power:.4g}"
        if abs(float(digits)) < _THOUSAND:
            return "0" if not value else _tidy(digits) + unit
    return _tidy(f"{value:.4g}")


def _tidy(digits: str) -> str:
    """Write an exponent as `1e-7` instead of `1e-07`."""
    mantissa, _, exponent = digits.partition("e")
    return f"{mantissa}e{int(exponent)}" if exponent else mantissa


def change(first: float, last: float) -> str:
    """Write what became of the first value: in percent, or by how much where it was zero.

    >>> change(50, 54), change(0, 5), change(-4, -5)
    ('+8%', '+5', '-25%')
    """
    percent = 100 * (last / abs(first) - first / abs(first)) if first else inf
    if isinf(percent):
        return _signed(amount(last - first))
    return f"{_signed(amount(round(percent, 1)))}%"


def _signed(text: str) -> str:
    return text if text.startswith("-") else f"+{text}"
