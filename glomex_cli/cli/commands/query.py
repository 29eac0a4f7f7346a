"""`glomex query`, and the GraphQL variables that a person types for it."""

import json
import math
import re
from collections.abc import Sequence
from io import BufferedIOBase, BufferedReader
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from glomex_cli.cli.context import Context
from glomex_cli.cli.errors import refuse_problems
from glomex_cli.cli.help import declare
from glomex_cli.cli.options import with_context
from glomex_cli.errors import UsageError
from glomex_cli.interfaces import Service
from glomex_cli.metrics import exact_float
from glomex_cli.models import GRAPHQL_NAME, Json
from glomex_cli.output.json import escaped, json_text
from glomex_cli.suggestions import quoted
from glomex_cli.terminal.sanitize import clip
from glomex_cli.terminal.screen import is_fed

_NAME = re.compile(rf"{GRAPHQL_NAME.pattern}(?:\[\])?")
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,17})")


_LONGEST_SHOWN = 40
_MOST_BYTES = 16 * 1024 * 1024
_WORDS: dict[str, Json] = {"true": True, "false": False, "null": None}


def parse_variables(typed: Sequence[str], file: Path | None) -> dict[str, Json]:
    """Return the variables of a file, then those typed, which win.

    As with gh's `-F`: true, false, null and whole numbers are typed, `@FILE` is the text of a
    file, all else is text. UsageError for what is not NAME=VALUE.

    >>> parse_variables(["first=10", "name=007"], None)
    {'first': 10, 'name': '007'}
    """
    variables = _read_object(file) if file else {}
    names: set[str] = set()
    for word in typed:
        name, equals, value = word.partition("=")
        if name in names and not name.endswith("[]"):
            raise UsageError(f"--var {name} is given twice", "leave one of them out")
        names.add(name)
        if not equals or not _NAME.fullmatch(name):
            raise UsageError(f"--var {quoted(word)} is not NAME=VALUE", "type --var NAME=VALUE")
        _add(variables, name, _typed(value))
    return variables


def _add(variables: dict[str, Json], name: str, value: Json) -> None:
    """Set a variable; one whose name ends in brackets is a list that each value adds to."""
    listed = variables.get(name)
    if not name.endswith("[]"):
        variables[name] = value
    elif isinstance(listed, list):
        listed.append(value)
    else:
        variables[name] = [value]


def _read_text(path: Path) -> str:
    """Return a file's text; UsageError, naming the file, where it cannot be read."""
    try:
        with path.open("rb") as stream:
            return _bounded(stream, quoted(str(path))).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        way_out = "type the name of a text file"
        raise UsageError(f"cannot read {quoted(str(path))}: {reason}", way_out) from None


def _bounded(stream: BufferedIOBase | BufferedReader, name: str) -> bytes:
    """Return all that a stream holds; UsageError for more than a service would read."""
    data = stream.read(_MOST_BYTES + 1)
    if len(data) > _MOST_BYTES:
        raise UsageError(f"{name} is larger than {_MOST_BYTES >> 20} MiB", "send a smaller one")
    return data


def _typed(value: str) -> Json:
    if value in _WORDS:
        return _WORDS[value]
    if _INTEGER.fullmatch(value):
        return int(value)
    if value == "@":
        raise UsageError("--var NAME=@ needs the name of a file", "type --var NAME=@FILE")
    return _read_text(Path(value[1:])) if value.startswith("@") else value


def _read_object(file: Path) -> dict[str, Json]:
    try:
        found: Json = json.loads(
            _read_text(file), parse_float=_sendable, parse_constant=_refuse_number
        )
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise UsageError(f"{quoted(str(file))} contains no JSON object", 'such as {"first": 10}')
    return found


def _sendable(digits: str) -> float:
    number = exact_float(digits)
    return number if math.isfinite(number) else _refuse_number(digits)


def _refuse_number(digits: str) -> NoReturn:
    raise UsageError(
        f"the variables contain {clip(digits, _LONGEST_SHOWN)}, which is out of range",
        "type null, or a number between -1.7e308 and 1.7e308",
    )


EXAMPLES = (
    "glomex query '{ __typename }'",
    "glomex report --print-query | glomex query",
    "glomex query --service mux /data/v1/metrics/views/overall",
    "glomex query weekly.graphql --var from=2025-06-01 --vars defaults.json",
)


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    declare(app, query_command, EXAMPLES)


@with_context
def query_command(
    context: Context,
    document: Annotated[
        str | None,
        typer.Argument(
            metavar="[TEXT|FILE|-]",
            help="A GraphQL document or a Mux API path: as text, in a file, or - for stdin.",
            show_default="stdin",
        ),
    ] = None,
    *,
    operation: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="Operation to run, if the document has several.",
            show_default="the only one",
        ),
    ] = None,
    var: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME=VALUE",
            help="Set a variable: true, false, null and integers keep their type; @FILE is read.",
        ),
    ] = None,
    vars: Annotated[  # noqa: A002 - the option's name
        Path | None,
        typer.Option("--vars", metavar="FILE", help="JSON file with variables."),
    ] = None,
) -> None:
    """Send a raw query to the service and print the response as JSON.

    The response is printed unchanged, data and errors. Exits with code 6 for errors with data,
    and with 5 for errors without data.
    """
    variables = parse_variables(var or [], vars)
    service = context.account.service
    sent = _text(document, context.runtime.stdin, service)
    chosen = service.operation(sent, operation)
    answer = context.client.query(sent, variables, operation=chosen)
    text = json_text(answer.body, indent=2)
    context.runtime.stdout.write("".join(f"{escaped(line)}\n" for line in text.split("\n")))
    if answer.failure:
        raise answer.failure
    refuse_problems(context.talk, answer.problems)


def _text(document: str | None, stdin: BufferedIOBase, service: Service) -> str:
    """Return the document itself, or read it from its file."""
    if document is None and not is_fed(stdin):
        raise UsageError("there is no document to send", "glomex query '{ __typename }'")
    if document is None or document == "-":
        return _bounded(stdin, "stdin").decode("utf-8-sig", "replace")
    if not document.strip():
        raise UsageError("the document is empty", "glomex query '{ __typename }'")
    return document if service.is_query(document) else _read_text(Path(document))
