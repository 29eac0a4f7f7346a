"""The fields of a row by the names we ask for: ids and titles, flat or in objects.

A field of another name is asked for under ours (an alias), so that rows always look alike.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glomex_cli.models import Bucket

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from glomex_cli.services.graphql.introspection import FieldType, TypeSystem

_IDS = ("id", "key", "slug", "uid", "uuid", "code")
_TITLES = ("title", "name", "label", "displayName", "display_name")
_BUCKETS = frozenset(Bucket)
_PRIMARIES = ("video", "channel")
# What to try for an object whose type nobody tells: the selection, and whether it has a title.
OBJECT_GUESSES = (("{ id title }", True), ("{ id title: name }", True), ("{ id }", False))


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
