"""Sparklines on their way out: drawn once, or again and again as the service answers anew."""

from collections.abc import Callable, Sequence
from typing import TypeAlias

from glomex_cli.connection import Connection
from glomex_cli.moving import watch
from glomex_cli.pictures import show
from glomex_cli.printing import refuse_problems
from glomex_cli.spark.draw import draw
from glomex_cli.spark.drawing import Drawing
from glomex_cli.timelines import Question, ask

# Gives the drawing; told whether the last column is still growing.
DrawingFor: TypeAlias = Callable[[bool], Drawing]


def draw_metrics(
    connection: Connection,
    question: Question,
    drawing_for: DrawingFor,
    watch_s: float | None,
) -> None:
    """Ask for the metrics and draw them; with `watch_s`, again every so many seconds.

    Raises IncompleteError, after the picture, for what the service left out.
    """
    if watch_s is None:
        asked = ask(connection, question)
        picture = draw(asked.series, drawing_for(asked.is_unfinished))
        show(connection, picture)
        refuse_problems(connection, asked.problems)
        return

    def lines() -> Sequence[str]:
        asked = ask(connection.fresh(), question)
        return draw(asked.series, drawing_for(asked.is_unfinished)).lines

    watch(
        lines,
        connection.runtime.stdout,
        seconds=watch_s,
        in_place=connection.screen.is_terminal,
        tell=connection.warn,
    )
