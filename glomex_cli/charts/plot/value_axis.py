"""The value axis beside a chart: both ends of the scale, and round numbers where there is room."""

from __future__ import annotations

import re
from math import ceil, floor, isfinite, log10
from typing import TYPE_CHECKING, Final

from glomex_cli.charts.plot.strokes import DOTS_UP
from glomex_cli.charts.ticks import short_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from glomex_cli.charts.series import Scale

_ROWS_EACH: Final = 4
_ROUND: Final = (1, 2, 5, 10)
_MORE_DIGITS: Final = range(5, 13)
_FEWER_DIGITS: Final = (3, 2, 1)
_EXPONENT: Final = re.compile(r"e\+?(-?)0*")


def value_ticks(scale: Scale, rows: int, *, room: int) -> dict[int, str]:
    """Return labels of at most `room` characters by row, the lowest being 0.

    Between any two of them a row is free; with two rows the ends are all there is.
    """
    values = {0: scale.low, rows - 1: scale.high}
    free_from = 2
    for value in _round_values(scale, rows):
        row = scale.dot(value, DOTS_UP * rows) // DOTS_UP
        if free_from <= row <= rows - 3:
            values[row] = value
            free_from = row + 2
    return dict(zip(values, tick_labels(list(values.values()), room), strict=True))


def tick_labels(values: Sequence[float], room: int) -> list[str]:
    """Format numbers short, with more digits where they would look alike, fewer to fit.

    >>> tick_labels([1500, 2500], 7), tick_labels([1000001, 1000002], 9)
    (['1.5k', '2.5k'], ['1000001', '1000002'])
    """
    short = list(map(short_number, values))
    fitting = [short] if _fits(short, room) else []
    if fitting and len(set(short)) == len(values):
        return short
    for digits in (*_MORE_DIGITS, *_FEWER_DIGITS):
        texts = [_in_digits(value, digits) for value in values]
        if _fits(texts, room):
            fitting.append(texts)
    return max(fitting, key=lambda texts: len(set(texts)))


def _fits(texts: Sequence[str], room: int) -> bool:
    return max(map(len, texts)) <= room


def _in_digits(value: float, digits: int) -> str:
    return _EXPONENT.sub(r"e\1", f"{value or 0.0:.{digits}g}")


def _round_values(scale: Scale, rows: int) -> Iterator[float]:
    least = (scale.high - scale.low) * _ROWS_EACH / rows
    if not isfinite(least) or not least:
        return
    power = 10.0 ** floor(log10(least))
    step = next((power * digit for digit in _ROUND if power * digit >= least), 0.0)
    if not isfinite(step) or not step:
        return
    for number in range(ceil(scale.low / step), floor(scale.high / step) + 1):
        yield number * step
