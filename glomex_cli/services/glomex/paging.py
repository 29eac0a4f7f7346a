"""Pages of a report: which arguments and fields of a schema tell of them, and what comes next.

What tells of the rest is asked for under names of our own: `page { more end }`, `more`, `end`,
`total`, `pages`.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from glomex_cli.models import Json
    from glomex_cli.services.graphql.introspection import FieldType, TypeRef, TypeSystem

_CURSORS = ("after", "cursor")
_OFFSETS = ("offset", "skip")
_PAGES = ("page",)
_SIZES = ("first", "limit", "per_page", "perPage", "page_size", "pageSize", "size", "take")
_INFO = ("page_info", "pageInfo")
_MORE = ("has_next_page", "hasNextPage", "has_more", "hasMore", "has_next", "hasNext")
_END = ("end_cursor", "endCursor", "next_cursor", "nextCursor")
_TOTAL = ("total", "total_count", "totalCount", "count")
_PAGE_COUNT = ("total_pages", "totalPages", "pages", "page_count", "pageCount", "last_page")
# Where the schema wants a size: as many as most services allow.
PAGE_SIZE = 50
# As many rows as a page usually has: an answer of exactly so many may have been cut.
_ROUND = frozenset({10, 20, 25, 50, 100, 200, 250, 500})
_ROUND_STEP = 1000


class Paging(NamedTuple):
    """How the rest of a report is asked for.

    `argument` names the place of a page, in the manner of `style`: cursor, offset, page, or
    nothing. `beside` is the selection beside the rows. `is_cut` says that the schema has sizes
    of pages, but no way to the next one.
    """

    style: str = ""
    argument: str = ""
    beside: str = ""
    is_cut: bool = False


def paging_of(
    arguments: Mapping[str, TypeRef], fields: Mapping[str, FieldType], types: TypeSystem
) -> Paging:
    """Return how a report is paged, by the arguments of its operation and the fields beside rows.

    A cursor without a field that tells it cannot be followed; a place in numbers can always be.
    """
    info = _first(_INFO, fields)
    inner: Mapping[str, FieldType] = types.fields.get(fields[info].type.name, {}) if info else {}
    parts = _aliased({"more": _MORE, "end": _END}, inner)
    beside = [f"page: {info} {{ {' '.join(parts)} }}"] if info and parts else []
    beside += _aliased({"more": _MORE, "end": _END, "total": _TOTAL, "pages": _PAGE_COUNT}, fields)
    has_end = _first(_END, inner) or _first(_END, fields)
    styles = (
        ("cursor", _first(_CURSORS, arguments) if has_end else ""),
        ("offset", _first(_OFFSETS, arguments)),
        ("page", _first(_PAGES, arguments)),
    )
    style, argument = next(((style, name) for style, name in styles if name), ("", ""))
    is_cut = not style and bool(_first((*_SIZES, *_CURSORS), arguments) or beside)
    return Paging(style, argument, " ".join(beside), is_cut)


def required_page(name: str, reference: TypeRef) -> str:
    """Return the value of a required argument of paging; nothing for any other argument."""
    if name in _SIZES and reference.name == "Int":
        return str(PAGE_SIZE)
    return {"page": "1", "offset": "0", "skip": "0"}.get(name, "")


def next_page(paging: Paging, beside: Mapping[str, Json], *, rows: int, pages: int) -> str:
    """Return the argument that asks for the page after so many rows and pages; nothing at the end.

    `rows` counts those of all pages so far.
    """
    info = beside.get("page")
    told = {**beside, **info} if isinstance(info, dict) else beside
    if not rows or told.get("more") is False or _reached(told, "total", rows):
        return ""
    if paging.style == "cursor":
        end = told.get("end")
        is_end = end is None or end == ""
        return "" if is_end else f"{paging.argument}: {json.dumps(end, ensure_ascii=False)}"
    if paging.style == "page" and not _reached(told, "pages", pages):
        return f"{paging.argument}: {pages + 1}"
    return f"{paging.argument}: {rows}" if paging.style == "offset" else ""


def is_round(rows: int) -> bool:
    """Return whether a service that cuts its answers may have cut one of so many rows."""
    return rows in _ROUND or (rows > 0 and rows % _ROUND_STEP == 0)


def has_more(beside: Mapping[str, Json], rows: int) -> bool:
    """Return whether an answer says that it is not all."""
    info = beside.get("page")
    told = {**beside, **info} if isinstance(info, dict) else beside
    total = told.get("total")
    return told.get("more") is True or (isinstance(total, int) and total > rows)


def _reached(told: Mapping[str, Json], name: str, count: int) -> bool:
    whole = told.get(name)
    return isinstance(whole, int) and count >= whole


def _first(names: Iterable[str], known: Mapping[str, object]) -> str:
    return next((name for name in names if name in known), "")


def _aliased(wanted: Mapping[str, Iterable[str]], fields: Mapping[str, FieldType]) -> list[str]:
    found = {alias: _first(names, fields) for alias, names in wanted.items()}
    return [
        f"{alias}: {name}"
        for alias, name in found.items()
        if name and fields[name].type.kind in {"SCALAR", "ENUM"} and not fields[name].type.is_list
    ]
