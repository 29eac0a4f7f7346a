"""Single values: numbers that may arrive as text, and text that must stay text."""

import math
import re
import sys

from glomex_cli.metrics import exact_float
from glomex_cli.models import Cell, Role

_NUMBER = re.compile(
    r"(?P<sign>[+-]?)(?P<whole>[0-9]*)(?P<rest>(?:\.[0-9]*)?(?:[eE][+-]?[0-9]{1,9})?)"
)
# What some languages write where JSON has no number.
_NO_NUMBER = re.compile(r"[+-]?(nan|inf(inity)?)", re.IGNORECASE)

# Python reads no integer of more digits.
_LONGEST = 4300

_LARGEST = sys.float_info.max


def numeric(cell: Cell) -> float | None:
    """Return the number a cell holds, or None where it holds none that can be drawn or added.

    A service may send counts as integers, floats or text (A6 of the API facts: big integers,
    decimals). Text counts only as ASCII digits; infinity, NaN, booleans and integers beyond
    a float's range do not count. Integers stay integers, so that sums are exact.

    >>> numeric("154240"), numeric("0.87"), numeric("٣"), numeric("")
    (154240, 0.87, None, None)
    """
    if isinstance(cell, str):
        cell = _parsed(cell)
    if cell is None or isinstance(cell, bool):
        return None
    if not -_LARGEST <= cell <= _LARGEST:
        return None
    return cell if isinstance(cell, int) else float(cell)  # a plain one, without its digits


def normalize_cell(cell: Cell, role: Role) -> Cell:
    """Return a cell of an answer as reports hold it.

    A metric sent as text becomes a number of the same digits; text that is no number stays.
    Blank text is missing, and so is what no float holds (`is_beyond`). The text of a dimension
    or label is never touched: a channel may be called 007. A boolean metric stays one, which
    is not added or drawn.

    >>> normalize_cell("007", Role.METRIC), normalize_cell("007", Role.DIMENSION)
    (7, '007')
    """
    if isinstance(cell, bool):
        return cell if role is Role.METRIC else str(cell).lower()
    if isinstance(cell, str) and role is Role.METRIC:
        cell = _normalized_text(cell)
    return cell if is_held(cell) else None


def is_held(cell: object) -> bool:
    """Return whether a cell is no number, or one that can be held: neither infinite nor NaN."""
    return not isinstance(cell, float) or -_LARGEST <= cell <= _LARGEST


def is_beyond(cell: object, role: Role) -> bool:
    """Return whether `normalize_cell` drops a number: `1e400`, or the text `Infinity`.

    >>> is_beyond("1e400", Role.METRIC), is_beyond("", Role.METRIC), is_beyond(5, Role.METRIC)
    (True, False, False)
    """
    if isinstance(cell, str) and role is Role.METRIC:
        cell = _normalized_text(cell)
    return not is_held(cell)


def _normalized_text(text: str) -> Cell:
    number = _parsed(text)
    if number is not None:
        return number
    return text if text.strip() else None


def _parsed(text: str) -> float | None:
    """Return a number with the digits of the text, in the form that JSON has for them."""
    stripped = text.strip(" \t\r\n")
    if _NO_NUMBER.fullmatch(stripped):
        return math.nan
    match = _NUMBER.fullmatch(stripped)
    if match is None or not re.match(r"[+-]?\.?[0-9]", stripped):
        return None
    whole, rest = match["whole"].lstrip("0") or "0", match["rest"]
    sign = match["sign"].replace("+", "")
    if not rest:
        return int(sign + whole) if len(whole) <= _LONGEST else None
    # JSON has a digit on both sides of a point.
    return exact_float(sign + whole + re.sub(r"\.(?![0-9])", ".0", rest))
