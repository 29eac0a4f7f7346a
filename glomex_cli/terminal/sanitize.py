"""Foreign text made safe for a terminal (sanitized), and measured in columns.

All text of the service or of a file passes here before it reaches a terminal: rich lets escape
sequences through, even with markup off. Secrets of this process are replaced by value, in every
form: a service may quote the token, password or challenge that it refuses, in its own words.
Every `Secret` is known here from the moment it is made.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

from glomex_cli.models import Secret
from glomex_cli.terminal.runtime import given_secrets

if TYPE_CHECKING:
    from collections.abc import Iterator

# What moves the cursor, reorders or breaks a line, or cannot be encoded: C0, DEL, C1, bidi
# controls, U+2028 and U+2029, surrogates.
_ACTIVE: Final = r"\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff"
# What shows nothing, or shows differently everywhere: format characters, joiners, fillers,
# variation selectors, tags, private use, noncharacters. Unicode 16, fixed here so that the same
# text looks the same under every Python; a test compares it with the interpreter's tables.
_UNSEEN: Final = (
    r"\xad\u034f\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    r"\u200b-\u200d\u2060-\u2065\u206a-\u206f\u3164\ufe00-\ufe0d\ufeff\uffa0\ufff0-\ufffb"
    r"\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    r"\ue000-\uf8ff\ufdd0-\ufdef\ufffe\uffff\U000e0000-\U000e0fff\U000f0000-\U0010ffff"
)
# Text or picture style, or a skin tone, for the character before: honest text needs them. How
# wide a terminal draws the pair is disputed, so they are left out and the width is certain.
_STYLES: Final = re.compile(r"[\ufe0e\ufe0f]|(?<=\S)[\U0001f3fb-\U0001f3ff]")
# One column each in every terminal: Latin, Greek and Cyrillic letters, punctuation, currency
# signs, boxes, bars. Of other scripts a table of 86 ms to load knows more.
_NARROW: Final = (
    r"[ -~\xa0-\xac\xae-\u02ff\u0370-\u0482\u048a-\u0588\u1e00-\u1fff\u2010-\u2027\u2030-\u205e"
    r"\u20a0-\u20c0\u2190-\u21ff\u2500-\u259f\u2800-\u28ff]*"
)
_UPPER_PLANES: Final = range(0x1_0000, 0xF_0000, 0x1_0000)
_MOST_MARKS: Final = 8
MASK = "***"
# To replace each `pw` or `x` would say more of the secret than it hides.
_SHORTEST = 4
_BASE64_BLOCK = 3
# The characters outside ASCII that `re.IGNORECASE` takes for letters of ASCII.
_ASCII_FOLDS: Final = {0x130: "i", 0x131: "i", 0x17F: "s", 0x212A: "k"}


def clean(text: str, *, keep: str = "") -> str:
    r"""Return `text` as a terminal may show it, whatever it holds.

    Controls, bidi controls, zero-width and private characters, tags and surrogates become
    visible escapes; only TAB and LF stay, where `keep` names them. Joiners do not stay, even
    within an emoji: terminals disagree about its width. Marks with nothing to sit on, and
    towers of them, become escapes too. Cleaning twice is cleaning once.

    >>> clean("Total\x1b[2J")
    'Total\\x1b[2J'
    """
    if text.isascii() and text.isprintable():
        return text
    text = _escaped(_unsafe(), text, keep)
    if text.isascii():
        return text
    return _tamed(_STYLES.sub("", text))


def clean_for(text: str, encoding: str) -> str:
    r"""Return `text` cleaned, with escapes for the characters that `encoding` lacks.

    >>> clean_for("Größe", "ascii")
    'Gr\\xf6\\xdfe'
    """
    return clean(text).encode(encoding, "backslashreplace").decode(encoding)


def disarm(text: str, *, keep: str = "") -> str:
    r"""Return `text` for a file or a pipe: nothing in it acts on a terminal, all else stays exact.

    Like `clean`, but what merely does not show stays: a joined emoji is data here.

    >>> disarm("👩\u200d💻\x07") == "👩\u200d💻\\x07"
    True
    """
    return text if text.isprintable() else _escaped(active(), text, keep)


def is_harmless(text: str) -> bool:
    """Return whether nothing in `text` acts on a terminal; quick for long texts too."""
    return text.isprintable() or active().search(text) is None


@cache
def active() -> re.Pattern[str]:
    """Return a pattern for what acts on a terminal, breaks a line or cannot be encoded."""
    return re.compile(f"[{_ACTIVE}]")


def clip(text: str, limit: int) -> str:
    """Return `text` cleaned and at most `limit` characters long, `…` in place of what is cut.

    >>> clip("an answer without end", 10)
    'an answer…'
    """
    enough = text[: limit + 1]
    safe = clean(enough)
    if len(safe) <= limit and enough == text:
        return safe
    return safe[: max(0, limit - 1)] + "…"[:limit]


def display_width(text: str) -> int:
    """Return how many columns a terminal gives to `text`, as tables are measured too.

    Wide characters take two; combining marks, and what joins the character before, take none;
    a vowel sign that has a place of its own, as in Hindi and Tamil, takes one.

    >>> display_width("日本 ab")
    7
    """
    if text.isascii() or _narrow().fullmatch(text):
        return len(text)
    from wcwidth import wcswidth, wcwidth

    width = wcswidth(text)
    return width if width >= 0 else sum(max(0, wcwidth(char)) for char in text)


def fit(text: str, width: int, *, ellipsis: str = "…") -> str:
    """Return `text` cleaned in exactly `width` columns: padded with spaces, or cut with `ellipsis`.

    >>> fit("Größe", 7), fit("Größenordnung", 7)
    ('Größe  ', 'Größen…')
    """
    safe = clean(text)
    if display_width(safe) > width:
        safe = _cut(safe, width, ellipsis)
    return safe + " " * (width - display_width(safe))


def _cut(text: str, width: int, ellipsis: str) -> str:
    room = width - display_width(ellipsis)
    if room < 0:
        return ellipsis[: max(0, width)]
    # The longest beginning that has room, with the marks on its last character.
    lengths = range(len(text) + 1)
    kept = bisect_right(lengths, room, key=lambda length: display_width(text[:length])) - 1
    return text[:kept] + ellipsis


@lru_cache(maxsize=4096)
def _is_mark(char: str) -> bool:
    """Return whether `char` joins the one before it: combining mark, Korean vowel, skin tone."""
    if "\u1160" <= char <= "\u11ff" or "\ud7b0" <= char <= "\ud7ff":
        return True
    from unicodedata import category  # a megabyte of tables

    return "\U0001f3fb" <= char <= "\U0001f3ff" or category(char).startswith("M")


def _tamed(text: str) -> str:
    """Escape marks that would be drawn over a neighbor: first in a line, or piled up."""
    shown: list[str] = []
    marks = _MOST_MARKS
    for char in text:
        if _is_mark(char):
            marks += 1
        else:
            marks = _MOST_MARKS if char == "\n" else 0
        shown.append(_visible(char) if marks > _MOST_MARKS else char)
    return "".join(shown)


@cache
def _narrow() -> re.Pattern[str]:
    return re.compile(_NARROW)


@cache
def _unsafe() -> re.Pattern[str]:
    # Every plane ends in two noncharacters; those of the private planes are in _UNSEEN.
    ends = "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in _UPPER_PLANES)
    return re.compile(f"[{_ACTIVE}{_UNSEEN}{ends}]")


def _escaped(pattern: re.Pattern[str], text: str, keep: str) -> str:
    kept = {"\t", "\n"}.intersection(keep)
    return pattern.sub(lambda found: found[0] if found[0] in kept else _visible(found[0]), text)


def _visible(char: str) -> str:
    return char.encode("unicode_escape").decode("ascii")


def mask_secrets(text: str) -> str:
    """Return `text` without any secret of this process, plain or in JSON, a URL or base64.

    Capitals do not matter: a host name, for one, is shown in small letters.

    >>> held = Secret("hunter2/hunter2")
    >>> mask_secrets("refused: hunter2%2Fhunter2")
    'refused: ***'
    """
    held = {*Secret.recent(), *given_secrets}
    plain = text.translate(_ASCII_FOLDS).lower()
    # Few of the forms are in a line, mostly none: a pattern of all takes 10 ms to compile.
    found = {
        word
        for value in held
        if len(value) >= _SHORTEST
        for word in _disguises(value)
        if not word.isascii() or word.lower() in plain
    }
    longest_first = sorted(map(re.escape, found), key=lambda word: (-len(word), word))
    return re.sub("|".join(longest_first), MASK, text, flags=re.IGNORECASE) if found else text


@lru_cache(maxsize=128)
def _disguises(value: str) -> frozenset[str]:
    """Return each form of a secret, none of them twice."""
    return frozenset(_forms(value))


def _forms(value: str) -> Iterator[str]:
    """Yield a secret plain, in JSON, in URLs, and in base64 at each offset within a block."""
    import base64
    import json
    from urllib.parse import quote, quote_plus

    data = value.encode("utf-8", "surrogatepass")
    yield value
    yield value.strip() or value
    for is_ascii in (True, False):
        yield json.dumps(value, ensure_ascii=is_ascii)[1:-1]
    yield quote(data, safe="")
    yield quote(data)
    yield quote_plus(data)
    for encode in (base64.b64encode, base64.urlsafe_b64encode):
        for before in range(_BASE64_BLOCK):
            coded = encode(b"\0" * before + data).decode()
            whole = coded[(before * 8 + 5) // 6 : (before + len(data)) * 8 // 6]
            if len(whole) >= _SHORTEST:
                yield whole
