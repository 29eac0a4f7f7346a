"""`glomex query`."""

import json
from pathlib import Path
from typing import Annotated

import typer

from glomex_cli.auth.renewal import with_session
from glomex_cli.cli.commands.variables import parse_variables, read_text
from glomex_cli.cli.context import Connection
from glomex_cli.cli.help import declare
from glomex_cli.cli.options import connected
from glomex_cli.cli.printing import refuse_problems
from glomex_cli.errors import UsageError
from glomex_cli.output.json import escaped
from glomex_cli.terminal.screen import is_fed

EXAMPLES = (
    "glomex query '{ __typename }'",
    "glomex report --print-query | glomex query",
    "glomex query weekly.graphql --var from=2025-06-01 --vars defaults.json",
)


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    declare(app, query, EXAMPLES)


@connected
def query(
    connection: Connection,
    document: Annotated[
        str | None,
        typer.Argument(
            metavar="[TEXT|FILE|-]",
            help="The GraphQL document: its text, a file with it, or - for stdin.",
            show_default="stdin",
        ),
    ] = None,
    *,
    var: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME=VALUE",
            help="A variable: true, false, null and whole numbers are typed, @FILE is read.",
            show_default="none",
        ),
    ] = None,
    vars: Annotated[  # noqa: A002 - the option's name
        Path | None,
        typer.Option(
            "--vars", metavar="FILE", help="A JSON object of variables.", show_default="none"
        ),
    ] = None,
) -> None:
    """Send any GraphQL document and print the answer as JSON.

    The answer is printed whole, data and errors. Errors beside data end with exit code 6,
    errors alone with 5.
    """
    variables = parse_variables(var or [], vars)
    sent = _text(connection, document)
    answer = with_session(connection, lambda service, token: service.query(sent, variables, token))
    text = json.dumps(answer.body, ensure_ascii=False, indent=2)
    connection.runtime.stdout.write("".join(f"{escaped(line)}\n" for line in text.split("\n")))
    if answer.failure:
        raise answer.failure
    refuse_problems(connection, answer.problems)


def _text(connection: Connection, document: str | None) -> str:
    """Tell a document from the name of its file: a document holds a brace."""
    if document is None and not is_fed(connection.runtime.stdin):
        raise UsageError("there is no document to send", "glomex query '{ __typename }'")
    if document is None or document == "-":
        return connection.runtime.stdin.read().decode("utf-8", "replace")
    return document if "{" in document else read_text(Path(document))
