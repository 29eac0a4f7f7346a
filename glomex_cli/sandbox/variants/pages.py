"""Pages of rows, by whichever arguments the schema of a variant has for them."""

import base64
from collections.abc import Mapping, Sequence
from typing import TypeVar

from glomex_cli.sandbox.errors import Refusal, RefusedError
from glomex_cli.sandbox.variants.variant import Rows

_SIZES = ("first", "limit", "per_page", "perPage", "page_size", "pageSize", "size")
_Item = TypeVar("_Item")


def page_of(
    rows: Sequence[_Item], arguments: Mapping[str, object], rules: Rows
) -> dict[str, object]:
    """Return the rows of one page, under every name of a list, beside what tells of the rest."""
    if not rules.size:
        return _container(rows, 0, len(rows), size=max(1, len(rows)))
    size = next((_whole(arguments[n]) for n in _SIZES if arguments.get(n) is not None), rules.size)
    if not 0 < size <= rules.most:
        raise RefusedError(Refusal.BAD_USER_INPUT, f"A page has 1 to {rules.most} rows.")
    start = _start(arguments, size)
    return _container(rows[start : start + size], start, len(rows), size=size)


def _start(arguments: Mapping[str, object], size: int) -> int:
    cursor = arguments.get("after", arguments.get("cursor"))
    if cursor is not None:
        return int(base64.b64decode(str(cursor)).decode()) + 1
    if arguments.get("page") is not None:
        return (_whole(arguments["page"]) - 1) * size
    return _whole(arguments.get("offset") or arguments.get("skip") or 0)


def _container(rows: Sequence[_Item], start: int, total: int, *, size: int) -> dict[str, object]:
    cursors = [_cursor(start + index) for index in range(len(rows))]
    has_more = start + len(rows) < total
    end = cursors[-1] if cursors else None
    info = {
        "has_next_page": has_more,
        "hasNextPage": has_more,
        "end_cursor": end,
        "endCursor": end,
    }
    more = {"has_more": has_more, "hasMore": has_more, "next_cursor": end if has_more else None}
    names = ("rows", "nodes", "items", "data", "results", "records")
    return {
        **{name: [*rows] for name in names},
        "edges": [{"node": row, "cursor": c} for row, c in zip(rows, cursors, strict=True)],
        "page_info": info,
        "pageInfo": info,
        **dict.fromkeys(("total", "total_count", "totalCount", "count"), total),
        **dict.fromkeys(("pages", "total_pages", "last_page"), -(-total // size)),
        "current_page": start // size + 1,
        **more,
    }


def _cursor(index: int) -> str:
    return base64.b64encode(str(index).encode()).decode()


def _whole(value: object) -> int:
    if isinstance(value, int) and value >= 0:
        return value
    raise RefusedError(Refusal.BAD_USER_INPUT, "This is no number of rows.")
