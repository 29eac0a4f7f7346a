"""The axes of a chart: both ends always, and round values or times where there is room."""

from __future__ import annotations

import re
from math import ceil, floor, isfinite, log10
from typing import TYPE_CHECKING, Final, NamedTuple

from glomex_cli.charts.plot.strokes import DOTS_UP
from glomex_cli.charts.series import Scale
from glomex_cli.charts.ticks import (
    LABEL_GAP,
    RAW,
    end_formats,
    is_midnight,
    measure_of,
    round_times,
    short_number,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from glomex_cli.charts.plot.strokes import Drawn
    from glomex_cli.charts.plot.traces import TimeSpan

_ROWS_EACH: Final = 4
_ROUND: Final = (1, 2, 5, 10)
_MORE_DIGITS: Final = range(5, 18)  # 17 tell any two numbers apart
_FEWER_DIGITS: Final = (3, 2, 1)
_EXPONENT: Final = re.compile(r"e\+?(-?)0*")
_LEAST_DIGITS: Final = 4


class ValueAxis(NamedTuple):
    """The scale of one side as its labels show it, and the unit that the highest one names."""

    scale: Scale
    unit: str = ""


def value_axes(drawn: Iterable[Drawn]) -> dict[bool, ValueAxis]:
    """Return the axes of a chart, the right one under True; lines of several units have none."""
    sides: dict[bool, list[Drawn]] = {}
    for one in drawn:
        sides.setdefault(one.is_right, []).append(one)
    return {is_right: _value_axis(side) for is_right, side in sides.items()}


def _value_axis(side: Sequence[Drawn]) -> ValueAxis:
    low, high = side[0].scale
    kind = side[0].trace.kind
    has_one_unit = len({(one.trace.kind.unit, one.trace.kind.adds_up) for one in side}) == 1
    measure = measure_of(kind, max(abs(low), abs(high))) if has_one_unit else RAW
    return ValueAxis(Scale(low * measure.factor, high * measure.factor), measure.name)


def value_ticks(scale: Scale, rows: int, *, room: int, unit: str = "") -> dict[int, str]:
    """Return labels of at most `room` characters by row, the lowest being 0.

    Between any two of them a row is free; with two rows the ends are all there is.
    """
    values = {0: scale.low, rows - 1: scale.high}
    free_from = 2
    for value in round_values(scale, rows):
        row = scale.dot(value, DOTS_UP * rows) // DOTS_UP
        if free_from <= row <= rows - 3:
            values[row] = value
            free_from = row + 2
    labels = tick_labels(list(values.values()), room, unit=unit)
    return dict(zip(values, labels, strict=True))


def tick_labels(values: Sequence[float], room: int, *, unit: str = "") -> list[str]:
    """Format numbers short, with more digits where they would look alike, fewer to fit.

    The largest has its unit behind it, where there is room.

    >>> tick_labels([1500, 2500], 7), tick_labels([1000001, 1000002], 9)
    (['1.5k', '2.5k'], ['1000001', '1000002'])
    """
    if not unit or room < len(unit) + _LEAST_DIGITS:
        return _numbers(values, room)
    labels = _numbers(values, room - len(unit))
    labels[max(range(len(values)), key=values.__getitem__)] += unit
    return labels


def _numbers(values: Sequence[float], room: int) -> list[str]:
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


def round_values(scale: Scale, rows: int) -> Iterator[float]:
    """Yield the round values of a scale, upwards, so many that about four rows are between them."""
    least = (scale.high - scale.low) * _ROWS_EACH / rows
    if not isfinite(least) or not least:
        return
    power = 10.0 ** floor(log10(least))
    step = next((power * digit for digit in _ROUND if power * digit >= least), 0.0)
    if not isfinite(step) or not step:
        return
    for number in range(ceil(scale.low / step), floor(scale.high / step) + 1):
        yield number * step


class TimeAxis(NamedTuple):
    """The line below the frame, and the columns of the area to mark on the frame."""

    text: str
    marks: frozenset[int]


NO_TIMES: Final = TimeAxis("", frozenset())


class Ground(NamedTuple):
    """The line below the area: its `width`, and the area's first column and number of columns."""

    width: int
    left: int
    columns: int


def time_axis(span: TimeSpan, ground: Ground) -> TimeAxis:
    """Return the axis; labels are at least two blanks apart."""
    if span.first == span.last:
        return _lone(span, ground)
    start, end = _ends(span, ground.width)
    end_at = max(ground.left + ground.columns - len(end), len(start) + LABEL_GAP)
    end_at = min(end_at, ground.width - len(end))
    text = " " * min(ground.left, end_at - LABEL_GAP - len(start)) + start
    marks = {span.column(span.first, ground.columns), span.column(span.last, ground.columns)}
    for moment, label in round_times(span.first, span.last, columns=ground.columns):
        column = span.column(moment, ground.columns)
        at = ground.left + column - len(label) // 2
        fits = len(text) + LABEL_GAP <= at <= end_at - LABEL_GAP - len(label)
        if fits and (is_midnight(moment) or not span.is_daily):
            text = text.ljust(at) + label
            marks.add(column)
    return TimeAxis(text.ljust(end_at) + end, frozenset(marks))


def count_axis(span: TimeSpan, ground: Ground) -> TimeAxis:
    """Return the axis of values that have no times: the number of the first and of the last."""
    count = span.points
    first, last = (span.column(moment, ground.columns) for moment in (span.first, span.last))
    text = " " * (ground.left + first) + "1"
    if count > 1:
        end = f"{count:,}"
        end_at = max(ground.left + last - len(end) + 1, len(text) + LABEL_GAP)
        text = text.ljust(min(end_at, ground.width - len(end))) + end
    return TimeAxis(text, frozenset({first, last}))


def _lone(span: TimeSpan, ground: Ground) -> TimeAxis:
    texts = [span.first.strftime(pattern) for pattern in _formats(span)]
    label = next(text for text in texts if len(text) <= ground.width)
    column = span.column(span.first, ground.columns)
    at = max(0, min(ground.left + column - len(label) // 2, ground.width - len(label)))
    return TimeAxis(" " * at + label, frozenset({column}))


def _ends(span: TimeSpan, width: int) -> tuple[str, str]:
    formats = _formats(span)
    pairs = [(span.first.strftime(form), span.last.strftime(form)) for form in formats]
    return next(pair for pair in pairs if len("".join(pair)) + LABEL_GAP <= width)


def _formats(span: TimeSpan) -> list[str]:
    """Return the formats of the ends, the most precise first; two of the last fit 20 columns."""
    formats = end_formats((span.first, span.last), is_daily=span.is_daily)
    return formats if len(formats) > 1 else [*formats, "%Y-%m"]
