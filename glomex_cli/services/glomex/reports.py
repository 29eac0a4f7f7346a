"""The reports and the schema of the Glomex service; both ends of a range count.

No document says whether the service counts the day given as `to`. Daily reports need not know:
they are requested with one day more and trimmed. Totals, weeks and months would include that
day, so one or two small daily reports are requested first, once per endpoint and profile.
"""

from collections.abc import Callable, Iterator
from datetime import date
from itertools import chain, islice
from typing import TypeAlias

from glomex_cli.dates.buckets import written_day
from glomex_cli.dates.calendar import ONE_DAY, request_window, whole_days
from glomex_cli.errors import InvalidQueryError, ServiceError
from glomex_cli.metrics import MetricKind
from glomex_cli.models import (
    Bucket,
    Column,
    Period,
    Problem,
    Report,
    ReportRequest,
    ReportSchema,
    Role,
    Schema,
    Secret,
)
from glomex_cli.services.cache import Cache
from glomex_cli.services.glomex import queries
from glomex_cli.services.glomex.cell_types import dimension_type, metric_type
from glomex_cli.services.glomex.rows import column_names, parse_rows
from glomex_cli.services.glomex.schema import DOCUMENTED
from glomex_cli.services.graphql.client import GraphQLClient
from glomex_cli.services.graphql.response import failure_of

# Returns the days that have rows, for a daily request sent as it is.
DaysOf: TypeAlias = Callable[[ReportRequest], set[date]]
_UNKNOWN = ReportSchema((), {})


def learn_includes_to(request: ReportRequest, days_of: DaysOf) -> bool | None:
    """Return whether `to` is inclusive: whether the last day of `request` has rows.

    None where that day has no data: then both readings give the same figures for `request`.
    """
    last = whole_days(request.period).last
    probe = request._replace(dimensions=(Bucket.DAY,), metrics=request.metrics[:1])
    if last in days_of(probe._replace(period=Period(last - ONE_DAY, last))):
        return True
    if last in days_of(probe._replace(period=Period(last - ONE_DAY, last + ONE_DAY))):
        return False
    return None


class GlomexReports:
    """Fetches reports and the schema, and remembers what it learns of either."""

    def __init__(self, client: GraphQLClient, cache: Cache) -> None:
        self._client = client
        self._cache = cache

    def schema(self, token: Secret | None) -> Schema | None:
        """Fetch the schema; None where introspection is refused, which is a normal case."""
        from glomex_cli.services.glomex.schema import schema_of
        from glomex_cli.services.graphql.introspection import INTROSPECTION, parse_types

        answer = self._client.execute(INTROSPECTION, token)
        if answer.is_expired:
            raise failure_of(answer, "the schema")
        types = parse_types(answer.data) if answer.data else None
        schema = schema_of(types) if types else None
        if schema or not self._cache.learned.schema:
            self._cache.learn_schema(schema)
        return schema

    def metric_kind(self, name: str) -> MetricKind:
        """Return what a metric is, by the schema where it is known, else by our own table."""
        from glomex_cli.services.glomex.metrics import kind_of_metric

        schema = self._cache.learned.schema or DOCUMENTED
        told = next((each for each in schema.reports.values() if name in each.metrics), None)
        kind = told.kinds[name] if told and name in told.kinds else kind_of_metric(name)
        # A weight is fetched beside its metric, so it has to be one that the account has.
        offered = {metric for each in schema.reports.values() for metric in each.metrics}
        return kind if kind.weight in offered else kind._replace(weight="")

    def report(self, request: ReportRequest, token: Secret) -> Report:
        """Fetch the rows; the first has arrived when this returns, and so has any refusal.

        A query that does not fit the schema is sent once more, after a look at the schema: a
        dimension may be an object there, whose parts have to be named.
        """
        asking, known = self._asking(request, token), self._known(request)
        try:
            return self._report(request, asking, known, token)
        except InvalidQueryError:
            if self._known(request) == known:  # else a thread beside this one has just looked
                self.schema(token)
            if self._known(request) == known:
                raise
            return self._report(request, asking, self._known(request), token)

    def document(self, request: ReportRequest, token: Secret | None) -> str:
        """Return the text of the query that `report` would send."""
        asking = self._asking(request, token) if token else request
        return queries.analytics_report(asking, self._known(request)).text

    def _report(
        self, request: ReportRequest, asking: ReportRequest, known: ReportSchema, token: Secret
    ) -> Report:
        document = queries.analytics_report(asking, known)
        columns = self._columns(request, known)
        problems: list[Problem] = []
        stream = self._client.stream(document, token)
        window = whole_days(request.period) if Bucket.DAY in request.dimensions else None
        rows = parse_rows(stream, columns, problems, operation=document.name, window=window)
        first = list(islice(rows, 1))
        return Report(columns, chain(first, rows), problems=problems)

    def _columns(self, request: ReportRequest, known: ReportSchema) -> tuple[Column, ...]:
        """Return the columns: of a dimension that is an object, its id, then its other parts."""
        measured = (
            Column(name, Role.LABEL)
            if name in known.labels
            else Column(
                name, Role.METRIC, kind=self.metric_kind(name), type=metric_type(name, known)
            )
            for name in request.metrics
        )
        return (*_dimension_columns(request, known), *measured)

    def _known(self, request: ReportRequest) -> ReportSchema:
        schema = self._cache.learned.schema
        return schema.reports.get(request.kind, _UNKNOWN) if schema else _UNKNOWN

    def _asking(self, request: ReportRequest, token: Secret) -> ReportRequest:
        """Write `to` so that the last day counts, whichever way the service reads it."""
        if Bucket.DAY in request.dimensions:
            return request._replace(period=request_window(whole_days(request.period)))
        includes_to = self._cache.learned.includes_to
        if includes_to is None:
            includes_to = learn_includes_to(request, lambda probe: self._days(probe, token))
            if includes_to is not None:
                self._cache.learn_to(includes_to=includes_to)
        return (
            request._replace(period=request_window(whole_days(request.period)))
            if includes_to is False
            else request
        )

    def _days(self, probe: ReportRequest, token: Secret) -> set[date]:
        """Return the days that have rows; none after a refusal, which says nothing of them."""
        document = queries.analytics_report(probe, self._known(probe))
        try:
            stream = self._client.stream(document, token)
            rows = list(
                parse_rows(stream, self._columns(probe, _UNKNOWN), [], operation=document.name)
            )
        except ServiceError:
            return set()
        days = (written_day(row.get(Bucket.DAY), Bucket.DAY) for row in rows)
        return {day for day in days if day}


def _dimension_columns(request: ReportRequest, known: ReportSchema) -> Iterator[Column]:
    for dimension in request.dimensions:
        for name in column_names(dimension, known.parts.get(dimension, ())):
            role = Role.DIMENSION if name == dimension else Role.LABEL
            yield Column(name, role, type=dimension_type(name))
