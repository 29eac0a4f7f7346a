"""`glomex sparkline`."""

from collections.abc import Sequence
from functools import partial
from typing import Annotated

import typer

from glomex_cli.commands.drawing_options import DrawingOptions
from glomex_cli.commands.options import connected, examples
from glomex_cli.commands.selection import RangeOptions
from glomex_cli.connection import Connection
from glomex_cli.errors import UsageError
from glomex_cli.models import Problem
from glomex_cli.periods.units import Bucket
from glomex_cli.printing import refuse_problems
from glomex_cli.spark.draw import draw
from glomex_cli.spark.reading import Reading, are_numbers, read_pieces, read_words
from glomex_cli.spelling import quoted
from glomex_cli.terminal import is_fed

EXAMPLES = (
    "glomex sparkline video_views",
    "glomex sparkline video_views ad_impressions --last 12w",
    "glomex sparkline 1 5 22 13 53",
    "glomex report -f json | glomex sparkline",
    "curl -s https://example.com/timeseries | jq '.data[][1]' | glomex sparkline",
)

_PIECE = 1 << 16


def register(app: typer.Typer) -> None:
    """Add the command to `app`. A negative number is an argument, not an unknown option."""
    app.command(epilog=examples(EXAMPLES), context_settings={"ignore_unknown_options": True})(
        sparkline
    )


@connected
def sparkline(
    connection: Connection,
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[METRIC|NUMBER|-]...",
            help="Metrics to ask for, numbers to draw, or - for stdin.",
            show_default="stdin if something is piped in, else the usual metrics",
        ),
    ] = None,
    days: RangeOptions = RangeOptions(),  # noqa: B008 - frozen, and spread into options
    look: DrawingOptions = DrawingOptions(),  # noqa: B008 - frozen, and spread into options
    *,
    dimension: Annotated[
        Bucket, typer.Option("--dimension", "-d", help="The time bucket of a column.")
    ] = Bucket.DAY,
    field: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="What to draw of JSON rows: a name, or an index from 0.",
            show_default="every number, or the one after the time",
        ),
    ] = None,
    skip_bad: Annotated[
        bool, typer.Option("--skip-bad", help="Leave a gap for what is no number.")
    ] = False,
) -> None:
    """Draw numbers as one line of bars.

    Asks the service for metrics, or draws the numbers given as arguments or on stdin: text,
    JSON in many shapes, the output of report, the answers of GraphQL and of Mux Data.
    """
    words = words or []
    _refuse_unknown_options(words)
    is_unfinished = False
    problems: Sequence[Problem] = ()
    if words == ["-"] or (not words and is_fed(connection.runtime.stdin)):
        pieces = iter(partial(connection.runtime.stdin.read1, _PIECE), b"")
        found = read_pieces(pieces, field=field, skip_bad=skip_bad, agg=look.agg)
    elif are_numbers(words):
        found = read_words(words)
    else:
        found, is_unfinished, problems = _ask(connection, words, dimension, days)
    picture = draw(found.series, look.drawing(connection, is_unfinished=is_unfinished))
    connection.runtime.stdout.write("".join(f"{line}\n" for line in picture.lines))
    for note in (*found.notes, *picture.notes):
        connection.say(note)
    refuse_problems(connection, problems)


def _ask(
    connection: Connection, metrics: Sequence[str], bucket: Bucket, days: RangeOptions
) -> tuple[Reading, bool, Sequence[Problem]]:
    from glomex_cli.timelines import Question, ask

    question = Question(tuple(metrics), bucket, days.period(connection), days.kind)
    lines = ask(connection, question)
    return Reading(lines.series), lines.is_unfinished, lines.problems


def _refuse_unknown_options(words: Sequence[str]) -> None:
    """Tell a misspelt option from a negative number: the parser lets both through."""
    for word in words:
        if word.startswith("-") and word != "-" and not are_numbers([word]):
            raise UsageError(f"no such option: {quoted(word)}", "glomex sparkline --help")
