"""The reports of the Glomex service, asked for as its schema wants; both ends of a range count.

The schema is looked at once, before the first report of an endpoint. Daily rows are asked for
with one day more, until it is known whether the day given as `to` counts.
"""

from functools import partial
from itertools import chain, islice
from threading import RLock

from glomex_cli.dates.calendar import request_window, whole_days
from glomex_cli.errors import InvalidQueryError, ServiceError
from glomex_cli.metrics import MetricKind
from glomex_cli.models import (
    Bucket,
    Period,
    Problem,
    Report,
    ReportKind,
    ReportRequest,
    ReportSchema,
    Schema,
    Secret,
)
from glomex_cli.services.cache import Cache
from glomex_cli.services.glomex import queries
from glomex_cli.services.glomex.columns import columns_of, told_kind
from glomex_cli.services.glomex.fit import learn_includes_to
from glomex_cli.services.glomex.pages import RowQuestion, pages_of, smaller_pages
from glomex_cli.services.glomex.rows import guessed_fields
from glomex_cli.services.glomex.shape import SchemaLook
from glomex_cli.services.graphql.client import GraphQLClient
from glomex_cli.services.learned import Shape

_UNKNOWN = ReportSchema((), {})


class GlomexReports:
    """Fetches reports and the schema, and remembers what it learns of either."""

    def __init__(self, client: GraphQLClient, cache: Cache) -> None:
        self._client = client
        self._cache = cache
        self._look = SchemaLook(client, cache)
        self._lock = RLock()

    def schema(self, token: Secret | None) -> Schema | None:
        """Fetch the schema; None where introspection is refused, which is a normal case."""
        return self._look.ask(token)

    def metric_kind(self, name: str) -> MetricKind:
        """Return what a metric is, by the schema where it is known, else by our own table."""
        return told_kind(name, self._cache.learned.schema)

    def report(self, request: ReportRequest, token: Secret) -> Report:
        """Fetch the rows; the first has arrived when this returns, and so has any refusal.

        A query that does not fit the schema is sent once more, after another look at it: it may
        have changed since, or a dimension may be an object whose parts have to be guessed.
        """
        self._look.once(token)
        shape = self._shape(request.kind)
        try:
            report = self._report(request, shape, token)
        except InvalidQueryError as error:
            report = self._asked_again(request, shape, token, error)
        self._look.confirm()
        return report

    def document(self, request: ReportRequest, token: Secret | None) -> str:
        """Return the text of the query that `report` would send, by what is known so far.

        Of a daily report nothing has to be asked for that.
        """
        if token and Bucket.DAY not in request.dimensions:
            self._look.once(token)
        shape = self._shape(request.kind)
        period = self._asking(request, shape, token) if token else request.period
        known = self._known(request.kind)
        return queries.analytics_report(request._replace(period=period), shape, known).text

    def _shape(self, kind: ReportKind) -> Shape:
        shape = self._cache.learned.shapes.get(kind, Shape())
        if shape.unknown:
            raise ServiceError(
                f"the {kind} report of this service has an unknown structure: {shape.unknown}",
                "send a raw query: glomex query --help",
            )
        return shape

    def _known(self, kind: ReportKind) -> ReportSchema:
        schema = self._cache.learned.schema
        return schema.reports.get(kind, _UNKNOWN) if schema else _UNKNOWN

    def _report(self, request: ReportRequest, shape: Shape, token: Secret) -> Report:
        asked = self._asking(request, shape, token)
        if Bucket.DAY not in request.dimensions:
            return self._rows(request, asked, shape, token)
        period = whole_days(request.period)
        if asked == period:
            return self._as_typed(request, shape, token)
        try:
            return self._rows(request, asked, shape, token)
        except ServiceError as error:
            if not error.is_refusal:
                raise
            self._learn_limit(request.kind, error)
            if error.longest_days and period.days > error.longest_days:
                raise
        # The day more was ours, and so is its refusal.
        return self._as_typed(request, shape, token)

    def _as_typed(self, request: ReportRequest, shape: Shape, token: Secret) -> Report:
        """Ask for a daily report without a day more, and look whether the last day is there."""
        period = whole_days(request.period)
        is_known = self._cache.learned.reading(request.kind).includes_to
        return self._rows(request, period, shape, token, needs_last=not is_known)

    def _asking(self, request: ReportRequest, shape: Shape, token: Secret) -> Period:
        """Return the range to send so that the last day counts, however the service reads it."""
        period = whole_days(request.period)
        with self._lock:  # several windows ask at once
            reading = self._cache.learned.reading(request.kind)
            includes_to = reading.includes_to
            if includes_to is None and Bucket.DAY not in request.dimensions:
                includes_to = self._learn_to(request, shape, token)
        if Bucket.DAY in request.dimensions:
            is_spare_refused = reading.longest == period.days
            return period if includes_to or is_spare_refused else request_window(period)
        return request_window(period) if includes_to is False else period

    def _learn_to(self, request: ReportRequest, shape: Shape, token: Secret) -> bool | None:
        def ask(probe: ReportRequest) -> Report:
            report = self._rows(probe, whole_days(probe.period), shape, token, is_probe=True)
            return report._replace(rows=list(report.rows))

        try:
            includes_to = learn_includes_to(request, ask)
        except InvalidQueryError:
            self._client.tell("could not detect whether the last day of the range counts")
            return None
        if includes_to is not None:
            self._cache.learn_reading(request.kind, includes_to=includes_to)
        return includes_to

    def _learn_limit(self, kind: ReportKind, error: ServiceError) -> None:
        if error.longest_days:
            self._cache.learn_reading(kind, longest=error.longest_days)

    def _rows(  # noqa: PLR0913 - what a question is made of
        self,
        request: ReportRequest,
        asked: Period,
        shape: Shape,
        token: Secret,
        *,
        needs_last: bool = False,
        is_probe: bool = False,
    ) -> Report:
        """Fetch rows; where large pages are refused, in smaller ones, which are remembered."""
        ask = partial(self._pages, request, asked, needs_last=needs_last, is_probe=is_probe)
        *larger, last = map(shape.with_paging, smaller_pages(shape.paging))
        for each in larger:
            try:
                report = ask(each, token)
            except ServiceError as error:
                is_refused = error.is_refusal or isinstance(error, InvalidQueryError)
                if not is_refused or error.is_of_range:
                    raise
            else:
                self._learn_pages(request.kind, each, shape)
                return report
        report = ask(last, token)
        self._learn_pages(request.kind, last, shape)
        return report

    def _learn_pages(self, kind: ReportKind, good: Shape, asked: Shape) -> None:
        if good != asked:
            self._cache.learn_shape(kind, good)

    def _pages(  # noqa: PLR0913 - as above
        self,
        request: ReportRequest,
        asked: Period,
        shape: Shape,
        token: Secret,
        *,
        needs_last: bool,
        is_probe: bool,
    ) -> Report:
        columns = columns_of(request, shape, self._cache.learned.schema)
        question = RowQuestion(
            request, asked, shape, self._known(request.kind), columns,
            spare=asked.last if asked.last > whole_days(request.period).last else None,
            needs_last=needs_last, is_probe=is_probe,
        )  # fmt: skip

        def ask() -> Report:
            problems: list[Problem] = []
            rows = pages_of(self._client, question, token, problems, self._learn_inclusive)
            first = list(islice(rows, 1))
            return Report(columns, chain(first, rows), problems=problems)

        return self._client.retried(ask)

    def _learn_inclusive(self, kind: ReportKind) -> None:
        self._cache.learn_reading(kind, includes_to=True)

    def _asked_again(
        self, request: ReportRequest, shape: Shape, token: Secret, error: InvalidQueryError
    ) -> Report:
        if self._cache.learned.schema is not None:
            before = self._cache.learned
            self._look.again(token)
            now = self._cache.learned
            if (now.schema, now.shapes) == (before.schema, before.shapes):
                raise error
            return self._report(request, self._shape(request.kind), token)
        for fields, titled in guessed_fields(request.dimensions, error.message):
            guess = shape._replace(fields=fields, titled=titled)
            try:
                report = self._report(request, guess, token)
            except InvalidQueryError:
                continue
            self._cache.learn_shape(request.kind, guess)
            return report
        raise error
