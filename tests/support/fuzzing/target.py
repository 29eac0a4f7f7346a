"""What a fuzzing target is, and how its bytes become the texts and numbers it needs."""

import struct
from collections.abc import Callable, Sequence
from typing import NamedTuple
from unicodedata import category

from glomex_cli.errors import GlomexError

# Controls, formats, surrogates, private use, ends of lines and paragraphs.
UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})


class Target(NamedTuple):
    """A promise as a function that raises when it is broken; where to start, and with what words.

    `words` are what inputs are made of: keywords, separators, edges. Both engines know them.
    """

    check: Callable[[bytes], None]
    seeds: Sequence[bytes]
    words: Sequence[bytes]


def text_of(data: bytes) -> str:
    """Return any text there is, lone surrogates included: the first byte tells how it is read."""
    if data[:1] < b"\x80":
        return data[1:].decode("utf-8", "surrogateescape")
    return data[1 : len(data) - (len(data) - 1) % 2].decode("utf-16-le", "surrogatepass")


def as_texts(*texts: str) -> tuple[bytes, ...]:
    """Return bytes that `text_of` reads as these texts, in both ways; UTF-8 has no surrogates."""
    narrow = (b"\0" + text.encode("utf-8", "replace") for text in texts)
    wide = (b"\xff" + text.encode("utf-16-le", "surrogatepass") for text in texts)
    return (*narrow, *wide)


def as_words(*texts: str) -> tuple[bytes, ...]:
    """Return what to put into such bytes."""
    return tuple(data[1:] for data in as_texts(*texts))


def numbers_of(data: bytes) -> list[float]:
    """Return finite numbers of any size, whole ones and floats in turn."""
    numbers: list[float] = []
    for at in range(0, len(data) - 7, 8):
        piece = data[at : at + 8]
        value: float = struct.unpack("<d", piece)[0]
        numbers += [int.from_bytes(piece, "little", signed=True)]
        numbers += [value] if abs(value) <= 1.8e308 else []
    return numbers


def is_one_safe_line(text: str) -> bool:
    """Say whether nothing in `text` acts on a terminal, hides, or begins another line."""
    return UNSEEN.isdisjoint(map(category, text))


def assert_explained(error: GlomexError, *, but_not: str = "") -> None:
    """Make sure that a failure is one line for a person, with nothing that acts on a terminal.

    `but_not` is what neither it nor what lies behind it may repeat.
    """
    assert error.message
    assert is_one_safe_line(error.message + error.hint), error.message
    shown = f"{error.message} {error.hint} {error.args!r} {error.__context__!r}"
    assert not but_not or but_not not in shown
