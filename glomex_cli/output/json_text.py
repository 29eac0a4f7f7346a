"""Any JSON value as text, its numbers with the digits they came with."""

import math
from collections.abc import Callable, Iterator
from json.encoder import encode_basestring
from typing import NamedTuple

from glomex_cli.models import Json


class _Open(NamedTuple):
    """An object or array that is being written: its members left, and what closes it."""

    members: Iterator[tuple[str, Json]]
    close: str


def json_text(
    value: Json, encode: Callable[[str], str] = encode_basestring, *, indent: int | None = None
) -> str:
    """Return `value` as JSON, on one line or indented; `encode` writes the strings.

    The standard library's encoder would round an `ExactFloat`. Without recursion, since a value
    may be as deep as whoever sent it likes. Raises ValueError for NaN and infinity.
    """
    parts: list[str] = []
    levels: list[_Open] = []
    head, item = "", value
    while True:
        parts.append(head)
        if isinstance(item, (dict, list)) and item:
            parts.append("{" if isinstance(item, dict) else "[")
            levels.append(_opened(item, encode))
            comma = ""
        else:
            parts.append(_scalar(item, encode))
            comma = ","
        while (member := next(levels[-1].members, None) if levels else None) is None:
            if not levels:
                return "".join(parts)
            close = levels.pop().close
            parts += (_break(indent, len(levels), ""), close)
            comma = ","
        head, item = member
        parts += (comma, _break(indent, len(levels), " " if comma else ""))


def _opened(item: "dict[str, Json] | list[Json]", encode: Callable[[str], str]) -> _Open:
    if isinstance(item, dict):
        return _Open(((f"{encode(key)}: ", value) for key, value in item.items()), "}")
    return _Open((("", value) for value in item), "]")


def _break(indent: int | None, depth: int, otherwise: str) -> str:
    return otherwise if indent is None else "\n" + " " * (indent * depth)


def _scalar(item: Json, encode: Callable[[str], str]) -> str:
    if isinstance(item, str):
        return encode(item)
    if item is None:
        return "null"
    if isinstance(item, bool):
        return "true" if item else "false"
    if type(item) is float and not math.isfinite(item):
        raise ValueError("neither NaN nor infinity is JSON")
    return str(item)  # an empty list or object too
