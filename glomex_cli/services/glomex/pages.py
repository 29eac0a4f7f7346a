"""Pages of a report: what a schema tells of them, and the rows of one question, page after page.

What tells of the rest is asked for under names of our own: `page { more end }`, `more`, `end`,
`total`, `pages`.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from glomex_cli.dates.bucket_reader import BucketReader
from glomex_cli.dates.buckets import bucket_in
from glomex_cli.dates.calendar import starts_in, whole_days
from glomex_cli.models import (
    Column,
    Period,
    Problem,
    ReportKind,
    ReportRequest,
    ReportSchema,
    Row,
    Secret,
)
from glomex_cli.services.glomex import queries
from glomex_cli.services.glomex.fit import MOST_KEYS, Fit
from glomex_cli.services.glomex.rows import parse_rows
from glomex_cli.services.learned import Paging, Shape

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from glomex_cli.models import Json
    from glomex_cli.services.graphql.client import GraphQLClient
    from glomex_cli.services.graphql.introspection import FieldType, TypeRef, TypeSystem
    from glomex_cli.services.graphql.response import RowStream

_CURSORS = ("after", "cursor")
_OFFSETS = ("offset", "skip")
_PAGES = ("page",)
_SIZES = ("first", "limit", "per_page", "perPage", "page_size", "pageSize", "size", "take")
_INFO = ("page_info", "pageInfo")
_MORE = ("has_next_page", "hasNextPage", "has_more", "hasMore", "has_next", "hasNext")
_END = ("end_cursor", "endCursor", "next_cursor", "nextCursor")
_TOTAL = ("total", "total_count", "totalCount", "count")
_PAGE_COUNT = ("total_pages", "totalPages", "pages", "page_count", "pageCount", "last_page")
# Where the schema wants a size, as many as most services allow; where it takes one, first more.
PAGE_SIZE, _LARGE_PAGE = 50, 100
# As many rows as a page usually has: an answer of exactly so many may have been cut.
_ROUND = frozenset({10, 20, 25, 50, 100, 200, 250, 500})
_ROUND_STEP = 1000


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
    return Paging(style, argument, " ".join(beside), is_cut, _size(arguments) if style else "")


def _size(arguments: Mapping[str, TypeRef]) -> str:
    """Return the argument that asks for large pages; nothing where none is needed or possible."""
    found = arguments.get(name := _first(_SIZES, arguments))
    is_free = found and found.name == "Int" and not found.is_required
    return f"{name}: {_LARGE_PAGE}" if is_free else ""


def smaller_pages(paging: Paging) -> list[Paging]:
    """Return ways to ask for pages, from the given one down to the service's own size."""
    name, _, size = paging.size.partition(": ")
    half = [paging._replace(size=f"{name}: {PAGE_SIZE}")] if size == str(_LARGE_PAGE) else []
    return [paging, *half, paging._replace(size="")] if size else [paging]


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


class RowQuestion(NamedTuple):
    """One request for rows: `asked` is the range as it is sent.

    `spare` is a day beyond the range. With `needs_last` the last day has to be there, or else
    may be missing. A probe is not talked about.
    """

    request: ReportRequest
    asked: Period
    shape: Shape
    known: ReportSchema
    columns: Sequence[Column]
    spare: date | None = None
    needs_last: bool = False
    is_probe: bool = False

    @property
    def operation(self) -> str:
        """The name of the report in the schema."""
        return queries.OPERATIONS[self.request.kind]


def pages_of(
    client: GraphQLClient,
    question: RowQuestion,
    token: Secret,
    problems: list[Problem],
    learn_inclusive: Callable[[ReportKind], None],
) -> Iterator[Row]:
    """Yield the rows of all pages; `problems` is complete once they have been read.

    `learn_inclusive` is called where a whole answer shows that the last day counts.
    """
    bucket = bucket_in(question.request.dimensions)
    period = whole_days(question.request.period)
    buckets = BucketReader(bucket, period) if bucket else None
    fit, shape = Fit(question.request.dimensions, buckets, question.spare), question.shape
    argument, page = "", 0
    while True:
        before, stream = fit.count, _stream(client, question, argument, token)
        yield from parse_rows(
            stream, question.columns, problems, operation=question.operation, fit=fit,
            node=shape.node,
        )  # fmt: skip
        page += 1
        following = next_page(shape.paging, stream.beside, rows=fit.count, pages=page)
        if fit.count == before or not following or following == argument:
            break
        argument = following
    problems += fit.problems(question.operation, has_errors=bool(problems))
    problems += _cut(question, fit, stream)
    if question.needs_last:
        problems += _last_day(question, fit, learn_inclusive, is_whole=not problems)
    if not question.is_probe:
        _tell(client, question, fit, is_paged=bool(shape.paging.style))


def _stream(
    client: GraphQLClient, question: RowQuestion, argument: str, token: Secret
) -> RowStream:
    request = question.request._replace(period=question.asked)
    document = queries.analytics_report(request, question.shape, question.known, page=argument)
    if not argument:  # the first page is tried again by who asks
        return client.stream(document, token)
    return client.retried(lambda: client.stream(document, token))


def _cut(question: RowQuestion, fit: Fit, stream: RowStream) -> Iterator[Problem]:
    """Yield that rows are missing, where the answer or the schema says so."""
    paging = question.shape.paging
    if paging.style:
        return
    is_likely = paging.is_cut and is_round(fit.count) and _may_have_more(question, fit)
    if has_more(stream.beside, fit.count) or is_likely:
        text = "rows may be missing: the service uses pages that cannot be fetched"
        yield Problem(text, question.operation)


def _last_day(
    question: RowQuestion,
    fit: Fit,
    learn_inclusive: Callable[[ReportKind], None],
    *,
    is_whole: bool,
) -> Iterator[Problem]:
    last = whole_days(question.request.period).last
    if fit.last == last:
        if is_whole:
            learn_inclusive(question.request.kind)
        return
    text = f"{last} may be missing: the service accepts no later end of a range"
    yield Problem(text, question.operation)


def _tell(client: GraphQLClient, question: RowQuestion, fit: Fit, *, is_paged: bool) -> None:
    """Write on stderr what is no failure, but worth knowing."""
    if fit.is_full:
        client.tell(f"more than {MOST_KEYS:,} rows: duplicates were not checked")
    bucket = bucket_in(question.request.dimensions)
    if fit.unread is not None:
        client.tell(f"a {bucket} has an unknown format: rows keep the order of the service")
    if not is_paged and is_round(fit.count) and _may_have_more(question, fit):
        client.tell(
            f"exactly {fit.count:,} rows received: the service may limit the size of a response"
        )


def _may_have_more(question: RowQuestion, fit: Fit) -> bool:
    bucket = bucket_in(question.request.dimensions)
    if bucket is None or len(question.request.dimensions) > 1:
        return True
    return fit.count < len(starts_in(whole_days(question.request.period), bucket))
