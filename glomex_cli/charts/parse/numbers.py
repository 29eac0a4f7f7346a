"""One word to a number, a gap, or neither; and a tally of what became a gap without being one."""

from __future__ import annotations

from math import inf, isinf, nan
from typing import TYPE_CHECKING, NoReturn

from glomex_cli.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Collection

    from glomex_cli.metrics import Agg

NUMBER_BYTES = b"0123456789+-.eE"
_GAPS = frozenset({b"", b"-", b"null", b"none", b"nan", b"+nan", b"-nan", b"na", b"n/a"})
_INFINITE = frozenset(sign + word for sign in (b"", b"+", b"-") for word in (b"inf", b"infinity"))
_SHOWN_CHARACTERS = 40
# More lines than anybody can look at; each takes memory of its own.
_MOST_SERIES = 1_000
PICK_HINT = "pick one with jq, such as: jq '.data' answer.json | glomex sparkline"


def parse_number(word: bytes) -> float | None:
    """Parse one word: a number, NaN for a gap, an infinity, or None for anything else.

    A number is `[+-]digits[.digits][e±digits]` or `.5`: stricter than Python, which also
    takes `1_000` and `1.`.

    >>> parse_number(b"1e3"), parse_number(b"1_000"), parse_number(b"n/a")
    (1000.0, None, nan)
    """
    if not word.translate(None, NUMBER_BYTES):
        plain = _plain_number(word)
        if plain is not None:
            return plain
    lower = word.lower()
    if lower in _GAPS:
        return nan
    return inf if lower in _INFINITE else None


def _plain_number(word: bytes) -> float | None:
    if word.endswith(b".") or b".e" in word.lower():
        return None
    try:
        return float(word)
    except ValueError:
        return None


def quoted_word(word: bytes | str) -> str:
    """Quote foreign text for an error message: printable, short, never a control character."""
    text = word if isinstance(word, str) else word.decode("utf-8", "backslashreplace")
    if len(text) > _SHOWN_CHARACTERS:
        text = text[:_SHOWN_CHARACTERS] + "..."
    return repr(text)


def refuse_many(found: Collection[object], what: str) -> None:
    """Raise UsageError for more than a thousand fields or lists, each of which is a line."""
    if len(found) > _MOST_SERIES:
        raise UsageError(f"the input has more than {_MOST_SERIES:,} {what}", PICK_HINT)


def refuse_comma(word: bytes | str, line: int) -> NoReturn:
    """Raise UsageError for a comma that may part two numbers, groups of digits or decimals."""
    raise UsageError(
        f"{quoted_word(word)} at line {line} is ambiguous: one number or two",
        "use glomex report -f json, or remove commas: tr -d ,",
    )


class Tally:
    """Counts the values that are drawn as a gap without being one, for a note afterwards."""

    def __init__(self, *, skip_bad: bool) -> None:
        self.skip_bad = skip_bad
        self._bad = 0
        self._infinite = 0

    def accept(self, value: float) -> float:
        """Return a finite value as it is, and a gap for an infinite one."""
        if not isinf(value):
            return value
        self._infinite += 1
        return nan

    def count_infinite(self, count: int) -> None:
        """Count infinite values that became gaps before it was known that they are drawn."""
        self._infinite += count

    def refuse(self, word: bytes | str, where: str) -> float:
        """Return a gap for a word that is not a number, or raise UsageError with its place."""
        if not self.skip_bad:
            raise UsageError(
                f"{quoted_word(word)} at {where} is not a number",
                hint="use --skip-bad to draw a gap",
            )
        self._bad += 1
        return nan

    def notes(self) -> list[str]:
        """Return what became a gap, as notes for stderr."""
        counts = ((self._infinite, "infinite value"), (self._bad, "bad value"))
        return [_note(count, noun) for count, noun in counts if count]


def _note(count: int, noun: str) -> str:
    return f"1 {noun} drawn as a gap" if count == 1 else f"{count:,} {noun}s drawn as gaps"


class FieldChoice:
    """The field that is wanted, None for any, how values join, and the notes about them."""

    def __init__(self, wanted: str | None, tally: Tally, agg: Agg | None = None) -> None:
        self.wanted = wanted
        self.tally = tally
        self.agg = agg
        self.notes: list[str] = []
