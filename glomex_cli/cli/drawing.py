"""Pictures of the service's metrics: asked once, or again and again."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from glomex_cli.charts.sparkline.draw import draw
from glomex_cli.cli.picture_options import DEFAULT_TOP
from glomex_cli.cli.printing import refuse_problems
from glomex_cli.cli.source import refuse_empty
from glomex_cli.dates.ranges import default_bucket, resolve_range
from glomex_cli.models import Period
from glomex_cli.reports.metrics import Question, Timelines, fetch_metrics
from glomex_cli.reports.titles import title_in

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from glomex_cli.cli.context import Context
    from glomex_cli.cli.picture_options import Scaling
    from glomex_cli.cli.source import Selection
    from glomex_cli.cli.sparkline_options import Look
    from glomex_cli.terminal.screen import Screen

_Found = TypeVar("_Found")


def question_of(context: Context, selection: Selection, *, ids: bool = False) -> Question:
    """Return what the options ask for; while watching, today is part of a range without an end.

    `ids` leaves titles out, as `--ids` does.
    """
    metrics, days, source = selection
    calendar = context.calendar
    bucket = source.dimension or default_bucket(days.typed, calendar)
    period = resolve_range(days.typed, calendar, bucket)
    is_open = days.last is None and days.named is None
    if source.watch is not None and is_open and isinstance(period, Period):
        period = Period(period.first, max(period.last, calendar.now.date()))
    return Question(
        tuple(metrics),
        bucket,
        period,
        days.kind or context.settings.kind,
        source.by,
        source.top or DEFAULT_TOP,
        ids=source.ids or ids,
    )


def timelines_of(context: Context, question: Question) -> Timelines:
    """Fetch the metrics of a question, the service's default ones where it names none."""
    usual = context.client.default_metrics
    asked = question._replace(metrics=question.metrics or usual)
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
    from glomex_cli.terminal.watch import Stage, Watcher

    def ask_anew() -> _Found:
        context.deadline.restart()
        return ask()

    runtime = context.runtime
    stage = Stage(
        runtime.stdout, context.measured, lambda: runtime.now().astimezone(), context.talk.warn
    )
    Watcher(ask_anew, lines_of, stage).run(seconds)
