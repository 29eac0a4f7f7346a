"""From the bytes of `config.toml` to checked TOML, with the line of what is wrong in it.

A parser's error quotes the text, which may hold a secret in the wrong place: what is raised
here names file, line and key only, and has no such error as its context.
"""

import re
import stat
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar, cast

from glomex_cli.errors import ConfigurationError
from glomex_cli.storage.errors import NO_HOME, explained_files, shell_quoted

# A thousand profiles take a quarter of it.
_MOST_BYTES = 1024 * 1024
# How many characters may be parsed to find the line of a key.
_SEARCH_BUDGET = 1024 * 1024
_T = TypeVar("_T")
_E = TypeVar("_E", bound=StrEnum)
_AT_LINE = re.compile(r"\(at line (\d+), column \d+\)\Z")


def read_config(path: Path) -> str | None:
    """Read the text of the file, without a byte order mark; None where there is no file."""
    with explained_files(path):
        try:
            data = _bytes(path)
        except FileNotFoundError:
            return None
        except NotADirectoryError:
            if path.is_relative_to(NO_HOME):
                return None
            raise
    if data is None or len(data) > _MOST_BYTES:
        raise _broken(path, "is not a valid settings file")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
    raise _broken(path, "is not UTF-8 text", line=line)


def parse_config(path: Path, text: str) -> dict[str, Any]:
    """Parse the text of the file; ConfigurationError, with the line, where it is not TOML."""
    document = parse_toml(text)
    if isinstance(document, dict):
        return document
    raise _broken(path, "is not TOML", line=document)


def wrong_value(path: Path, text: str, keys: tuple[str, ...], problem: str) -> ConfigurationError:
    """Return the error for the value of a key, with its line; the last of `keys` is that key."""
    line = _line_of(text, keys)
    return _broken(path, problem, line=line)


def _bytes(path: Path) -> bytes | None:
    """Read the start of a plain file; None for others: a named pipe would wait for a writer."""
    if not stat.S_ISREG(path.stat().st_mode):
        return None
    with path.open("rb") as stream:
        return stream.read(_MOST_BYTES + 1)


def _broken(path: Path, problem: str, *, line: int | None = None) -> ConfigurationError:
    typed = shell_quoted(path)
    where = f"{path}, line {line}:" if line else f"{path}:"
    return ConfigurationError(
        f"{where} {problem}",
        f"fix it, or move it away: mv {typed} {typed}.bad",
    )


def parse_toml(text: str) -> dict[str, Any] | int | None:
    """Return the parsed table, else the line of the first error, or None where that is unknown."""
    import tomllib

    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        found = _AT_LINE.search(str(error))
        at_end = str(error).endswith("(at end of document)")
    if found:
        return int(found[1])
    return text.count("\n") + 1 if at_end else None


def _line_of(text: str, keys: tuple[str, ...]) -> int | None:
    """Find the line that ends a key's value: the first up to which the text holds the key."""
    lines, budget, is_open = text.split("\n"), _SEARCH_BUDGET, False
    for number, line in enumerate(lines, start=1):
        if not is_open and keys[-1] not in line:
            continue
        start = "\n".join(lines[:number])
        budget -= len(start)
        if budget < 0:
            return None
        document = parse_toml(start)
        is_open = not isinstance(document, dict)  # a value may go on for some lines
        if isinstance(document, dict) and _holds(document, keys):
            return number
    return None


def _holds(table: dict[str, Any], keys: tuple[str, ...]) -> bool:
    value: Any = table
    for key in keys:
        if not isinstance(value, dict) or key not in value:
            return False
        value = cast("dict[str, Any]", value)[key]
    return True


class WrongValueError(Exception):
    """A value that cannot be used: its place, and what is expected. Never the value itself."""

    def __init__(self, keys: tuple[str, ...], problem: str) -> None:
        super().__init__(problem)
        self.keys = keys
        self.problem = problem


def table_in(table: dict[str, Any], keys: tuple[str, ...]) -> dict[str, Any]:
    """Return the table of the last key, empty where it is missing."""
    return cast("dict[str, Any]", value_in(table, keys, dict, "a table")) or {}


def value_in(
    table: dict[str, Any], keys: tuple[str, ...], kind: type[_T], called: str
) -> _T | None:
    """Return the value of the last key, or None where it is missing."""
    value = table.get(keys[-1])
    if value is None or isinstance(value, kind):
        return value
    raise WrongValueError(keys, f"{'.'.join(keys)} is not {called}")


def choice_in(table: dict[str, Any], keys: tuple[str, ...], choices: type[_E]) -> _E | None:
    """Return the value of the last key as one of `choices`, None where it is missing."""
    text = word_in(table, keys, tuple(choices))
    return None if text is None else choices(text)


def word_in(table: dict[str, Any], keys: tuple[str, ...], words: Sequence[str]) -> str | None:
    """Return the text of the last key, one of `words`, None where it is missing."""
    text = value_in(table, keys, str, "text")
    if text is None or text in words:
        return text
    raise WrongValueError(keys, f"{'.'.join(keys)} must be one of: {', '.join(words)}")


def names_in(
    table: dict[str, Any], keys: tuple[str, ...], grammar: re.Pattern[str]
) -> tuple[str, ...]:
    """Return the names of a text with commas, or of a list of texts; none where it is missing."""
    value = table.get(keys[-1], [])
    texts = cast("list[object]", value if isinstance(value, list) else [value])
    if all(isinstance(text, str) for text in texts):
        names = tuple(name.strip() for text in texts for name in str(text).split(","))
        if all(map(grammar.fullmatch, names)):
            return names
    raise WrongValueError(keys, f"{'.'.join(keys)} is not a list of names")
