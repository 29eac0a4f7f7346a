"""The cells of a table as text, held in little memory, and how wide its columns are."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from glomex_cli.models import Cell, Column, Report, Role, Row
from glomex_cli.output.blocks import cells_of
from glomex_cli.output.numbers import NUMERIC_ROLES, cell_text, raw_text, total_texts
from glomex_cli.output.table_widths import Need, folded
from glomex_cli.terminal.sanitize import clean_for, display_width, fit
from glomex_cli.terminal.screen import Screen


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
