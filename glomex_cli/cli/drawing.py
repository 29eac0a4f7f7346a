"""Pictures of the service's metrics: asked once, or again and again, and made into charts.

A chart has the points of its series, a title, and an earlier range beside them.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, TypeVar

from glomex_cli.charts.series import floats, known_of
from glomex_cli.charts.sparkline.lines import draw
from glomex_cli.charts.ticks import is_midnight, measure_of
from glomex_cli.cli.chart_options import DEFAULT_TOP
from glomex_cli.cli.errors import refuse_problems
from glomex_cli.cli.source import refuse_empty
from glomex_cli.dates.buckets import lacks
from glomex_cli.dates.calendar import described
from glomex_cli.dates.ranges import default_bucket, resolve_range
from glomex_cli.models import Period
from glomex_cli.reports.metrics import Question, Timelines, fetch_metrics
from glomex_cli.reports.request import parse_metrics, title_in

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from glomex_cli.charts.plot.layout import Chart, DataPoint
    from glomex_cli.charts.series import Series
    from glomex_cli.cli.chart_options import Look, Scaling
    from glomex_cli.cli.context import Context
    from glomex_cli.cli.source import Selection
    from glomex_cli.dates.comparison import Comparison
    from glomex_cli.models import Problem
    from glomex_cli.terminal.screen import Screen

_Found = TypeVar("_Found")
# Puts values without times in order; it is never shown.
_ORIGIN = datetime(2000, 1, 1)  # noqa: DTZ001
_INDEX_STEP = timedelta(seconds=1)


def question_of(context: Context, selection: Selection, *, ids: bool = False) -> Question:
    """Return what the options ask for; while watching, today is part of a range without an end.

    `ids` leaves titles out, as `--ids` does.
    """
    metrics, days, source = selection
    calendar = context.calendar
    typed = context.typed_range(days)
    bucket = source.dimension or default_bucket(typed, calendar)
    period = resolve_range(typed, calendar, bucket)
    is_open = days.last is None and days.named is None
    if source.watch is not None and is_open and isinstance(period, Period):
        period = Period(period.first, max(period.last, calendar.now.date()))
    return Question(
        parse_metrics(metrics),
        bucket,
        period,
        days.kind or context.settings.kind,
        source.by,
        source.top or DEFAULT_TOP,
        ids=source.ids or ids,
    )


def timelines_of(context: Context, question: Question) -> Timelines:
    """Fetch the metrics of a question, the service's default ones where it names none."""
    asked = question._replace(metrics=question.metrics or context.default_metrics)
    if question.by and not question.ids:
        schema = context.client.known_schema()
        known = schema.reports.get(question.kind) if schema else None
        asked = asked._replace(title=title_in(known.labels if known else (), question.by))
    return fetch_metrics(context.fetch, asked, kind_of=context.client.metric_kind, now=context.now)


def draw_metrics(context: Context, selection: Selection, look: Look, scale: Scaling) -> None:
    """Fetch the metrics and draw them as lines.

    Raises IncompleteError, after the picture, for what the service left out.
    """
    # A title that no label shows is not asked for.
    ids = not look.drawing(context.screen, scale).labels

    def ask() -> Timelines:
        return timelines_of(context, question_of(context, selection, ids=ids))

    source = selection.source
    if source.watch is not None:
        watch_service(
            context,
            ask,
            lambda found, screen: draw(found.series, look.drawing(screen, scale)).lines,
            seconds=source.watch,
        )
    context.announce_range(question_of(context, selection).period)
    found = ask()
    context.show(draw(found.series, look.drawing(context.screen, scale)))
    refuse_problems(context.talk, found.problems)
    refuse_empty(found.series, source)


def watch_service(
    context: Context,
    ask: Callable[[], _Found],
    lines_of: Callable[[_Found, Screen], Sequence[str]],
    *,
    seconds: float,
) -> None:
    """Ask and draw every so many seconds, until Ctrl-C; each round has all the time there is.

    One client serves all rounds, so that they share its connection and its session.
    """
    from glomex_cli.terminal.live import Stage, Watcher

    def ask_anew() -> _Found:
        context.deadline.restart()
        found = ask()
        context.shows_waits = False  # from now on a picture is there
        return found

    runtime = context.runtime
    stage = Stage(
        runtime.stdout, context.measured, lambda: runtime.now().astimezone(), context.talk.warn
    )
    Watcher(ask_anew, lines_of, stage).run(seconds)


def chart_of_input(series: Sequence[Series]) -> Chart:
    """Return a chart of series that were read; over time where each of them has times."""
    from glomex_cli.charts.plot.layout import Chart, ChartLine

    filled = [one for one in series if len(one.values)]
    is_timed = all(one.times for one in filled)
    lines = [
        ChartLine(
            one.name,
            _points(one) if is_timed else _numbered(one),
            partial=one.partial,
            kind=one.kind,
        )
        for one in filled
    ]
    named = ", ".join(_named(one) for one in filled if one.name)
    title = named or f"{len(filled[0].values):,} values" if filled else ""
    return Chart(title, lines, is_timed=is_timed)


def fetch_chart(
    context: Context, question: Question, compare: str | None
) -> tuple[Chart, Sequence[Series], list[Problem]]:
    """Fetch the metrics of a question, and those of the range that `compare` names."""
    from glomex_cli.charts.plot.layout import Chart, ChartLine

    found = timelines_of(context, question)
    lines = [
        ChartLine(series.name, _points(series), partial=series.partial, kind=series.kind)
        for series in found.series
    ]
    problems = list(found.problems)
    if compare:
        from glomex_cli.dates.comparison import parse_comparison

        comparison = parse_comparison(
            compare, question.period, now=context.now, bucket=question.bucket
        )
        context.announce(
            f"compared with {described(comparison.before, context.account.service.zone)}"
        )
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
    total = sum(known)
    measure = measure_of(series.kind, total)
    return f"{series.name} {measure.text(total)}{measure.name}"
