"""`glomex help`: the help of a command, or a page on a topic."""

from collections.abc import Iterator, Sequence
from typing import Annotated, Any

import typer

from glomex_cli.cli.app import COMMANDS, TOPICS, wrapped
from glomex_cli.cli.help import declare
from glomex_cli.errors import UsageError
from glomex_cli.suggestions import closest, quoted

EXAMPLES = (
    "glomex help report",
    "glomex help exit-codes",
    "glomex help environment",
)

_FORMATS = """\
Formats (-f FORMAT, or the suffix of -o FILE):
  table           for people; the default on a terminal
  json            an array of objects; the default in a pipe or a file
  ndjson, jsonl   one JSON object per line
  csv, tsv        with a header line; --bom for Excel
  markdown, md    a table for documents and chats
  parquet         for files only; needs pip install 'glomex-cli[export]'

Time ranges:
  --last 7d, 4w, 6m, 1y            whole days, weeks, months and years
  --last 24h, 90min                Mux only
  --period last-week, mtd, ytd     named ranges
  --from 2026-11-01 --to yesterday days, both inclusive
  --from 2026-11-25T14:00 --to now times, Mux only; --to is exclusive

A day is a day of the service: UTC for Mux. Days, weeks and months are written as in ISO 8601.
"""


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    declare(app, help_command, EXAMPLES)


def help_command(
    context: typer.Context,
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[COMMAND|TOPIC]...",
            help="A command, or one of the topics exit-codes, environment, formats.",
            show_default="overview of all commands",
        ),
    ] = None,
) -> None:
    """Show help for a command or a topic.

    The topics are exit-codes, environment and formats.
    """
    topic = "-".join(words or ()).lower().replace("_", "-")
    if topic in TOPICS:
        lines = (part for line in _lines(context, topic) for part in wrapped(line))
        context.obj.stdout.write("".join(f"{line}\n" for line in lines))
    else:
        typer.echo(_help_of(context.find_root(), words or ()))


def _help_of(root: Any, words: Sequence[str]) -> str:
    """Return the help of the command that the words name; UsageError for one there is not."""
    found = root
    for word in words:
        group = found.command
        below = group.get_command(found, word) if hasattr(group, "get_command") else None
        if below is None:
            near = closest(word, (*COMMANDS, *TOPICS))
            hint = f"did you mean glomex help {near}?" if near else "glomex help"
            raise UsageError(f"there is no help on {quoted(word)}", hint)
        found = below.context_class(below, info_name=word, parent=found, **below.context_settings)
    return str(found.get_help())


def _lines(context: typer.Context, topic: str) -> Iterator[str]:
    from glomex_cli.cli.completion.command_model import command_facts
    from glomex_cli.cli.completion.man import EXIT_CODES, variables

    match topic:
        case "exit-codes":
            yield "Exit codes:"
            yield from (f"  {code:>3}  {meaning}" for code, meaning in EXIT_CODES.items())
        case "environment":
            named = variables(command_facts(context.find_root().command))
            yield "Environment variables (an option wins over its variable):"
            for name, meaning in named:
                yield f"  {name}"
                yield f"      {meaning}"
        case _:
            yield from _FORMATS.splitlines()
