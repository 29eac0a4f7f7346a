"""The time axis below a chart: both ends always, round times between them where they fit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from glomex_cli.charts.ticks import LABEL_GAP, end_formats, is_midnight, round_times

if TYPE_CHECKING:
    from glomex_cli.charts.plot.traces import TimeSpan


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
