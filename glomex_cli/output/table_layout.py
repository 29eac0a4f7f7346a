"""The cells of a table as text, held in little memory, and its widths where they have to fit."""

import re
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from glomex_cli.models import Cell, Column, Report, Role, Row
from glomex_cli.output.numbers import NUMERIC_ROLES, cell_text, raw_text, total_texts
from glomex_cli.output.writer import cells_of
from glomex_cli.terminal.sanitize import clean_for, display_width, fit
from glomex_cli.terminal.screen import Screen

_LEGIBLE = 12
_WORD: Final = re.compile(r"[^_]*_|[^_]+")


class Need(NamedTuple):
    """How many columns of a screen a part of the table's column takes.

    `header` unfolded and `word`, its longest part; `text`, the longest cell; `number`, the
    longest cell that must not be cut.
    """

    header: int
    word: int
    text: int
    number: int

    @property
    def whole(self) -> int:
        """The width at which nothing is folded or cut."""
        return max(self)

    @property
    def folded(self) -> int:
        """The width at which the header is folded, but no cell is cut."""
        return max(self.word, self.text, self.number)

    @property
    def legible(self) -> int:
        """The width at which a text may be cut, but can still be recognized."""
        return max(self.number, min(self.folded, _LEGIBLE))

    @property
    def bare(self) -> int:
        """The width at which the header is cut too, before a date or an id is."""
        return max(1, self.number, min(self.text, _LEGIBLE))


def shared_widths(needs: Sequence[Need], available: int) -> list[int]:
    """Return widths that share `available` columns of a screen; more rather than cut a number.

    First headers are folded, then texts are cut to a dozen characters, then headers are cut, then
    texts to one; of several the longest gives way first. Where even that is not enough, the lines
    will be wrapped anyway, and texts keep their dozen.

    >>> shared_widths([Need(5, 5, 40, 0), Need(11, 6, 9, 9)], 35)
    [26, 9]
    """
    widths = [max(min(need.whole, available), need.number) for need in needs]
    widths = _shrunk(widths, [need.folded for need in needs], available)
    widths = _shrunk(widths, [need.legible for need in needs], available)
    widths = _shrunk(widths, [need.bare for need in needs], available)
    least = _shrunk(widths, [max(1, need.number) for need in needs], available)
    return least if sum(least) <= available else widths


def folded(header: str, width: int) -> list[str]:
    """Return a name as lines of at most `width` characters, folded at its underscores.

    >>> folded("previous_video_views", 15)
    ['previous_video_', 'views']
    """
    lines = [""]
    for word in _WORD.findall(header):
        if lines[-1] and len(lines[-1]) + len(word) > width:
            lines.append("")
        lines[-1] += word
    return lines


def _shrunk(widths: Sequence[int], floors: Sequence[int], available: int) -> list[int]:
    shrunk = list(widths)
    while sum(shrunk) > available:
        slack = [width if width > floor else 0 for width, floor in zip(shrunk, floors, strict=True)]
        if not any(slack):
            break
        shrunk[slack.index(max(slack))] -= 1
    return shrunk


class TableCanvas(NamedTuple):
    """Where a table is drawn: what the stream shows, and the encoding that it must fit in."""

    screen: Screen
    encoding: str

    def shown(self, text: str) -> str:
        """Return `text` cleaned, with escapes for what the encoding lacks: as wide as drawn."""
        return clean_for(text, self.encoding)

    def cut(self, text: str, width: int) -> str:
        """Return `text` cut to `width` columns, with an ellipsis that the screen can show."""
        if display_width(text) <= width:
            return text
        return fit(text, width, ellipsis="…" if self.screen.unicode else "...").rstrip()


class _Page(NamedTuple):
    """Some rows: the cells of each column, a line each."""

    columns: list[str]
    rows: int


class Sheet:
    """A table that grows by blocks of rows. A cell holds no line end: it has been cleaned."""

    def __init__(self, report: Report, canvas: TableCanvas) -> None:
        self.report = report
        self.canvas = canvas
        self.pages: list[_Page] = []
        self._text_of = cell_text if canvas.screen.is_terminal else raw_text
        self.headers = self._shown([column.label or column.name for column in report.columns])
        self.totals = self._shown(total_texts(report, self._text_of)) or [""] * len(report.columns)
        self._longest = [display_width(total) for total in self.totals]
        self._uncut = [
            display_width(total) if column.role in NUMERIC_ROLES else 0
            for column, total in zip(report.columns, self.totals, strict=True)
        ]

    def add(self, rows: Sequence[Row]) -> None:
        """Take rows: at least one, so that each column has a line."""
        columns = [
            "\n".join(self._measured(number, cells_of(rows, column.name)))
            for number, column in enumerate(self.report.columns)
        ]
        self.pages.append(_Page(columns, len(rows)))

    def needs(self) -> list[Need]:
        """Return what each column needs for the rows so far, its header and its total."""
        return [
            Need(display_width(header), _longest(folded(header, 1)), text, number)
            for header, text, number in zip(self.headers, self._longest, self._uncut, strict=True)
        ]

    def _measured(self, number: int, cells: Sequence[Cell]) -> list[str]:
        column = self.report.columns[number]
        texts = self._shown([self._text_of(cell, column) for cell in cells])
        self._longest[number] = max(self._longest[number], _longest(texts))
        self._uncut[number] = max(self._uncut[number], _longest(_never_cut(column, cells, texts)))
        return texts

    def _shown(self, texts: Sequence[str]) -> list[str]:
        joined = "".join(texts)
        if joined.isascii() and joined.isprintable():
            return list(texts)
        return [self.canvas.shown(text) for text in texts]


def _never_cut(column: Column, cells: Sequence[Cell], texts: Sequence[str]) -> Sequence[str]:
    if column.role is Role.TREND:
        return texts
    if column.role not in NUMERIC_ROLES:
        return ()
    if str not in set(map(type, cells)):
        return texts
    return [text for text, cell in zip(texts, cells, strict=True) if not isinstance(cell, str)]


def _longest(texts: Iterable[str]) -> int:
    return max(map(display_width, texts), default=0)
