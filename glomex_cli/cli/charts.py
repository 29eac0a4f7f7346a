"""Series made into charts: their points, their titles, and an earlier range beside them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from glomex_cli.charts.plot.chart import Chart, ChartLine
from glomex_cli.charts.series import floats, known_of
from glomex_cli.charts.ticks import is_midnight, short_number
from glomex_cli.cli.drawing import timelines_of
from glomex_cli.dates.calendar import described
from glomex_cli.dates.comparison import parse_comparison
from glomex_cli.dates.partial import lacks

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from glomex_cli.charts.plot.chart import DataPoint
    from glomex_cli.charts.series import Series
    from glomex_cli.cli.context import Context
    from glomex_cli.dates.comparison import Comparison
    from glomex_cli.models import Problem
    from glomex_cli.reports.metrics import Question

# Puts values without times in order; it is never shown.
_ORIGIN = datetime(2000, 1, 1)  # noqa: DTZ001
_INDEX_STEP = timedelta(seconds=1)


def chart_of_input(series: Sequence[Series]) -> Chart:
    """Return a chart of series that were read; over time where each of them has times."""
    filled = [one for one in series if len(one.values)]
    is_timed = all(one.times for one in filled)
    lines = [
        ChartLine(one.name, _points(one) if is_timed else _numbered(one), partial=one.partial)
        for one in filled
    ]
    named = ", ".join(_named(one) for one in filled if one.name)
    title = named or f"{len(filled[0].values):,} values" if filled else ""
    return Chart(title, lines, is_timed=is_timed)


def fetch_chart(
    context: Context, question: Question, compare: str | None
) -> tuple[Chart, Sequence[Series], list[Problem]]:
    """Fetch the metrics of a question, and those of the range that `compare` names."""
    found = timelines_of(context, question)
    lines = [
        ChartLine(series.name, _points(series), partial=series.partial) for series in found.series
    ]
    problems = list(found.problems)
    if compare:
        comparison = parse_comparison(
            compare, question.period, now=context.now, bucket=question.bucket
        )
        context.announce(f"beside {described(comparison.before)}")
        earlier = timelines_of(context, question._replace(period=comparison.before))
        problems += earlier.problems
        if missing := _missing(earlier.series):
            context.talk.say(lacks(missing, question.bucket))
        before = {series.name: series for series in earlier.series}
        lines = [
            line._replace(previous=_moved(before.get(line.name), comparison, question))
            for line in lines
        ]
    return Chart(_title(found.series, question), lines), found.series, problems


def _missing(series: Sequence[Series]) -> int:
    """Count the buckets that no line has a value for."""
    columns = zip(*(one.values for one in series), strict=True)
    return sum(all(value is None for value in column) for column in columns)


def _points(series: Series) -> list[DataPoint]:
    times = series.times or ()
    shown: Callable[[datetime], date] = (
        datetime.date if all(map(is_midnight, times)) else lambda moment: moment
    )
    return [(shown(time), value) for time, value in zip(times, series.values, strict=True)]


def _numbered(series: Series) -> list[DataPoint]:
    return [(_ORIGIN + _INDEX_STEP * at, value) for at, value in enumerate(series.values)]


def _moved(
    series: Series | None, comparison: Comparison, question: Question
) -> Sequence[DataPoint]:
    """Put an earlier line onto the days it is drawn beside."""
    if series is None:
        return ()
    points = _points(series)
    return [(comparison.align(day, question.bucket), value) for day, value in points]


def _title(series: Sequence[Series], question: Question) -> str:
    parts = [_named(one) for one in series]
    what = f"{question.metrics[0]} by {question.by}: " if question.by and question.metrics else ""
    return f"{what}{', '.join(parts)}  {question.period}"


def _named(series: Series) -> str:
    """Name a line, with its total where its values may be added."""
    known = known_of(floats(series.values))
    if not known or not series.kind.adds_up:
        return series.name
    return f"{series.name} {short_number(sum(known))}"
