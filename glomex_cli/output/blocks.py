"""Rows formatted in blocks: large enough to be fast, small enough to be early and light."""

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from operator import itemgetter
from typing import NamedTuple, TypeAlias, cast

from glomex_cli.models import Cell, Report, Row

# The first rows are to be seen early. 1,000 rows of four columns are about 100 kB.
_FIRST_ROWS = 100
_MORE_ROWS = 1_000

Texts: TypeAlias = Callable[[Sequence[str]], Sequence[str]]


class Block(NamedTuple):
    """A piece of the output, how many rows it holds, and whether rows were left out after it."""

    text: str
    rows: int = 0
    is_cut: bool = False


class Notation(NamedTuple):
    """How a format writes cells: a `%` template for the row, a function for texts, and null."""

    template: str
    texts: Texts
    null: str


def row_blocks(report: Report, notation: Notation, *, between: str) -> Iterator[Block]:
    """Yield the rows formatted in `notation`, with `between` them within a block.

    When the source of rows fails, what came before is given first.
    """
    names = [column.name for column in report.columns]
    for rows in gathered(report.rows):
        cells = zip(*(_written(cells_of(rows, name), notation) for name in names), strict=True)
        yield Block(between.join(map(notation.template.__mod__, cells)), len(rows))


def gathered(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Yield the rows in blocks, those before a failure included."""
    rows, size = iter(rows), _FIRST_ROWS
    while True:
        block: list[Row] = []
        try:
            block.extend(islice(rows, size))  # keeps what it got before a failure
        except Exception:
            if block:
                yield block
            raise
        if not block:
            return
        yield block
        size = _MORE_ROWS


def cells_of(rows: Sequence[Row], name: str) -> list[Cell]:
    """Return a column of the rows; None where a row lacks the name."""
    try:
        return list(map(itemgetter(name), rows))  # twice as fast as asking each row
    except KeyError:
        return [row.get(name) for row in rows]


def _written(column: Sequence[Cell], notation: Notation) -> Sequence[object]:
    """Return the values for the row's template; a column of one type is fastest."""
    kinds = set(map(type, column))
    if kinds == {int}:
        return column
    if kinds == {str}:
        return notation.texts(cast("Sequence[str]", column))
    texts = iter(notation.texts([cell for cell in column if isinstance(cell, str)]))
    return [next(texts) if isinstance(cell, str) else _plain(cell, notation) for cell in column]


def _plain(cell: float | None, notation: Notation) -> object:
    """Return a number as it is. No format has a word for NaN and infinity: they are null."""
    if isinstance(cell, bool):
        return str(cell).lower()
    if cell is None or not -math.inf < cell < math.inf:
        return notation.null
    return cell  # its `str` has the digits that were sent
