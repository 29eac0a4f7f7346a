"""Lines of a table split into cells: CSV, TSV, Markdown, and the table that `report` prints."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from glomex_cli.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    # The number of the line that a row ends on, and its cells.
    Record = tuple[int, list[str]]

_RULE: Final = re.compile(r"\s*[-─━═=+|: ]{3,}\s*")
_APART: Final = re.compile(r"\S+(?: \S+)*")
_WORD: Final = re.compile(r"\S+")
_PIPE: Final = re.compile(r"(?<!\\)\|")
_ESCAPED: Final = re.compile(r"\\([^\w\s])")


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
        if line.strip() and not _RULE.fullmatch(line):
            yield number, cells_of(line)


def _csv_records(lines: Iterator[str], comma: str) -> Iterator[Record]:
    import csv

    # A CR within a line, which csv refuses, is a blank.
    whole = (line.rstrip("\r\n").replace("\r", " ") + "\n" for line in lines)
    reader = csv.reader(whole, delimiter=comma)
    try:
        yield from ((reader.line_num, cells) for cells in reader if any(cells))
    except csv.Error as error:
        message = f"the input is no CSV at line {reader.line_num}"
        raise UsageError(message, "glomex report -f csv writes what is read here") from error


def _markdown_cells(line: str) -> list[str]:
    inner = line.strip().removeprefix("|").removesuffix("|")
    return [_ESCAPED.sub(r"\1", cell).strip(" *") for cell in _PIPE.split(inner)]


class _Spans:
    """Splits lines that are aligned with a header; a cell belongs to the name it overlaps."""

    def __init__(self, header: str) -> None:
        found = list(_APART.finditer(header.rstrip()))
        self._pattern = _APART if len(found) > 1 else _WORD
        found = found if len(found) > 1 else list(_WORD.finditer(header))
        self._spans = [match.span() for match in found]

    def cells(self, line: str) -> list[str]:
        """Return a cell for each name of the header, empty where the line has none."""
        for pattern in (self._pattern, _WORD):
            words = [match[0] for match in pattern.finditer(line)]
            if len(words) == len(self._spans):
                return words
        return self._overlapping(line)

    def _overlapping(self, line: str) -> list[str]:
        cells = [""] * len(self._spans)
        for match in self._pattern.finditer(line):
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
    """Yield the lines of a text that comes in pieces, each with its end."""
    rest = ""
    for text in texts:
        *lines, rest = (rest + text).split("\n")
        yield from (f"{line}\n" for line in lines)
    if rest:
        yield rest
