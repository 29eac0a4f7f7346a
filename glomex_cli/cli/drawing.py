"""Sparklines on their way out: drawn once, or again and again as the service answers anew."""

from collections.abc import Callable, Sequence
from typing import TypeAlias

from glomex_cli.charts.sparkline.draw import draw
from glomex_cli.charts.sparkline.options import SparklineOptions
from glomex_cli.cli.context import Context
from glomex_cli.cli.printing import refuse_problems
from glomex_cli.reports.metrics import Question, Timelines, fetch_metrics
from glomex_cli.reports.titles import title_in
from glomex_cli.terminal.live import watch

# Gives the drawing; told whether the last column is still growing.
DrawingFor: TypeAlias = Callable[[bool], SparklineOptions]


def timelines_of(context: Context, question: Question) -> Timelines:
    """Fetch the metrics of a question, the service's default ones where it names none."""
    usual = context.client.default_metrics
    asked = question._replace(metrics=question.metrics or usual)
    if question.by and not question.ids:
        schema = context.client.known_schema()
        known = schema.reports.get(question.kind) if schema else None
        asked = asked._replace(title=title_in(known.labels if known else (), question.by))
    return fetch_metrics(context.fetch, asked, kind_of=context.client.metric_kind, now=context.now)


def draw_metrics(context: Context, question: Question, drawing_for: DrawingFor) -> None:
    """Fetch the metrics and draw them.

    Raises IncompleteError, after the picture, for what the service left out.
    """
    found = timelines_of(context, question)
    context.show(draw(found.series, drawing_for(found.partial.last > 0)))
    refuse_problems(context.talk, found.problems)


def watch_metrics(
    context: Context,
    question_now: Callable[[], Question],
    drawing_for: DrawingFor,
    seconds: float,
) -> None:
    """Fetch and draw every so many seconds, until Ctrl-C; each time for the days of that day."""

    def lines() -> Sequence[str]:
        found = timelines_of(context.fresh(), question_now())
        return draw(found.series, drawing_for(found.partial.last > 0)).lines

    watch(
        lines,
        context.runtime.stdout,
        seconds=seconds,
        in_place=context.screen.is_terminal,
        tell=context.talk.warn,
    )
