"""Tables in text to series: columns by their names, dates as times, numbers as they are written.

A comma in a number may part groups or be a decimal mark, and is refused; but in Markdown, where
`report` writes groups. A time with `*` is that of a bucket which is not whole.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from glomex_cli.charts.parse.json_rows import TIME_FIELDS, ObjectTable
from glomex_cli.charts.parse.numbers import parse_number, refuse_comma, refuse_many
from glomex_cli.charts.parse.rows import EXACT_ROWS, parse_timestamp
from glomex_cli.charts.parse.text import is_grouped, records_of, text_lines
from glomex_cli.charts.series import Series
from glomex_cli.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from glomex_cli.charts.parse.numbers import FieldChoice
    from glomex_cli.charts.parse.text import Record
    from glomex_cli.models import Json

_BATCH: Final = 1_000
_TOTAL: Final = re.compile(r"total(?: \([\d,]+\))?")
_MARK: Final = "*"
_WITH_COMMA: Final = re.compile(r"[+-]?\d+(?:,\d+)+(?:[.,]\d+)?")
_MEASURE: Final = re.compile(r"([+-]?[\d,]*\.?\d+(?:e[+-]?\d+)?) ?(%|pp|h|s|ms)?")
_SECONDS: Final = {"h": 3600.0, "s": 1.0, "ms": 0.001}


def is_table(line: str, *, is_only_line: bool = False) -> bool:
    """Return whether a first line is that of a table: names, or a time and what belongs to it.

    A single word that nothing follows is no name, and the only line may have commas between
    numbers.

    >>> is_table("day,video_views"), is_table("1;5;22"), is_table("2025-06-02,5"), is_table("1 x")
    (True, False, True, False)
    """
    if line.lstrip().startswith("|") and line.count("|") > 1:
        return True
    cells = next((cells for _, cells in records_of(iter([line]), line)), list[str]())
    if is_only_line:
        return (_are_names(cells) and len(cells) > 1) or _has_columns(cells)
    return _are_names(cells) or _has_columns(cells) or _is_csv(line, cells)


def _are_names(cells: Sequence[str]) -> bool:
    """Return whether no cell is a number, and one is a word."""
    values = [_number(cell) for cell in cells]
    return bool(cells) and all(
        value is None or not cell.strip() for value, cell in zip(values, cells, strict=True)
    )


def _has_columns(cells: Sequence[str]) -> bool:
    """Return whether a time comes first, and a number with it."""
    is_time = bool(cells) and _number(cells[0]) is None and bool(parse_timestamp(_time(cells[0])))
    return is_time and any(_number(cell) is not None for cell in cells[1:])


def _is_csv(line: str, cells: Sequence[str]) -> bool:
    """Return whether two commas and more part numbers, and no blank does."""
    text = line.strip()
    is_plain = "," in text and not re.search(r"[\s;]", text)
    return is_plain and len(cells) > 2 and not is_grouped(text)  # noqa: PLR2004


def _number(cell: str) -> float | None:
    return parse_number(cell.strip().strip('"').encode("utf-8", "surrogatepass"))


def _time(cell: str) -> str:
    return cell.strip().removesuffix(_MARK)


def series_from_table(texts: Iterable[str], first: str, picking: FieldChoice) -> list[Series]:
    """Return the series of a table whose first line is `first`, itself part of `texts`.

    Raises UsageError as for JSON rows, and for a number with a comma.
    """
    is_markdown = first.lstrip().startswith("|")
    return _Table(picking, is_markdown=is_markdown).read(records_of(text_lines(texts), first))


class _Table:
    """Makes rows with names of records, and series of them."""

    def __init__(self, picking: FieldChoice, *, is_markdown: bool) -> None:
        self._picking = picking
        self._is_markdown = is_markdown
        self._table = ObjectTable(picking)
        self._names: list[str] = []
        self._has_names = True
        self._partial: set[int] = set()
        # Of each column the first number with a comma, its line, and how many there are.
        self._commas: dict[str, tuple[str, int, int]] = {}
        self._count = 0

    def read(self, records: Iterator[Record]) -> list[Series]:
        """Return the series of all records."""
        batch: list[Json] = []
        for line, cells in records:
            if not self._names:
                self._set_names(cells)
                if self._has_names:
                    continue
            if _TOTAL.fullmatch(cells[0].strip()):
                continue
            batch.append(self._row(line, cells))
            if len(batch) >= _BATCH:
                self._table.add(batch)
                batch = []
        if batch:
            self._table.add(batch)
        return self._series()

    def _set_names(self, cells: list[str]) -> None:
        self._has_names = _are_names(cells) and not _has_columns(cells)
        refuse_many(cells, "fields")
        if self._has_names:
            self._names = [cell.strip() for cell in cells]
            return
        self._names = [str(index) for index in range(len(cells))]
        if _has_columns(cells):
            self._names[0] = "time"

    def _row(self, line: int, cells: list[str]) -> dict[str, Json]:
        row: dict[str, Json] = {}
        for name, cell in zip(self._names, cells, strict=False):
            if name in TIME_FIELDS:
                if cell.rstrip().endswith(_MARK) and self._count < EXACT_ROWS:
                    self._partial.add(self._count)
                row[name] = _time(cell)
            else:
                row[name] = self._value(name, cell, line)
        self._count += 1
        return row

    def _value(self, name: str, cell: str, line: int) -> Json:
        if self._is_markdown and (measure := _MEASURE.fullmatch(cell)):
            number, unit = measure.groups()
            if "," not in number or is_grouped(number):
                return float(number.replace(",", "")) * _SECONDS.get(unit, 1.0)
        if "," in cell and _WITH_COMMA.fullmatch(cell.strip()):
            first, at, count = self._commas.get(name, (cell.strip(), line, 0))
            self._commas[name] = (first, at, count + 1)
            return None
        return cell

    def _series(self) -> list[Series]:
        tally = self._picking.tally
        for name, (cell, line, count) in self._commas.items():
            if self._table.may_draw(name):
                if not tally.skip_bad:
                    refuse_comma(cell, line)
                for _ in range(count):
                    tally.refuse(cell, f"line {line}")
        found = self._found() if self._count else []
        partial = frozenset(self._partial)
        return [
            one._replace(partial=partial, name=one.name if self._has_names else "") for one in found
        ]

    def _found(self) -> list[Series]:
        try:
            return self._table.series()
        except UsageError:
            tally = self._picking.tally
            if not tally.skip_bad or self._picking.wanted is not None:
                raise
            gaps = [tally.refuse("", "") for _ in range(self._count)]
            return [Series("", gaps)]
