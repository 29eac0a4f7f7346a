"""Rows in blocks: enough of them at once to be fast, few enough to be early and small."""

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple, TypeAlias

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
    """How a format writes cells: a template for the row, what to do with texts, and null."""

    template: str
    texts: Texts
    null: str


def row_blocks(report: Report, notation: Notation, *, between: str) -> Iterator[Block]:
    """Give the rows written in `notation`, with `between` them within a block.

    When the source of rows fails, what came before is given first.
    """
    names = [column.name for column in report.columns]
    for rows in gathered(report.rows):
        columns = ([row.get(name) for row in rows] for name in names)
        cells = zip(*(_written(column, notation) for column in columns), strict=True)
        yield Block(between.join(map(notation.template.__mod__, cells)), len(rows))


def gathered(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Give the rows in blocks, those before a failure included."""
    size = _FIRST_ROWS
    block: list[Row] = []
    try:
        for row in rows:
            block.append(row)
            if len(block) == size:
                yield block
                size, block = _MORE_ROWS, []
    except Exception:
        if block:
            yield block
        raise
    if block:
        yield block


def _written(column: Sequence[Cell], notation: Notation) -> Sequence[object]:
    """Give what stands for each cell in the row's template; a column of one type is fastest."""
    kinds = set(map(type, column))
    if kinds == {int}:
        return column
    texts = iter(notation.texts([cell for cell in column if isinstance(cell, str)]))
    if kinds == {str}:
        return list(texts)
    return [next(texts) if isinstance(cell, str) else _plain(cell, notation) for cell in column]


def _plain(cell: float | None, notation: Notation) -> object:
    """Give a number as it is. No format has a word for NaN and infinity: they are null."""
    if isinstance(cell, bool):
        return str(cell).lower()
    if cell is None or not -math.inf < cell < math.inf:
        return notation.null
    return cell
