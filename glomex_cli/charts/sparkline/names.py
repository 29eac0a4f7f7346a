"""Foreign names made fit for a terminal line: printable, and as wide as there is room."""

from __future__ import annotations

from itertools import accumulate


def printable(name: str, *, ascii_only: bool = False) -> str:
    r"""Give the name with everything invisible or active spelled out.

    Controls, escapes, bidi marks, zero-width characters and surrogates become `\x1b` forms.

    >>> printable("a" + chr(27) + "[2J")
    'a\\x1b[2J'
    """
    text = "".join(char if char.isprintable() else _escape(char) for char in name)
    return text.encode("ascii", "backslashreplace").decode() if ascii_only else text


def _escape(char: str) -> str:
    return char.encode("unicode_escape", "backslashreplace").decode()


def display_width(text: str) -> int:
    """Count the columns a terminal gives to printable text: East Asian wide ones take two."""
    return len(text) if text.isascii() else sum(map(_char_width, text))


def _char_width(char: str) -> int:
    # A megabyte of tables, loaded only where a name is not ASCII.
    from unicodedata import category, east_asian_width

    if category(char) in {"Mn", "Me"}:
        return 0
    return 2 if east_asian_width(char) in {"W", "F"} else 1


def fit(text: str, width: int, *, ascii_only: bool = False) -> str:
    """Give printable text in exactly `width` columns, cut with a mark or filled with blanks.

    >>> fit("video_views", 8, ascii_only=True), fit("day", 5)
    ('video_v~', 'day  ')
    """
    if display_width(text) > width:
        mark = "~" if ascii_only else "…"
        text = _cut(text, width - 1) + mark if width else ""
    return text + " " * (width - display_width(text))


def _cut(text: str, width: int) -> str:
    ends = accumulate(map(display_width, text))
    return "".join(char for char, end in zip(text, ends, strict=True) if end <= width)
