"""Finds the rows in a JSON answer, in every shape that services and `report` write.

Rows are lists of numbers, of arrays or of objects; `json_rows` makes series of them.
"""

from __future__ import annotations

from types import NoneType
from typing import TYPE_CHECKING

from glomex_cli.charts.parse.json_rows import series_of_arrays, series_of_numbers, series_of_objects
from glomex_cli.charts.parse.numbers import parse_number, quoted_word
from glomex_cli.charts.parse.timestamps import parse_timestamp
from glomex_cli.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from glomex_cli.charts.parse.numbers import FieldChoice
    from glomex_cli.charts.series import Series
    from glomex_cli.models import Json

_ENVELOPES = ("data", "rows")
_BESIDE = ("errors", "extensions", "meta")
_NOT_VALUES = {list, dict, NoneType}
_PICK_HINT = "pick one with jq, such as: jq '.data' answer.json | glomex sparkline"


def series_from_json(documents: list[Json], picking: FieldChoice) -> list[Series]:
    """Return the series that the documents hold.

    Documents that are rows, one per line, make one table; others are read one by one. Raises
    UsageError where it is not clear which part of a document is meant.
    """
    if all(_is_row(document) for document in documents):
        return _series_of_list(documents, picking)
    return [
        series
        for document in documents
        for series in _series_of_list(_unwrap(document, picking), picking)
    ]


def _is_row(document: Json) -> bool:
    """Return whether it is one row of a table: an object of cells, or `["2017-07-25", 421.5]`."""
    match document:
        case dict():
            cells = document.values()
            has_parts = any(isinstance(cell, list | dict) for cell in cells)
            return not has_parts and any(cell is not None for cell in cells)
        case [str(first), second, *_]:
            is_number = parse_number(first.encode("utf-8", "surrogatepass")) is not None
            return (
                not is_number
                and bool(parse_timestamp(first))
                and not isinstance(second, list | dict)
            )
        case _:
            return False


def _unwrap(document: Json, picking: FieldChoice) -> list[Json]:
    """Go down through `data`, `rows` and one GraphQL operation to the list of values."""
    has_errors = False
    while isinstance(document, dict) and not _is_row(document):
        has_errors = has_errors or bool(document.get("errors"))
        document = _inside(document)
    if has_errors:
        _mention_errors(document, picking)
    match document:
        case None:
            return []
        case list():
            return document
        case _:
            return [document]


def _mention_errors(document: Json, picking: FieldChoice) -> None:
    if document is None:
        raise UsageError(
            "the answer holds errors and no data",
            "mend the query that made it: glomex query --help",
        )
    picking.notes.append("the answer also holds errors; what is drawn may be incomplete")


def _inside(document: dict[str, Json]) -> Json:
    parts = {key: part for key, part in document.items() if isinstance(part, list | dict)}
    for key in _ENVELOPES:
        if key in parts or document.get(key, "") is None:
            return document[key]
    names = [key for key in parts if key not in _BESIDE]
    if len(names) > 1:
        listed = ", ".join(quoted_word(name) for name in names[:5])
        raise UsageError(f"the JSON object has several parts: {listed}", hint=_PICK_HINT)
    return parts[names[0]] if names else None


def _series_of_list(items: list[Json], picking: FieldChoice) -> list[Series]:
    """Return the series of a list of numbers, arrays or objects, but not of a mixture."""
    match _kinds(items):
        case []:
            return [series_of_numbers(items, picking)] if items else []
        case ["array"]:
            rows = [item if isinstance(item, list) else [] for item in items]
            return [series_of_arrays(rows, picking)]
        case ["object"]:
            return series_of_objects(
                [item if isinstance(item, dict) else {} for item in items], picking
            )
        case ["value"]:
            return [series_of_numbers(items, picking)]
        case kinds:
            raise UsageError(f"the JSON array mixes {'s and '.join(kinds)}s", hint=_PICK_HINT)


def _kinds(items: Iterable[Json]) -> list[str]:
    types: set[type] = set(map(type, items))
    kinds = {"array": list in types, "object": dict in types, "value": bool(types - _NOT_VALUES)}
    return [kind for kind, is_there in kinds.items() if is_there]
