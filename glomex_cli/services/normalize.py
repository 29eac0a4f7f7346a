"""Single values: numbers that may arrive as text, and text that must stay text."""

import re
import sys

from glomex_cli.models import Cell, Role

_NUMBER = re.compile(r"[+-]?(?:[0-9]+(\.[0-9]*)?|(\.[0-9]+))([eE][+-]?[0-9]{1,3})?")
# No count is longer, and Python refuses to read an integer of more than 4300 digits.
_LONGEST = 64
_LARGEST = sys.float_info.max


def numeric(cell: Cell) -> float | None:
    """Give the number a cell holds, or None where it holds none that can be drawn or added.

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
    return cell if -_LARGEST <= cell <= _LARGEST else None


def normalise_cell(cell: Cell, role: Role) -> Cell:
    """Give a cell of an answer as reports hold it.

    A metric sent as text becomes a number; text that is no number stays, blank text and NaN
    are missing. A dimension's text is never touched: a channel may be called 007.

    >>> normalise_cell("007", Role.METRIC), normalise_cell("007", Role.DIMENSION)
    (7, '007')
    """
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float):
        return numeric(cell)
    if isinstance(cell, str) and role is not Role.DIMENSION:
        return _normalised_text(cell)
    return cell


def _normalised_text(text: str) -> Cell:
    number = numeric(text)
    if number is not None:
        return number
    return text if text.strip() else None


def _parsed(text: str) -> float | None:
    if len(text) > _LONGEST:
        return None
    match = _NUMBER.fullmatch(text.strip(" \t\r\n"))
    if match is None:
        return None
    return float(match.group()) if any(match.groups()) else int(match.group())
