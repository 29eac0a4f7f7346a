"""The rows of a Glomex report: from the JSON of the service to what a report holds.

Rows come in batches, as the reader decodes them. A batch that has the requested form is passed
on untouched, which is the normal case and the fast one; any other is converted cell by cell.
"""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter
from typing import Any, cast

from glomex_cli.errors import ServiceError
from glomex_cli.metrics import ExactFloat
from glomex_cli.models import Cell, Column, Json, Problem, Role, Row
from glomex_cli.services.glomex.fit import Fit
from glomex_cli.services.graphql.response import failure_of, problem_of
from glomex_cli.services.graphql.row_stream import RowStream
from glomex_cli.services.normalize import is_beyond, normalize_cell

_INFINITIES = frozenset({math.inf, -math.inf})
# What `normalize_cell` leaves alone; of floats only those that are finite.
_FLOATS = frozenset({float, ExactFloat})
_PLAIN_NUMBERS = _FLOATS | {int, type(None)}
_PLAIN_CELLS = _PLAIN_NUMBERS | {str}


def parse_rows(  # noqa: PLR0913 - an answer, and what it answers
    stream: RowStream,
    columns: Sequence[Column],
    problems: list[Problem],
    *,
    operation: str,
    fit: Fit,
    node: str = "",
) -> Iterator[Row]:
    """Yield the rows as they arrive; `problems` is complete once they have been read.

    Only what fits the question passes `fit`. With a `node`, each element holds its row there.
    Raises ServiceError for a row that is not an object, and the failure that the answer means
    where it holds no rows at all.
    """
    lost, beyond = 0, Counter[str]()
    for elements in stream.batches():
        batch = [_inner(each, node) for each in elements] if node else elements
        lost += batch.count(None)  # the service failed at these, and says so in its errors
        is_plain = _is_as_asked(batch, columns)
        rows = batch if is_plain else list(_cleaned(batch, columns, beyond, fit.absent))
        yield from fit.kept(cast("list[Row]", rows))
        if fit.failure:
            raise fit.failure
    answer = stream.answer
    if answer.data is None:
        raise failure_of(answer, operation)
    problems += map(problem_of, answer.errors)
    if lost and not problems:
        problems.append(Problem(f"the service left {lost} rows empty", operation))
    problems += _unheld(beyond, operation)
    if stream.others:
        text = f"{stream.others:,} rows of another report left out"
        problems.append(Problem(text, operation))


def _inner(element: Json, node: str) -> Json:
    return element.get(node) if isinstance(element, dict) else element


def _unheld(beyond: Counter[str], operation: str) -> Iterator[Problem]:
    for name, count in beyond.items():
        values = "a value" if count == 1 else f"{count:,} values"
        yield Problem(f"{values} beyond what a number can hold", f"{operation}.rows.{name}")


def _is_as_asked(batch: list[Any], columns: Sequence[Column]) -> bool:
    """Return whether a batch holds objects with these names, in this order, and plain cells."""
    if set(map(type, batch)) != {dict}:
        return False
    names = set(map(tuple, cast("list[dict[str, Json]]", batch)))
    if names != {tuple(column.name for column in columns)}:
        return False
    return all(_is_plain(list(map(itemgetter(c.name), batch)), c.role) for c in columns)


def _is_plain(cells: list[Any], role: Role) -> bool:
    kinds = set(map(type, cells))
    if not kinds <= (_PLAIN_NUMBERS if role is Role.METRIC else _PLAIN_CELLS):
        return False
    return _FLOATS.isdisjoint(kinds) or _INFINITIES.isdisjoint(cells)


def _cleaned(
    batch: Iterable[Json], columns: Sequence[Column], beyond: Counter[str], absent: Counter[str]
) -> Iterator[Row]:
    """Yield the rows cell by cell; count, by column, cells that none can hold, and absent ones."""
    for row in batch:
        if row is None:
            continue
        if not isinstance(row, dict):
            raise ServiceError("a row in the answer of the service is no object", "try again")
        flat = _flat(row)
        absent.update(c.name for c in columns if c.name not in flat)
        beyond.update(c.name for c in columns if is_beyond(flat.get(c.name), c.role))
        yield {column.name: _cell(flat.get(column.name), column) for column in columns}


def _flat(row: dict[str, Json]) -> dict[str, Json]:
    """Spread objects in a row: `{"video": {"id": 1, "title": "x"}}` is `video`, `video_title`."""
    if dict not in map(type, row.values()):
        return row
    flat: dict[str, Json] = {}
    for name, value in row.items():
        if isinstance(value, dict) and "id" in value:
            parts = {f"{name}_{part}": each for part, each in value.items() if part != "id"}
            flat |= {name: value["id"], **parts}
        else:
            flat[name] = value
        if value is None:
            flat |= {f"{name}_title": None}
    return flat


def _cell(value: Json, column: Column) -> Cell:
    if isinstance(value, (dict, list)):
        raise ServiceError(f"the service answered {column.name} with no single value", "try again")
    return normalize_cell(value, column.role)
