"""Reports and other values as JSON: one array, or one object per line (NDJSON).

Numbers keep the digits they came with, so that the text parses to the same values. Characters
that act on a terminal are escaped, which JSON reads back as themselves; all others stay
legible. NaN and infinity become null.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from json.encoder import encode_basestring, encode_basestring_ascii
from typing import NamedTuple

from glomex_cli.models import Json, Report
from glomex_cli.output.writer import Block, Notation, row_blocks
from glomex_cli.terminal.sanitize import active, is_harmless


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


def ndjson_blocks(report: Report, *, ascii_only: bool) -> Iterator[Block]:
    """Yield one object per line; `ascii_only` for a stream that cannot hold every character."""
    notation = _notation(report, ascii_only=ascii_only)
    for text, rows, _ in row_blocks(report, notation, between="\n"):
        yield Block(text + "\n", rows)


def json_blocks(report: Report, *, ascii_only: bool) -> Iterator[Block]:
    """Yield one array with an object per line.

    The array is closed only when all rows came, so that a broken one does not parse.
    """
    lead = "["
    notation = _notation(report, ascii_only=ascii_only)
    for text, rows, _ in row_blocks(report, notation, between=",\n  "):
        yield Block(f"{lead}\n  {text}", rows)
        lead = ","
    yield Block("[]\n" if lead == "[" else "\n]\n")


def _notation(report: Report, *, ascii_only: bool) -> Notation:
    texts = _ascii_texts if ascii_only else _texts
    names = texts([column.name for column in report.columns])
    pairs = ", ".join(f"{name.replace('%', '%%')}: %s" for name in names)
    return Notation("{" + pairs + "}", texts, "null")


def _texts(texts: Sequence[str]) -> Sequence[str]:
    encoded = list(map(encode_basestring, texts))
    return encoded if is_harmless("".join(texts)) else list(map(escaped, encoded))


def _ascii_texts(texts: Sequence[str]) -> Sequence[str]:
    return [escaped(encode_basestring_ascii(text)) for text in texts]


def escaped(encoded: str) -> str:
    """Return a line of JSON with what acts on a terminal as escapes, which mean the same."""
    return active().sub(lambda found: f"\\u{ord(found[0]):04x}", encoded)
