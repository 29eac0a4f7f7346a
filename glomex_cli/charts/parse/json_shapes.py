"""Finds the rows in a JSON answer, in every shape that services and `report` write.

Rows are lists of numbers, of arrays or of objects; `json_rows` makes series of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glomex_cli.charts.parse.json_documents import JsonText
from glomex_cli.charts.parse.json_rows import ListCollector
from glomex_cli.charts.parse.numbers import PICK_HINT, parse_number, quoted_word, refuse_many
from glomex_cli.charts.parse.rows import parse_timestamp
from glomex_cli.errors import ServiceError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glomex_cli.charts.parse.numbers import FieldChoice
    from glomex_cli.charts.series import Series
    from glomex_cli.models import Json

_ENVELOPES = ("data", "rows")
_BESIDE = ("errors", "extensions", "meta")
# Where the text of an error is, and what is beside it where it is no cell of a row.
_ERROR_TEXTS = ("error", "errors", "message", "messages", "detail")
_OF_ERRORS = {
    *_ERROR_TEXTS, "code", "data", "documentation_url", "instance", "path", "request_id", "status",
    "statusCode", "title", "type",
}  # fmt: skip
_LONGEST_ROW = 64  # of numbers; what is longer is a list


def series_from_json(texts: Iterator[str], picking: FieldChoice) -> list[Series]:
    """Return the series of JSON text in pieces, without keeping the rows of long lists.

    Documents that are rows, one after the other, make one table. Raises UsageError where it is
    not clear which part of a document is meant, and ServiceError for an answer that is an error.
    """
    text = JsonText(texts, skip_bad=picking.tally.skip_bad)
    found: list[Series] = []
    rows = ListCollector(picking)
    while first := text.peek():
        documents = text.lines()
        if documents is None and first == "[":
            text.open_array()
            documents, long = _array(text, picking)
            found += long
            refuse_many(found, "lists of numbers")
        for document in [text.document()] if documents is None else documents:
            if _is_row(document):
                rows.add([document])
            else:
                found += [*rows.finish(), *_series_of_list(_unwrap(document, picking), picking)]
                refuse_many(found, "lists of numbers")
    return found + rows.finish()


def _array(text: JsonText, picking: FieldChoice) -> tuple[list[Json], list[Series]]:
    """Return an array short enough to be a row, as a document, or the series of a longer one."""
    start: list[Json] = []
    while len(start) <= _LONGEST_ROW:
        batch = text.elements()
        if not batch:
            return [start], []
        start += batch
    collector = ListCollector(picking)
    while start:
        collector.add(start)
        start = text.elements()
    return [], collector.finish()


def _is_row(document: Json) -> bool:
    """Return whether it is one row of a table: an object of cells, or `["2017-07-25", 421.5]`."""
    match document:
        case dict():
            if _is_error(document):
                return False
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
    if isinstance(document, dict) and _is_error(document):
        raise _no_data()
    while isinstance(document, dict) and not _is_row(document):
        has_errors = has_errors or bool(document.get("errors")) or _has_error(document)
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
        raise _no_data()
    picking.notes.append("the response also contains errors; the chart may be incomplete")


def _inside(document: dict[str, Json]) -> Json:
    parts = {key: part for key, part in document.items() if isinstance(part, list | dict)}
    for key in _ENVELOPES:
        if key in parts or document.get(key, "") is None:
            return document[key]
    names = [key for key in parts if key not in _BESIDE]
    if len(names) > 1:
        listed = ", ".join(quoted_word(name) for name in names[:5])
        raise UsageError(f"the JSON object has several parts: {listed}", hint=PICK_HINT)
    return parts[names[0]] if names else None


def _has_error(document: dict[str, Json]) -> bool:
    """Return whether there is an `error` beside the data, as Mux writes it."""
    return "data" in document and bool(document.get("error"))


def _is_error(document: dict[str, Json]) -> bool:
    """Return whether an answer is an error instead of data: one with a text, or an object."""
    if isinstance(document.get("error"), dict):
        return document.get("data") is None
    is_told = any(_is_text(document.get(name)) for name in _ERROR_TEXTS)
    has_error = "error" in document or "errors" in document
    beside = _OF_ERRORS | {"timestamp"} if has_error else _OF_ERRORS  # else a row of a log
    return is_told and document.keys() <= beside


def _is_text(value: Json) -> bool:
    return isinstance(value, str) and parse_number(value.encode("utf-8", "surrogatepass")) is None


def _series_of_list(items: list[Json], picking: FieldChoice) -> list[Series]:
    collector = ListCollector(picking)
    collector.add(items)
    return collector.finish()


def _no_data() -> ServiceError:
    return ServiceError("the input is an error response without data", "look at it with: jq .")
