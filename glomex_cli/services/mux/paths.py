"""Paths that a person asks for: `glomex query` takes them, `report --print-query` prints them."""

import re
from collections.abc import Iterator

from glomex_cli.errors import UsageError
from glomex_cli.models import Json
from glomex_cli.services.mux.client import PathQuestion
from glomex_cli.suggestions import quoted

# A path and its query (RFC 3986), without dots that lead out of it; it cannot name a host.
_PATH = re.compile(
    r"/(?!/)[A-Za-z0-9._~!$&'()*+,;=:@%/-]*(?:\?[A-Za-z0-9._~!$&'()*+,;=:@%/?\[\]-]*)?"
)
_UPWARD = re.compile(r"(?:^|/)(?:\.|%2e){1,2}(?:/|$)", re.IGNORECASE)
_EXAMPLE = "glomex query '/data/v1/metrics/views/overall' --var 'timeframe[]=7:days'"


def parse_questions(text: str, variables: dict[str, Json]) -> list[PathQuestion]:
    """Return the paths of `text`, one a line, each with the variables as further parameters.

    Raises UsageError for what is no path below the endpoint: the token is sent nowhere else.
    """
    more = tuple(_parameters(variables))
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not lines:
        raise UsageError("there is no path to ask for", _EXAMPLE)
    return [_question(line, more) for line in lines]


def _question(line: str, more: tuple[tuple[str, str], ...]) -> PathQuestion:
    path, _, query = line.partition("?")
    if not _PATH.fullmatch(line) or _UPWARD.search(path):
        raise UsageError(f"{quoted(line)} is no path of this service", _EXAMPLE)
    return PathQuestion(path, more, query)


def _parameters(variables: dict[str, Json]) -> Iterator[tuple[str, str]]:
    for name, value in variables.items():
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, (dict, list)):
                raise UsageError(f"the variable {quoted(name)} is no single value", _EXAMPLE)
            yield name, _text(each)


def _text(value: str | float | None) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)
