"""Reports as a table for a terminal, or aligned text for a pipe; drawn by rich.

Every text is sanitized, because rich lets escape sequences through, and is a rich `Text`, so that
no markup is read in it. rich is told all about the screen and does not read the environment.
"""

import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Final, NamedTuple

from rich.box import SIMPLE, SIMPLE_HEAD, Box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from glomex_cli.models import Column, Report, Role, Row
from glomex_cli.output.blocks import Block
from glomex_cli.output.numbers import NUMERIC_ROLES, cell_text, total_texts
from glomex_cli.output.table_widths import Need, folded, shared_widths
from glomex_cli.terminal.sanitize import clean_for, display_width, fit
from glomex_cli.terminal.screen import Screen

_GAP: Final = 2
_SIGNED_ROLES: Final = frozenset({Role.CHANGE, Role.PERCENT})
_SIGN_STYLES: Final = {"+": "green", "-": "red"}


class TableCanvas(NamedTuple):
    """Where a table is drawn: what the stream shows, and the encoding that it must fit in."""

    screen: Screen
    encoding: str

    def shown(self, text: str) -> str:
        """Return `text` cleaned, with escapes for what the encoding lacks: as wide as drawn."""
        return clean_for(text, self.encoding)

    def cut(self, text: str, width: int) -> str:
        """Return `text` cut to `width` columns, where rich's own `…` cannot be shown."""
        if self.screen.unicode or display_width(text) <= width:
            return text
        return fit(text, width, ellipsis="...").rstrip()


class _Strip(NamedTuple):
    """One column, ready to be drawn."""

    role: Role
    header: str
    cells: Sequence[str]
    total: str
    need: Need

    def lines(self, cells: Iterable[str], width: int, canvas: TableCanvas) -> Text:
        """Return cells as one text, a line each: rich draws that four times as fast as rows."""
        text = Text()
        for cell in cells:
            is_signed = self.role in _SIGNED_ROLES and len(cell) > 1
            style = _SIGN_STYLES.get(cell[0]) if is_signed else None
            text.append(canvas.cut(cell, width) + "\n", style)
        text.right_crop(1)
        return text


def table_blocks(
    report: Report, canvas: TableCanvas, *, limit: int | None = None
) -> Iterator[Block]:
    """Yield the table in one block: its widths are known only when all of its rows are.

    On a terminal it is fitted to the width, numbers never cut, and has at most `limit` rows;
    of those beyond one is read, the others stay in `report.rows`. In a pipe nothing is cut.
    When the source of rows fails, the table of those before is yielded first.
    """
    most = limit if canvas.screen.is_terminal else None
    rows: list[Row] = []
    try:
        # `extend` keeps what it got before a failure.
        rows.extend(islice(report.rows, None if most is None else most + 1))
    except Exception:
        if rows:
            yield Block(_drawn(report, rows, canvas), len(rows))
        raise
    shown = rows[:most]
    yield Block(_drawn(report, shown, canvas), len(shown), is_cut=len(shown) < len(rows))


def _drawn(report: Report, rows: Sequence[Row], canvas: TableCanvas) -> str:
    totals = total_texts(report) or [""] * len(report.columns)
    strips = [
        _strip(column, rows, canvas.shown(total), canvas)
        for column, total in zip(report.columns, totals, strict=True)
    ]
    widths = _widths([strip.need for strip in strips], canvas.screen)
    table = _table(strips, widths, canvas, has_total=report.total is not None)
    return _printed(table, sum(widths) + _GAP * len(widths), canvas.screen)


def _strip(column: Column, rows: Sequence[Row], total: str, canvas: TableCanvas) -> _Strip:
    values = [row.get(column.name) for row in rows]
    header = canvas.shown(column.label or column.name)
    cells = [canvas.shown(cell_text(value, column.role)) for value in values]
    never_cut = [
        cell
        for cell, value in zip(cells, values, strict=True)
        if column.role is Role.TREND
        or (column.role in NUMERIC_ROLES and not isinstance(value, str))
    ]
    if column.role in NUMERIC_ROLES:
        never_cut.append(total)
    need = Need(
        header=display_width(header),
        word=_longest(folded(header, 1)),
        text=_longest([*cells, total]),
        number=_longest(never_cut),
    )
    return _Strip(column.role, header, cells, total, need)


def _longest(texts: Iterable[str]) -> int:
    return max(map(display_width, texts), default=0)


def _widths(needs: Sequence[Need], screen: Screen) -> list[int]:
    if not screen.is_terminal:
        return [max(need) for need in needs]
    return shared_widths(needs, max(1, screen.width - _GAP * (len(needs) - 1)))


def _table(
    strips: Sequence[_Strip], widths: Sequence[int], canvas: TableCanvas, *, has_total: bool
) -> Table:
    table = Table(
        box=_box(canvas.screen, has_total=has_total),
        padding=(0, _GAP - 1, 0, 0),
        pad_edge=False,
        show_edge=False,
        show_footer=has_total,
        header_style="bold",
        footer_style="bold",
    )
    for strip, width in zip(strips, widths, strict=True):
        table.add_column(
            strip.lines(folded(strip.header, width), width, canvas),
            strip.lines([strip.total], width, canvas),
            width=width,
            justify="right" if strip.role in NUMERIC_ROLES else "left",
            overflow="ellipsis",
            no_wrap=True,
        )
    if any(strip.cells for strip in strips):
        table.add_row(
            *(
                strip.lines(strip.cells, width, canvas)
                for strip, width in zip(strips, widths, strict=True)
            )
        )
    return table


def _box(screen: Screen, *, has_total: bool) -> Box:
    box = SIMPLE if has_total else SIMPLE_HEAD
    return box if screen.unicode else Box(str(box).replace("─", "-"))


def _printed(table: Table, width: int, screen: Screen) -> str:
    page = io.StringIO()
    console = Console(
        file=page,
        width=width,
        color_system="standard" if screen.color else None,
        force_terminal=screen.color,
        force_jupyter=False,
        no_color=not screen.color,
        legacy_windows=False,
        markup=False,
        emoji=False,
        highlight=False,
        _environ={},
    )
    console.print(table)
    lines = page.getvalue().split("\n")
    return "\n".join(line.rstrip(" ") for line in lines)
