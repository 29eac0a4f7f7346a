"""JSON text to documents, strictly, and columns of JSON cells to numbers.

A text may hold many documents, with any white space between them. A string that holds a number
counts as one, a boolean does not.
"""

from __future__ import annotations

import json
import re
from array import array
from math import inf, isnan, nan
from types import NoneType
from typing import TYPE_CHECKING, cast

from glomex_cli.charts.parse.numbers import parse_number, quoted_word
from glomex_cli.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from glomex_cli.charts.parse.numbers import Tally
    from glomex_cli.models import Json

_HINT = "check it with: jq ."
_SPACE = re.compile(r"[ \t\r\n]*")


def documents(text: str, *, skip_bad: bool) -> list[Json]:
    """Parse every document of the text, in order; all numbers are floats, too large ones infinite.

    Raises UsageError, in one line, for what is not JSON: rubbish, a cut, NaN, a thousand levels.
    NaN and Infinity, which are not JSON either, pass with `skip_bad`.
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
    """Decode UTF-8, or UTF-16 with a byte order mark; UsageError for anything else."""
    is_wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        return content.decode("utf-16" if is_wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise UsageError(
            f"the input is not UTF-8 text at line {line}", "iconv -t UTF-8 FILE"
        ) from error


def numbers_of(cells: Sequence[Json]) -> array[float] | None:
    """Return a column of numbers and gaps; None if a single cell is neither."""
    if (plain := _plain(cells)) is not None:
        return plain
    numbers = array("d")
    for cell in cells:
        number = _number(cell)
        if number is None:
            return None
        numbers.append(number)
    return numbers


def _plain(cells: Sequence[Json]) -> array[float] | None:
    """Return a column that holds only JSON numbers and null, the quick way; else None."""
    if not set(map(type, cells)) <= {float, NoneType}:
        return None
    numbers = cast("Sequence[float | None]", cells)
    return array("d", [nan if number is None else number for number in numbers])


def values_of(cells: Sequence[Json], tally: Tally, name: str = "") -> array[float]:
    """Return the values of a column; UsageError names the row of a cell that is not a number."""
    plain = _plain(cells)
    if plain is not None and inf not in plain and -inf not in plain:
        return plain
    values = array("d")
    for row, cell in enumerate(cells, 1):
        number = _number(cell)
        if number is None:
            number = tally.refuse(_text(cell), f"row {row}{name and f' of {quoted_word(name)}'}")
        values.append(tally.accept(number))
    return values


def _number(cell: Json) -> float | None:
    match cell:
        case bool() | list() | dict():
            return None
        case None:
            return nan
        case str():
            return parse_number(cell.strip().encode("utf-8", "surrogatepass"))
        case _:
            return cell


def _text(cell: Json) -> str:
    match cell:
        case bool():
            return str(cell).lower()
        case list():
            return "[...]"
        case dict():
            return "{...}"
        case _:
            return str(cell)


def has_value(column: array[float]) -> bool:
    """Return whether a column holds more than gaps."""
    return not all(map(isnan, column))
