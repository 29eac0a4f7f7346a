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
from glomex_cli.models import Cell, Column, Json, Period, Problem, Role, Row
from glomex_cli.services.graphql.response import failure_of, problem_of
from glomex_cli.services.graphql.row_stream import RowStream
from glomex_cli.services.normalize import is_beyond, normalize_cell, trim

_INFINITIES = frozenset({math.inf, -math.inf})
# What `normalize_cell` leaves alone; of floats only those that are finite.
_FLOATS = frozenset({float, ExactFloat})
_PLAIN_NUMBERS = _FLOATS | {int, type(None)}
_PLAIN_CELLS = _PLAIN_NUMBERS | {str}


def parse_rows(
    stream: RowStream,
    columns: Sequence[Column],
    problems: list[Problem],
    *,
    operation: str,
    window: Period | None = None,
) -> Iterator[Row]:
    """Yield the rows as they arrive; `problems` is complete once they have been read.

    With a `window`, of a daily report, only the rows of its days. Raises ServiceError for a row
    that is not an object, and the failure that the answer means where it holds no rows at all.
    """
    lost, beyond = 0, Counter[str]()
    for batch in stream.batches():
        lost += batch.count(None)  # the service failed at these, and says so in its errors
        is_plain = _is_as_asked(batch, columns)
        rows = cast("list[Row]", batch) if is_plain else _cleaned(batch, columns, beyond)
        yield from rows if window is None else trim(rows, window)
    answer = stream.answer
    if answer.data is None:
        raise failure_of(answer, operation)
    problems += map(problem_of, answer.errors)
    if lost and not problems:
        problems.append(Problem(f"the service left {lost} rows empty", operation))
    problems += _unheld(beyond, operation)


def _unheld(beyond: Counter[str], operation: str) -> Iterator[Problem]:
    for name, count in beyond.items():
        values = "a value" if count == 1 else f"{count:,} values"
        yield Problem(f"{values} beyond what a number can hold", f"{operation}.rows.{name}")


def column_names(dimension: str, parts: Sequence[str]) -> list[str]:
    """Return the columns of a dimension: `video` for its id, `video_title` for its title."""
    if not parts:
        return [dimension]
    head = _id_among(parts)
    return [dimension, *(f"{dimension}_{part}" for part in parts if part != head)]


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
    batch: Iterable[Json], columns: Sequence[Column], beyond: Counter[str]
) -> Iterator[Row]:
    """Yield the rows cell by cell; count, by column, the numbers in them that none can hold."""
    for row in batch:
        if row is None:
            continue
        if not isinstance(row, dict):
            raise ServiceError("a row in the answer of the service is no object", "try again")
        flat = _flat(row)
        beyond.update(c.name for c in columns if is_beyond(flat.get(c.name), c.role))
        yield {column.name: _cell(flat.get(column.name), column) for column in columns}


def _flat(row: dict[str, Json]) -> dict[str, Json]:
    """Spread objects in a row: `{"video": {"id": 1, "title": "x"}}` is `video`, `video_title`."""
    if dict not in map(type, row.values()):
        return row
    flat: dict[str, Json] = {}
    for name, value in row.items():
        if isinstance(value, dict) and value:
            flat |= zip(column_names(name, list(value)), _id_first(value), strict=True)
        else:
            flat[name] = value
    return flat


def _id_among(parts: Sequence[str]) -> str:
    return "id" if "id" in parts else parts[0]


def _id_first(parts: dict[str, Json]) -> list[Json]:
    head = _id_among(list(parts))
    return [parts[head], *(value for part, value in parts.items() if part != head)]


def _cell(value: Json, column: Column) -> Cell:
    if isinstance(value, (dict, list)):
        raise ServiceError(f"the service answered {column.name} with no single value", "try again")
    return normalize_cell(value, column.role)
