"""Sparklines on their way out: drawn once, or again and again as the service answers anew."""

from collections.abc import Callable, Sequence
from typing import TypeAlias

from glomex_cli.charts.sparkline.draw import draw
from glomex_cli.charts.sparkline.options import Drawing
from glomex_cli.cli.context import Connection, show
from glomex_cli.cli.printing import refuse_problems
from glomex_cli.reports.metrics import Question, ask
from glomex_cli.terminal.live import watch

# Gives the drawing; told whether the last column is still growing.
DrawingFor: TypeAlias = Callable[[bool], Drawing]


def draw_metrics(connection: Connection, question: Question, drawing_for: DrawingFor) -> None:
    """Ask for the metrics and draw them.

    Raises IncompleteError, after the picture, for what the service left out.
    """
    asked = ask(connection, question)
    show(connection, draw(asked.series, drawing_for(asked.is_unfinished)))
    refuse_problems(connection, asked.problems)


def watch_metrics(
    connection: Connection,
    question_now: Callable[[], Question],
    drawing_for: DrawingFor,
    seconds: float,
) -> None:
    """Ask and draw every so many seconds, until Ctrl-C; each time for the days of that day."""

    def lines() -> Sequence[str]:
        asked = ask(connection.fresh(), question_now())
        return draw(asked.series, drawing_for(asked.is_unfinished)).lines

    watch(
        lines,
        connection.runtime.stdout,
        seconds=seconds,
        in_place=connection.screen.is_terminal,
        tell=connection.warn,
    )
