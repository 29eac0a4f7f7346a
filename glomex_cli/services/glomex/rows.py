"""The rows of a Glomex report: from the JSON of the service to what a report holds.

A field of another name is asked for under ours (an alias), so that rows always look alike. Rows
come in batches, as the reader decodes them. A batch that has the requested form is passed
on untouched, which is the normal case and the fast one; any other is converted cell by cell.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from operator import itemgetter
from typing import TYPE_CHECKING, Any, cast

from glomex_cli.errors import ServiceError
from glomex_cli.metrics import ExactFloat
from glomex_cli.models import Bucket, Cell, Column, Json, Problem, Role, Row
from glomex_cli.services.graphql.response import RowStream, failure_of, problem_of
from glomex_cli.services.normalize import is_beyond, normalize_cell

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from glomex_cli.services.glomex.fit import Fit
    from glomex_cli.services.graphql.introspection import FieldType, TypeSystem

_IDS = ("id", "key", "slug", "uid", "uuid", "code")
_TITLES = ("title", "name", "label", "displayName", "display_name")
_BUCKETS = frozenset(Bucket)
_PRIMARIES = ("video", "channel")
# What to try for an object whose type nobody tells: the selection, and whether it has a title.
OBJECT_GUESSES = (("{ id title }", True), ("{ id title: name }", True), ("{ id }", False))
_INFINITIES = frozenset({math.inf, -math.inf})
# What `normalize_cell` leaves alone; of floats only those that are finite.
_FLOATS = frozenset({float, ExactFloat})
_PLAIN_NUMBERS = _FLOATS | {int, type(None)}
_PLAIN_CELLS = _PLAIN_NUMBERS | {str}


def field_of(dimension: str, row: Mapping[str, FieldType]) -> str:
    """Return the field of a row that holds a dimension: of its name, or `video_id` and the like."""
    names = (dimension, *(name for part in _IDS for name in _joined(dimension, part)))
    return next((name for name in names if name in row), "")


def _joined(dimension: str, part: str) -> tuple[str, str]:
    return f"{dimension}_{part}", f"{dimension}{part[0].upper()}{part[1:]}"


def selections_of(
    row: Mapping[str, FieldType], types: TypeSystem, dimensions: Iterable[str]
) -> tuple[dict[str, str], tuple[str, ...]]:
    """Return the selections of dimensions, and which of them bring a title."""
    fields, titled = dict[str, str](), list[str]()
    for dimension in dict.fromkeys((*dimensions, *_PRIMARIES)):
        name = field_of(dimension, row)
        if not name:
            continue
        inner = types.fields.get(row[name].type.name, {})
        if inner:
            selection, has_title = _object(dimension, inner, types)
            fields[dimension] = f"{_alias(dimension, name)} {selection}"
            titled += [dimension] if has_title else []
        else:
            fields |= _flat(dimension, name, row)
    return fields, tuple(titled)


def _flat(dimension: str, name: str, row: Mapping[str, FieldType]) -> dict[str, str]:
    fields = {} if name == dimension else {dimension: _alias(dimension, name)}
    asked = f"{dimension}_title"
    names = (each for part in _TITLES for each in _joined(dimension, part))
    title = next((each for each in names if each in row), "")
    return fields | ({asked: _alias(asked, title)} if title and title != asked else {})


def _object(dimension: str, inner: Mapping[str, FieldType], types: TypeSystem) -> tuple[str, bool]:
    """Return the selection of an object's id and name, and whether it has a name.

    Only fields of one value that need no argument; without an id, the first of them.
    """
    plain = [name for name, each in inner.items() if _is_plain(each, types)]
    ids = (*_IDS[:1], *_joined(dimension, "id"), *_IDS[1:])
    ident = next((name for name in ids if name in plain), plain[0] if plain else "__typename")
    title = next((name for name in _TITLES if name in plain and name != ident), "")
    parts = [_alias("id", ident), *([_alias("title", title)] if title else [])]
    return f"{{ {' '.join(parts)} }}", bool(title)


def _is_plain(field: FieldType, types: TypeSystem) -> bool:
    is_scalar = not types.fields.get(field.type.name) and not field.type.is_list
    return is_scalar and not any(each.is_required for each in field.arguments.values())


def _alias(wanted: str, name: str) -> str:
    return name if wanted == name else f"{wanted}: {name}"


def guessed_fields(
    dimensions: Iterable[str], refusal: str
) -> Iterator[tuple[dict[str, str], tuple[str, ...]]]:
    """Yield selections to try for a dimension that is an object, by what a refusal says of it.

    Nothing where the refusal is about something else.
    """
    primary = next((name for name in dimensions if name not in _BUCKETS), "")
    if primary and re.search(r"selection|subfield", refusal, re.IGNORECASE):
        for selection, has_title in OBJECT_GUESSES:
            yield {primary: f"{primary} {selection}"}, (primary,) if has_title else ()


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
        problems.append(Problem(f"the service sent {lost} empty rows", operation))
    problems += _unheld(beyond, operation)
    if stream.others:
        text = f"{stream.others:,} rows of another report left out"
        problems.append(Problem(text, operation))


def _inner(element: Json, node: str) -> Json:
    return element.get(node) if isinstance(element, dict) else element


def _unheld(beyond: Counter[str], operation: str) -> Iterator[Problem]:
    for name, count in beyond.items():
        values = "a value" if count == 1 else f"{count:,} values"
        yield Problem(f"{values} out of range", f"{operation}.rows.{name}")


def _is_as_asked(batch: list[Any], columns: Sequence[Column]) -> bool:
    """Return whether a batch holds objects with these names, in this order, and plain cells."""
    if set(map(type, batch)) != {dict}:
        return False
    names = set(map(tuple, cast("list[dict[str, Json]]", batch)))
    if names != {tuple(column.name for column in columns)}:
        return False
    return all(_is_plain_row(list(map(itemgetter(c.name), batch)), c.role) for c in columns)


def _is_plain_row(cells: list[Any], role: Role) -> bool:
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
            raise ServiceError("a row in the response of the service is not an object", "try again")
        flat = _flat_row(row)
        absent.update(c.name for c in columns if c.name not in flat)
        beyond.update(c.name for c in columns if is_beyond(flat.get(c.name), c.role))
        yield {column.name: _cell(flat.get(column.name), column) for column in columns}


def _flat_row(row: dict[str, Json]) -> dict[str, Json]:
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
        raise ServiceError(f"the service sent an invalid value for {column.name}", "try again")
    return normalize_cell(value, column.role)
