"""Reports as a table for a terminal, or aligned text for a pipe.

Every text is sanitized, and padded by the function that measures it. The width of a column is
known once all of its cells are: until then they are held as text, drawn they go out in pieces.
rich adds the colors, where the screen has any.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from glomex_cli.metrics import Better
from glomex_cli.models import Column, Report, Role
from glomex_cli.output.numbers import NUMERIC_ROLES
from glomex_cli.output.table_layout import Sheet, TableCanvas, folded, shared_widths
from glomex_cli.output.writer import Block, gathered
from glomex_cli.terminal.sanitize import display_width

if TYPE_CHECKING:
    from rich.color import ColorSystem
    from rich.style import Style

_GAP: Final = "  "
_SIGNED_ROLES: Final = frozenset({Role.CHANGE, Role.PERCENT})


def table_blocks(
    report: Report, canvas: TableCanvas, *, limit: int | None = None
) -> Iterator[Block]:
    """Yield the table: its header when all rows have been read, then rows and the total.

    On a terminal it is fitted to the width, numbers never cut, and has at most `limit` rows;
    of those beyond one is read, the others stay in `report.rows`. In a pipe nothing is cut, and
    numbers are raw. When the source of rows fails, the table of those before is yielded first.
    """
    most = limit if canvas.screen.is_terminal else None
    sheet, rows = Sheet(report, canvas), iter(report.rows)
    try:
        for block in gathered(islice(rows, most)):
            sheet.add(block)
        is_cut = most is not None and next(rows, None) is not None
    except Exception:
        if sheet.pages:
            yield from _drawn(sheet)
        raise
    yield from _drawn(sheet)
    yield Block("", is_cut=is_cut)


class _Strip(NamedTuple):
    """One column, ready to be drawn."""

    column: Column
    width: int
    canvas: TableCanvas
    style: str = ""

    def texts(self, cells: Sequence[str]) -> Iterable[str]:
        """Return the cells in exactly this width, cut where they are wider, and colored."""
        if (
            not self.canvas.screen.color
            and "".join(cells).isascii()
            and max(map(len, cells)) <= self.width
        ):
            pad = str.rjust if self.column.role in NUMERIC_ROLES else str.ljust
            return [pad(cell, self.width) for cell in cells]
        return [self.text(cell, self.style) for cell in cells]

    def text(self, cell: str, style: str = "") -> str:
        """Return one cell in exactly this width."""
        cell = self.canvas.cut(cell, self.width)
        room = " " * (self.width - display_width(cell))
        if cell and self.canvas.screen.color:
            cell = _colored(cell, f"{style} {self._sign_style(cell)}".strip())
        return room + cell if self.column.role in NUMERIC_ROLES else cell + room

    def _sign_style(self, cell: str) -> str:
        """Return green for what is better, red for what is worse, nothing where nobody knows."""
        better = self.column.kind.better if self.column.kind else Better.UP
        is_signed = self.column.role in _SIGNED_ROLES and cell[:1] in {"+", "-"} and len(cell) > 1
        # Raw numbers carry no plus: colors for some of them would mislead.
        if not is_signed or better is Better.NEITHER or not self.canvas.screen.is_terminal:
            return ""
        return "green" if (cell[0] == "+") is (better is Better.UP) else "red"


def _drawn(sheet: Sheet) -> Iterator[Block]:
    canvas, widths = sheet.canvas, _widths(sheet)
    titled = _titled(sheet.report.columns)
    strips = [
        _Strip(column, width, canvas, "dim" if column.name in titled else "")
        for column, width in zip(sheet.report.columns, widths, strict=True)
    ]
    rule = ("─" if canvas.screen.unicode else "-") * (sum(widths) + len(_GAP) * (len(widths) - 1))
    yield Block(_header(sheet, strips) + f"{rule}\n")
    for page in sheet.pages:
        cells = [
            strip.texts(texts.split("\n"))
            for strip, texts in zip(strips, page.columns, strict=True)
        ]
        yield Block(_lines(zip(*cells, strict=True)), page.rows)
    if sheet.report.total is not None:
        yield Block(f"{rule}\n{_emphasized(strips, sheet.totals)}")


def _titled(columns: Sequence[Column]) -> set[str]:
    """Return the names of ids that stand behind their titles."""
    return {
        column.name
        for title, column in pairwise(columns)
        if title.role is Role.LABEL and column.role is Role.DIMENSION
    }


def _header(sheet: Sheet, strips: Sequence[_Strip]) -> str:
    """Return the names of the columns, folded where they have to be, each on the last lines."""
    names = [
        folded(header, strip.width) for header, strip in zip(sheet.headers, strips, strict=True)
    ]
    most = max(map(len, names), default=1)
    lines = zip(*([""] * (most - len(name)) + name for name in names), strict=True)
    return "".join(_emphasized(strips, line) for line in lines)


def _emphasized(strips: Sequence[_Strip], cells: Sequence[str]) -> str:
    return _lines([[strip.text(cell, "bold") for strip, cell in zip(strips, cells, strict=True)]])


def _lines(rows: Iterable[Iterable[str]]) -> str:
    return "".join([_GAP.join(row).rstrip(" ") + "\n" for row in rows])


def _widths(sheet: Sheet) -> list[int]:
    needs, screen = sheet.needs(), sheet.canvas.screen
    if not screen.is_terminal:
        return [need.whole for need in needs]
    return shared_widths(needs, max(1, screen.width - len(_GAP) * (len(needs) - 1)))


def _colored(text: str, style: str) -> str:
    return _style(style).render(text, color_system=_color_system()) if style else text


@cache
def _style(words: str) -> "Style":
    from rich.style import Style

    return Style.parse(words)


@cache
def _color_system() -> "ColorSystem":
    from rich.color import ColorSystem

    return ColorSystem.STANDARD
