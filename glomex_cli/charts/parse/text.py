"""Numbers in plain text, piece by piece, and lines of tables split into cells.

Plain blocks take a fast path. Tables are CSV, TSV, Markdown, and those that `report` prints.
"""

from __future__ import annotations

import re
from math import inf
from typing import TYPE_CHECKING, Final, TypeAlias

from glomex_cli.charts.parse.numbers import NUMBER_BYTES, Tally, parse_number, refuse_comma
from glomex_cli.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

# The number of the line that a row ends on, and its cells.
Record: TypeAlias = "tuple[int, list[str]]"
_RULE: Final = r"\s*[-─━═=+|: ]{3,}\s*"
_APART: Final = r"\S+(?: \S+)*"
_WORD: Final = r"\S+"
_PIPE: Final = r"(?<!\\)\|"
_ESCAPED: Final = r"\\([^\w\s])"
_SEPARATORS = b" \t\n\r\x0b\x0c,;"
_PLAIN = NUMBER_BYTES + _SEPARATORS
_BLANKS = b" " * len(_SEPARATORS)
_TO_BLANKS = bytes.maketrans(_SEPARATORS + b"E", _BLANKS + b"e")
# Longer than any number, so that a file without separators does not fill the memory.
_COMMA_IN_NUMBER = re.compile(rb"[^\s;]*[0-9],[0-9][^\s;]*")
_LONGEST_WORD = 1 << 20


def records_of(lines: Iterator[str], first: str) -> Iterator[Record]:
    """Yield the records of a table, its header among them; `first` is its first line.

    `lines` begin with that one. Blank lines, rules and Markdown's alignment are left out.
    """
    if first.lstrip().startswith("|"):
        yield from _split(lines, _markdown_cells)
    elif "\t" in first:
        yield from _split(lines, lambda line: line.split("\t"))
    elif "," in first or ";" in first:
        yield from _csv_records(lines, "," if "," in first else ";")
    else:
        yield from _split(lines, _Spans(first).cells)


def _split(lines: Iterable[str], cells_of: Callable[[str], list[str]]) -> Iterator[Record]:
    for number, text in enumerate(lines, 1):
        line = text.rstrip("\r\n")
        if line.strip() and not re.fullmatch(_RULE, line):
            yield number, cells_of(line)


def _csv_records(lines: Iterator[str], comma: str) -> Iterator[Record]:
    import csv

    # A CR within a line, which csv refuses, is a blank.
    whole = (line.rstrip("\r\n").replace("\r", " ") + "\n" for line in lines)
    reader = csv.reader(whole, delimiter=comma)
    try:
        yield from ((reader.line_num, cells) for cells in reader if any(map(str.strip, cells)))
    except csv.Error as error:
        message = f"the input is not valid CSV at line {reader.line_num}"
        raise UsageError(message, "glomex report -f csv writes CSV that can be read") from error


def _markdown_cells(line: str) -> list[str]:
    inner = line.strip().removeprefix("|").removesuffix("|")
    return [re.sub(_ESCAPED, r"\1", cell).strip(" *") for cell in re.split(_PIPE, inner)]


class _Spans:
    """Splits lines that are aligned with a header; a cell belongs to the name it overlaps."""

    def __init__(self, header: str) -> None:
        found = list(re.finditer(_APART, header.rstrip()))
        self._pattern = _APART if len(found) > 1 else _WORD
        found = found if len(found) > 1 else list(re.finditer(_WORD, header))
        self._spans = [match.span() for match in found]

    def cells(self, line: str) -> list[str]:
        """Return a cell for each name of the header, empty where the line has none."""
        for pattern in (self._pattern, _WORD):
            words = [match[0] for match in re.finditer(pattern, line)]
            if len(words) == len(self._spans):
                return words
        return self._overlapping(line)

    def _overlapping(self, line: str) -> list[str]:
        cells = [""] * len(self._spans)
        for match in re.finditer(self._pattern, line):
            cells[self._nearest(*match.span())] = match[0]
        return cells

    def _nearest(self, start: int, end: int) -> int:
        overlaps = [min(end, b) - max(start, a) for a, b in self._spans]
        return overlaps.index(max(overlaps))


def is_grouped(text: str) -> bool:
    """Return whether commas part a number in groups of three, such as 1,234,567.5.

    >>> is_grouped("1,234"), is_grouped("1,5"), is_grouped("1,5,22")
    (True, False, False)
    """
    whole, _, _ = text.lstrip("+-").partition(".")
    groups = whole.split(",")
    sizes = [len(group) for group in groups]
    return len(groups) > 1 and 1 <= sizes[0] <= 3 and set(sizes[1:]) == {3}  # noqa: PLR2004


def text_lines(texts: Iterable[str]) -> Iterator[str]:
    """Yield the lines of a text that comes in pieces, each with its end.

    Raises UsageError for one that is longer than a million characters.
    """
    rest, count = "", 1
    for text in texts:
        *lines, rest = (rest + text).split("\n")
        yield from (f"{line}\n" for line in lines)
        count += len(lines)
        if len(rest) > _LONGEST_WORD:
            raise UsageError(
                f"line {count} is longer than a million characters", "use text or JSON"
            )
    if rest:
        yield rest


class TextReader:
    """Parses text that comes in pieces, which may end anywhere, even inside a number.

    A comma between two digits may be a group or a decimal mark, and is refused; but not with
    `has_comma_separators`, where nothing else can be meant.
    """

    def __init__(
        self, tally: Tally, *, place: str = "line", has_comma_separators: bool = False
    ) -> None:
        self._has_comma_separators = has_comma_separators
        self._tally = tally
        self._place = place
        self._rest = b""
        self._line = 1

    def feed(self, piece: bytes) -> list[float]:
        """Return the values that are complete by now; NaN is a gap."""
        text = self._rest + piece
        end = _whole_words(text, comma=self._has_comma_separators)
        self._rest = text[end:]
        if len(self._rest) > _LONGEST_WORD:
            raise UsageError(
                f"{self._place} {self._line} contains no number in a million bytes",
                "use text or JSON",
            )
        return self._values(text[:end])

    def finish(self) -> list[float]:
        """Return the values of what is left when the text ends."""
        rest, self._rest = self._rest, b""
        return self._values(rest)

    def _values(self, block: bytes) -> list[float]:
        if b"," in block and not self._has_comma_separators:
            block = self._without_commas(block)
        values = plain_values(block)
        if values is None:
            values = self._careful_values(block)
        elif inf in values or -inf in values:
            values = [self._tally.accept(value) for value in values]
        self._line += block.count(b"\n")
        return values

    def _without_commas(self, block: bytes) -> bytes:
        """Return the block with a bad word for each that has a comma between two digits.

        Raises UsageError with its line instead, unless what is bad is to be skipped.
        """
        if self._tally.skip_bad:
            return _COMMA_IN_NUMBER.sub(b"?", block)
        if match := _COMMA_IN_NUMBER.search(block):
            self._careful_values(block[: match.start()])  # what is wrong before it comes first
            refuse_comma(match[0], self._line + block.count(b"\n", 0, match.start()))
        return block

    def _careful_values(self, block: bytes) -> list[float]:
        lines = enumerate(block.split(b"\n"), self._line)
        return [self._value(word, line) for line, text in lines for word in _words(text)]

    def _value(self, word: bytes, line: int) -> float:
        value = parse_number(_unquoted(word))
        if value is None:
            return self._tally.refuse(word, f"{self._place} {line}")
        return self._tally.accept(value)


def _whole_words(text: bytes, *, comma: bool) -> int:
    """Return the length up to which no word, and no run of separators within a line, is cut.

    `comma` where a comma ends a word; else it may be inside of one.
    """
    newline = text.rfind(b"\n") + 1
    if newline:
        return newline
    ends = (b" ", b"\t", b";", b"\r", *([b","] if comma else []))
    last = max(text.rfind(separator) for separator in ends)
    return len(text[: last + 1].rstrip(_SEPARATORS))


def plain_values(block: bytes) -> list[float] | None:
    """Parse a block that holds only plain numbers and `null`; None if it needs more care.

    Python's own `float` reads a million words in a tenth of a second. What it accepts without
    being a number here is ruled out before, on the block as a whole.
    """
    if block.translate(None, _PLAIN):
        block = block.replace(b"null", b"nan")
        if b"-n" in block or b"+n" in block or block.replace(b"nan", b"").translate(None, _PLAIN):
            return None
    if (b"," in block or b";" in block) and _has_empty_field(block):
        return None
    block = block.translate(_TO_BLANKS)
    if b". " in block or block.endswith(b".") or (b"e" in block and b".e" in block):
        return None
    try:
        return list(map(float, block.split()))
    except ValueError:
        return None


def _has_empty_field(block: bytes) -> bool:
    return b",," in block.translate(None, b" \t\r\x0b\x0c").replace(b";", b",")


def _unquoted(word: bytes) -> bytes:
    """Return the word without the quotes that jq leaves around a number in a string."""
    return word[1:-1] if len(word) > 1 and word[0] == word[-1] == ord('"') else word


def _words(line: bytes) -> Iterator[bytes]:
    """Yield the words of a line; nothing between two commas is an empty word, so a gap."""
    fields = line.replace(b";", b",").split(b",")
    for number, field in enumerate(fields, 1):
        words = field.split()
        if words:
            yield from words
        elif 1 < number < len(fields):
            yield b""
