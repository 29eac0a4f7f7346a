"""Text to JSON documents, strictly: one or many, whatever white space stands between them."""

from __future__ import annotations

import json
import re
from typing import TypeAlias, cast

from glomex_cli.errors import UsageError

Json: TypeAlias = "bool | float | str | list[Json] | dict[str, Json] | None"

_HINT = "check it with: jq ."
_SPACE = re.compile(r"[ \t\r\n]*")


def documents(text: str, *, skip_bad: bool) -> list[Json]:
    """Give every document of the text, in order; all numbers are floats, too large ones infinite.

    Raises UsageError in one line for whatever is no JSON: rubbish, a cut, NaN, a thousand levels.
    NaN and Infinity, which are no JSON either, pass with `skip_bad`.
    """
    decoder = json.JSONDecoder(
        parse_int=float, parse_constant=float if skip_bad else _refuse_constant
    )
    found: list[Json] = []
    try:
        at = _skip_space(text, 0)
        while at < len(text):
            document, at = cast("tuple[Json, int]", decoder.raw_decode(text, at))
            found.append(document)
            at = _skip_space(text, at)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise UsageError(f"the input breaks off or is no JSON at {place}", hint=_HINT) from error
    except RecursionError as error:
        raise UsageError("the JSON is nested too deeply to be a report", hint=_HINT) from error
    return found


def _skip_space(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return match.end() if match else at


def _refuse_constant(word: str) -> float:
    raise UsageError(
        f"{word} is no JSON", hint="write null for a gap; --skip-bad draws a gap instead"
    )


def decode(content: bytes) -> str:
    """Give the text of UTF-8, or of UTF-16 that says so; UsageError for anything else."""
    is_wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        return content.decode("utf-16" if is_wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise UsageError(f"the input is not UTF-8 text at line {line}") from error
