"""The rows of a variant's report, with its own labels, numbers and gaps, in its pages."""

import base64
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import date, timedelta
from itertools import product
from typing import TypeVar

from glomex_cli.sandbox.errors import Refusal, RefusedError
from glomex_cli.sandbox.metrics import Figures
from glomex_cli.sandbox.reports import Row
from glomex_cli.sandbox.variants.variant import FORMS, Rows, Values

COUNTS = ("video_views", "ad_impressions", "completed_views", "ad_requests")
_RATES = ("completion_rate", "revenue")
_NOTHING = Figures(*[0] * len(Figures._fields))
_ONE_DAY = timedelta(days=1)
_PRIMARIES = ("video", "channel")
_SIZES = ("first", "limit", "per_page", "perPage", "page_size", "pageSize", "size")
_Item = TypeVar("_Item")


def written(row: Row, values: Values, *, empty: bool = False) -> dict[str, object]:
    """Return a row as an object of names and values; with `empty`, its numbers are null.

    A video and a channel come under every name that a schema may give them.
    """
    cells: dict[str, object] = {"integration": row.integration}
    for bucket in FORMS:
        cells[bucket] = _label(bucket, getattr(row, bucket), values)
    for primary in _PRIMARIES:
        cells |= _named(primary, getattr(row, primary), getattr(row, f"{primary}_title"))
    numbers = {name: _number(getattr(row, name) * values.scale, values) for name in COUNTS}
    numbers |= {name: getattr(row, name) for name in _RATES}
    return {**cells, **({} if empty else numbers)}


def bucket_start(bucket: str, label: str) -> date:
    """Return the first day of a bucket by the label that the sandbox gives it."""
    if bucket == "week":
        return date.fromisocalendar(int(label[:4]), int(label[-2:]), 1)
    return date.fromisoformat(label if bucket == "day" else f"{label}-01")


def missing_rows(rows: Sequence[Row], arguments: Mapping[str, object], last: date) -> Iterator[Row]:
    """Yield a row of nothing for each day of a daily report that has none, up to `last`."""
    if "day" not in names_of(arguments.get("dimensions")):
        return
    labels = {_labels(row) for row in rows}
    others = {tuple((n, v) for n, v in each if n != "day") for each in labels}
    days = list(_days(date.fromisoformat(str(arguments["from"])), last))
    for other, day in product(sorted(others), days):
        row = Row(_NOTHING, **dict(other), day=day)
        if _labels(row) not in labels:
            yield row


def names_of(value: object) -> list[str]:
    """Return the names of dimensions, given as a list or as one."""
    if isinstance(value, list | tuple):
        return [str(each) for each in value]  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
    return [] if value is None else [str(value)]


def _labels(row: Row) -> tuple[tuple[str, str], ...]:
    names = [each.name for each in fields(Row) if each.name != "sums"]
    return tuple((name, getattr(row, name)) for name in names if getattr(row, name) is not None)


def _days(first: date, last: date) -> Iterator[str]:
    while first <= last:
        yield first.isoformat()
        first += _ONE_DAY


def _label(bucket: str, label: str | None, values: Values) -> object:
    if label is None:
        return None
    form: str = getattr(values, bucket)
    return FORMS[bucket][form](bucket_start(bucket, label))


def _named(primary: str, ident: str | None, title: str | None) -> dict[str, object]:
    if ident is None:
        return {}
    names = {
        **dict.fromkeys(("id", "key", "slug", "uid", "code", f"{primary}_id"), ident),
        **dict.fromkeys(("title", "name", "label", "displayName"), title),
        "url": f"https://example.com/{ident}",
        "tags": ["one", "two"],
    }
    flat = {f"{primary}_{name}": names[name] for name in ("id", "key", "title", "name", "slug")}
    camel = {f"{primary}Id": ident, f"{primary}Title": title}
    return {primary: names, **flat, **camel}


def _number(value: int, values: Values) -> object:
    if values.numbers == "text":
        return str(value)
    return float(value) if values.numbers == "float" else value


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
