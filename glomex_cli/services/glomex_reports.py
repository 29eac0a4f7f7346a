"""The reports of the Glomex service: both ends of the range count, rows are read as they come."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain, islice

from glomex_cli.errors import InvalidQueryError, ServiceError
from glomex_cli.graphql.answer import failure_of, problem_of
from glomex_cli.graphql.caller import GraphQLCaller
from glomex_cli.graphql.introspection import INTROSPECTION, parse_types
from glomex_cli.graphql.json_reader import Json
from glomex_cli.graphql.row_stream import RowStream
from glomex_cli.memory import Memory
from glomex_cli.models import Cell, Column, Problem, Report, ReportRequest, Role, Row, Secret
from glomex_cli.periods.units import Bucket
from glomex_cli.periods.windows import asked
from glomex_cli.rows.buckets import written_day
from glomex_cli.rows.cells import normalise_cell
from glomex_cli.rows.joining import trim
from glomex_cli.schema import ReportSchema, Schema
from glomex_cli.services import glomex_documents as documents
from glomex_cli.services.glomex_schema import schema_of
from glomex_cli.services.last_day import learn_includes_to

_UNKNOWN = ReportSchema((), {})


class GlomexReports:
    """Asks for reports and for the schema, and remembers what it learns of either."""

    def __init__(self, caller: GraphQLCaller, memory: Memory) -> None:
        self._caller = caller
        self._memory = memory

    def schema(self, token: Secret | None) -> Schema | None:
        """Ask for the schema; None where introspection is refused, which is a normal case."""
        answer = self._caller.ask(INTROSPECTION, token)
        if answer.is_expired:
            raise failure_of(answer, "the schema")
        types = parse_types(answer.data) if answer.data else None
        schema = schema_of(types) if types else None
        if schema:
            self._memory.learn_schema(schema)
        return schema

    def report(self, request: ReportRequest, token: Secret) -> Report:
        """Ask for the rows; the first has come when this returns, and so has any refusal.

        A query that does not fit the schema is asked once more, after a look at the schema: a
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
        """Give the text of the query that `report` would send."""
        asking = self._asking(request, token) if token else request
        return documents.analytics_report(asking, self._known(request)).text

    def _report(
        self, request: ReportRequest, asking: ReportRequest, known: ReportSchema, token: Secret
    ) -> Report:
        document = documents.analytics_report(asking, known)
        columns = _columns(request, known)
        problems: list[Problem] = []
        stream = self._caller.stream(document, token)
        rows = _rows(stream, columns, problems, document.name)
        if Bucket.DAY in request.dimensions:
            rows = trim(rows, request.period)
        first = list(islice(rows, 1))
        return Report(columns, chain(first, rows), problems=problems)

    def _known(self, request: ReportRequest) -> ReportSchema:
        schema = self._memory.learnt.schema
        return schema.reports.get(request.kind, _UNKNOWN) if schema else _UNKNOWN

    def _asking(self, request: ReportRequest, token: Secret) -> ReportRequest:
        """Write `to` so that the last day counts, whichever way the service reads it."""
        if Bucket.DAY in request.dimensions:
            return replace(request, period=asked(request.period))
        includes_to = self._memory.learnt.includes_to
        if includes_to is None:
            includes_to = learn_includes_to(request, lambda probe: self._days(probe, token))
            if includes_to is not None:
                self._memory.learn_to(includes_to=includes_to)
        return replace(request, period=asked(request.period)) if includes_to is False else request

    def _days(self, probe: ReportRequest, token: Secret) -> set[date]:
        """Give the days that have rows; a refusal here tells nothing, so it gives none."""
        document = documents.analytics_report(probe, self._known(probe))
        try:
            stream = self._caller.stream(document, token)
            rows = list(_rows(stream, _columns(probe, _UNKNOWN), [], document.name))
        except ServiceError:
            return set()
        days = (written_day(row.get(Bucket.DAY), Bucket.DAY) for row in rows)
        return {day for day in days if day}


def _columns(request: ReportRequest, known: ReportSchema) -> tuple[Column, ...]:
    """Give the columns: of a dimension that is an object, first its id, then its other parts."""
    dimensions = [
        Column(name, Role.DIMENSION)
        for dimension in request.dimensions
        for name in _names(dimension, known.parts.get(dimension, ()))
    ]
    measured = (
        Column(name, Role.DIMENSION if name in known.labels else Role.METRIC)
        for name in request.metrics
    )
    return (*dimensions, *measured)


def _names(dimension: str, parts: Sequence[str]) -> list[str]:
    """Name the columns of a dimension: `video` for its id, `video_title` for its title."""
    if not parts:
        return [dimension]
    head = _id_among(parts)
    return [dimension, *(f"{dimension}_{part}" for part in parts if part != head)]


def _id_among(parts: Sequence[str]) -> str:
    return "id" if "id" in parts else parts[0]


def _rows(
    stream: RowStream, columns: Sequence[Column], problems: list[Problem], operation: str
) -> Iterator[Row]:
    lost = 0
    for row in stream.rows():
        if row is None:  # the service failed at this row, and says so in its errors
            lost += 1
            continue
        if not isinstance(row, dict):
            raise ServiceError("a row in the answer of the service is no object", "try again")
        flat = _flat(row)
        yield {column.name: _cell(flat.get(column.name), column) for column in columns}
    answer = stream.answer
    if answer.data is None:
        raise failure_of(answer, operation)
    problems += map(problem_of, answer.errors)
    if lost and not problems:
        problems.append(Problem(f"the service left {lost} rows empty", operation))


def _flat(row: dict[str, Json]) -> dict[str, Json]:
    """Spread objects in a row: `{"video": {"id": 1, "title": "x"}}` is `video`, `video_title`."""
    if not any(isinstance(value, dict) for value in row.values()):
        return row
    flat: dict[str, Json] = {}
    for name, value in row.items():
        if isinstance(value, dict) and value:
            flat |= zip(_names(name, list(value)), _id_first(value), strict=True)
        else:
            flat[name] = value
    return flat


def _id_first(parts: dict[str, Json]) -> list[Json]:
    head = _id_among(list(parts))
    return [parts[head], *(value for part, value in parts.items() if part != head)]


def _cell(value: Json, column: Column) -> Cell:
    if isinstance(value, (dict, list)):
        raise ServiceError(f"the service answered {column.name} with no single value", "try again")
    return normalise_cell(value, column.role)
