"""The rows of one question, page after page, and what is to be said of them at the end."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

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
from glomex_cli.services.glomex.paging import has_more, is_round, next_page
from glomex_cli.services.glomex.rows import parse_rows
from glomex_cli.services.glomex.shape import Shape
from glomex_cli.services.graphql.client import GraphQLClient
from glomex_cli.services.graphql.row_stream import RowStream


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
        text = "rows may be missing: the service answers in pages that cannot be turned"
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
    text = f"{last} may be missing: the service takes no later end of a range"
    yield Problem(text, question.operation)


def _tell(client: GraphQLClient, question: RowQuestion, fit: Fit, *, is_paged: bool) -> None:
    """Write on stderr what is no failure, but worth knowing."""
    if fit.is_full:
        client.tell(f"more than {MOST_KEYS:,} rows: whether rows come twice was not looked for")
    bucket = bucket_in(question.request.dimensions)
    if fit.unread is not None:
        client.tell(f"a {bucket} has a form that is not known: rows stay in the service's order")
    if not is_paged and is_round(fit.count) and _may_have_more(question, fit):
        client.tell(
            f"exactly {fit.count:,} rows came: the service may have more than it answers at once"
        )


def _may_have_more(question: RowQuestion, fit: Fit) -> bool:
    bucket = bucket_in(question.request.dimensions)
    if bucket is None or len(question.request.dimensions) > 1:
        return True
    return fit.count < len(starts_in(whole_days(question.request.period), bucket))
