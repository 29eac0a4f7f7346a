"""GraphQL variables as a person types them: `--var NAME=VALUE` and a file of them."""

import json
import re
from collections.abc import Sequence
from pathlib import Path

from glomex_cli.errors import UsageError
from glomex_cli.models import Json
from glomex_cli.suggestions import quoted

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,17})")
_WORDS: dict[str, Json] = {"true": True, "false": False, "null": None}


def parse_variables(typed: Sequence[str], file: Path | None) -> dict[str, Json]:
    """Give the variables of a file, then those typed, which win.

    As with gh's `-F`: true, false, null and whole numbers are typed, `@FILE` is the text of a
    file, all else is text. UsageError for what is no variable.

    >>> parse_variables(["first=10", "name=007"], None)
    {'first': 10, 'name': '007'}
    """
    variables = _read_object(file) if file else {}
    for word in typed:
        name, equals, value = word.partition("=")
        if not equals or not _NAME.fullmatch(name):
            raise UsageError(f"--var {quoted(word)} is no variable", "type --var NAME=VALUE")
        variables[name] = _typed(value)
    return variables


def read_text(path: Path) -> str:
    """Give a file's text; UsageError, naming the file, where it cannot be read."""
    try:
        return path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise UsageError(f"cannot read {quoted(str(path))}: {reason}") from None


def _typed(value: str) -> Json:
    if value in _WORDS:
        return _WORDS[value]
    if _INTEGER.fullmatch(value):
        return int(value)
    return read_text(Path(value[1:])) if value.startswith("@") else value


def _read_object(file: Path) -> dict[str, Json]:
    try:
        found: Json = json.loads(read_text(file))
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise UsageError(f"{quoted(str(file))} holds no JSON object", 'such as {"first": 10}')
    return found
