"""The figures beside sparklines: last, minimum, maximum, and the change since a named time.

They are those of complete values, and the first of them names the unit. Where room is short they
give way: min, max, then last.
"""

from __future__ import annotations

from itertools import pairwise
from math import isnan
from typing import TYPE_CHECKING, NamedTuple

from glomex_cli.charts.series import floats
from glomex_cli.charts.sparkline.shares import LONGEST_MONTH_S, SHORTEST_MONTH_S
from glomex_cli.charts.ticks import RAW, Measure, is_midnight, measure_of, short_change, since_label
from glomex_cli.metrics import Better

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from glomex_cli.charts.series import Series, Summary

BETWEEN = "  "
_GREEN, _RED = "32", "31"
_LAST, _LOW, _HIGH, _CHANGE = range(4)
# What is shown, from all figures down to none: the first that fits.
_CHOICES = (
    (_LAST, _LOW, _HIGH, _CHANGE),
    (_LAST, _HIGH, _CHANGE),
    (_LAST, _CHANGE),
    (_CHANGE,),
    (_LAST,),
    (),
)


class Figures(NamedTuple):
    """The figures of one line as text, and how wide they are with the gap before them."""

    text: str
    width: int


def aligned_figures(
    series: Sequence[Series], summaries: Sequence[Summary | None], *, room: int, color: bool
) -> list[Figures]:
    """Return one text for each line, all equally wide; with the gap before they fit in `room`.

    With `color` a change is green or red, where the kind of the metric says which is good.
    """
    rows = [_parts(*pair) for pair in zip(series, summaries, strict=True)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for choice in _CHOICES:
        shown = [index for index in choice if widths[index]]
        taken = sum(widths[index] + len(BETWEEN) for index in shown)
        if taken <= room:
            found = [_joined(row, shown, widths, taken) for row in rows]
            return list(map(_painted, found, rows, series)) if color else found
    return [Figures("", 0)] * len(rows)


def _joined(row: Sequence[str], shown: Sequence[int], widths: Sequence[int], taken: int) -> Figures:
    return Figures("".join(BETWEEN + row[at].ljust(widths[at]) for at in shown), taken)


def _painted(figures: Figures, row: Sequence[str], series: Series) -> Figures:
    change = row[_CHANGE]
    if series.kind.better is Better.NEITHER or not change or change.startswith(("+0 ", "+0% ")):
        return figures
    is_good = change.startswith("+") == (series.kind.better is Better.UP)
    colored = f"\x1b[{_GREEN if is_good else _RED}m{change}\x1b[0m"
    return figures._replace(text=figures.text.replace(change, colored))


def figures_of(summary: Summary | None) -> str:
    """Return the figures of a line that moves: no change, as its first value scrolls away."""
    return "".join(BETWEEN + part for part in _amounts(summary) if part)


def _parts(series: Series, summary: Summary | None) -> list[str]:
    if summary is None and any(not isnan(value) for value in floats(series.values)):
        return ["no complete values", "", "", ""]
    measure = _measure(series, summary)
    return [*_amounts(summary, measure), _change(series, summary, measure)]


def _measure(series: Series, summary: Summary | None) -> Measure:
    largest = max(abs(summary.low), abs(summary.high)) if summary else 0.0
    return measure_of(series.kind, largest)


def _amounts(summary: Summary | None, measure: Measure = RAW) -> list[str]:
    if summary is None:
        return ["no values", "", ""]
    return [
        f"last {measure.text(summary.last)}{measure.name}",
        f"min {measure.text(summary.low)}",
        f"max {measure.text(summary.high)}",
    ]


def _change(series: Series, summary: Summary | None, measure: Measure) -> str:
    """Return the change since the first complete value; empty where values have no times."""
    if summary is None or not series.times:
        return ""
    since = _since(series.times, series.times[summary.first_at])
    first, last = (value * measure.factor for value in (summary.first, summary.last))
    return f"{short_change(first, last)} vs {since}"


def _since(times: Sequence[datetime], moment: datetime) -> str:
    is_daily = all(map(is_midnight, times))
    steps = (after - before for before, after in pairwise(times))
    is_monthly = len(times) > 1 and all(
        SHORTEST_MONTH_S < step.total_seconds() < LONGEST_MONTH_S for step in steps
    )
    return since_label(moment, is_daily=is_daily, is_monthly=is_monthly)
