"""What the schema says of a report: the types of its arguments, where its rows are, its pages.

The question is written from this. `Shape()` is the report as docs.glomex.com describes it. Names
of the schema that differ are asked for under the documented ones, so that rows always look
alike. An endpoint's schema is looked at once, before its first report, and remembered.
"""

from __future__ import annotations

from threading import RLock
from typing import TYPE_CHECKING, NamedTuple

from glomex_cli.errors import ServiceError, SessionExpiredError, UnavailableError
from glomex_cli.services.glomex.pages import paging_of, required_page
from glomex_cli.services.glomex.rows import selections_of
from glomex_cli.services.graphql.response import Answer, failure_of
from glomex_cli.services.learned import Shape

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from glomex_cli.models import Schema, Secret
    from glomex_cli.services.cache import Cache
    from glomex_cli.services.graphql.client import GraphQLClient
    from glomex_cli.services.graphql.introspection import FieldType, TypeRef, TypeSystem

_STARTS = ("from", "start", "startDate", "start_date", "date_from", "dateFrom", "gte", "since")
_ENDS = ("to", "end", "endDate", "end_date", "date_to", "dateTo", "lte", "until")
_LISTS = ("rows", "nodes", "items", "data", "results", "records", "edges")
_NO_FIELDS: Mapping[str, FieldType] = {}
_TRIES = 2  # one failure of the service for a moment shall not cut the rows of a day


class RowPlace(NamedTuple):
    """Where rows are: the field, the field of a row in each element, and the fields of a row."""

    field: str
    node: str
    fields: Mapping[str, FieldType]


def shape_of(operation: FieldType, types: TypeSystem, dimensions: Iterable[str]) -> Shape:
    """Return how the report of an operation of the schema is asked for."""
    place = row_place(operation, types)
    if place is None:
        return Shape(unknown="its rows are not found")
    arguments = operation.arguments
    first, last = _range_of(arguments, types)
    if not first or not last:
        return Shape(unknown="its range is not found")
    beside = _NO_FIELDS if not place.field else types.fields.get(operation.type.name, _NO_FIELDS)
    fields, titled = selections_of(place.fields, types, dimensions)
    required, unknown = _required(arguments, {first, last}, types)
    return Shape(
        dimensions=_dimension_form(arguments.get("dimensions")),
        first=first,
        last=last,
        days=_day_form(_reference(arguments, types, first)),
        filters=_filters_form(arguments.get("filters")),
        required=required,
        rows=place.field,
        node=place.node,
        fields=fields,
        titled=titled,
        paging=paging_of(arguments, beside, types),
        unknown=unknown,
    )


def row_place(operation: FieldType, types: TypeSystem) -> RowPlace | None:
    """Return where rows are: in the answer itself, or below a list of it by any usual name."""
    fields = types.fields.get(operation.type.name, {})
    if operation.type.is_list:
        return RowPlace("", "", fields)
    lists = {name: each for name, each in fields.items() if each.type.is_list}
    for name in sorted(lists, key=lambda each: _LISTS.index(each) if each in _LISTS else 99):
        inner = types.fields.get(lists[name].type.name, {})
        if "node" in inner:
            return RowPlace(name, "node", types.fields.get(inner["node"].type.name, {}))
        if inner:
            return RowPlace(name, "", inner)
    return None


def _dimension_form(reference: TypeRef | None) -> str:
    is_text = reference is not None and reference.kind == "SCALAR"
    form = "text" if is_text else "enum"
    return form if reference is not None and not reference.is_list else f"[{form}]"


def _range_of(arguments: Mapping[str, TypeRef], types: TypeSystem) -> tuple[str, str]:
    """Return the names of both ends: of arguments, or of the fields of one argument."""
    first, last = _named(_STARTS, arguments), _named(_ENDS, arguments)
    if first and last:
        return first, last
    for name, reference in arguments.items():
        inner = types.fields.get(reference.name, {})
        start, end = _named(_STARTS, inner), _named(_ENDS, inner)
        if start and end:
            return f"{name}.{start}", f"{name}.{end}"
    return "", ""


def _named(names: Iterable[str], known: Mapping[str, object]) -> str:
    return next((name for name in names if name in known), "")


def _reference(arguments: Mapping[str, TypeRef], types: TypeSystem, path: str) -> TypeRef:
    name, _, inner = path.partition(".")
    reference = arguments[name]
    return types.fields[reference.name][inner].type if inner else reference


def _day_form(reference: TypeRef) -> str:
    """Return how a day is written: 32 bits hold seconds, longer numbers are milliseconds."""
    name = reference.name.lower()
    if name == "int":
        return "seconds"
    if name in {"timestamp", "long", "bigint", "float", "epoch", "int64"}:
        return "millis"
    is_moment = "time" in name or name in {"instant", "moment"}
    return "moment" if is_moment else "text"


def _filters_form(reference: TypeRef | None) -> str:
    if reference is None:
        return "never"
    return "required" if reference.is_required else "documented"


def _required(
    arguments: Mapping[str, TypeRef], range_: set[str], types: TypeSystem
) -> tuple[str, str]:
    """Return the arguments that must be given beside the usual ones, and what cannot be."""
    usual = {"dimensions", "filters", *(path.partition(".")[0] for path in range_)}
    written = list[str]()
    for name, reference in arguments.items():
        if name in usual or not reference.is_required:
            continue
        value = required_page(name, reference) or _empty(reference, types)
        if not value:
            return "", f"it wants {name}"
        written.append(f"{name}: {value}")
    return ", ".join(written), ""


def _empty(reference: TypeRef, types: TypeSystem) -> str:
    if reference.is_list:
        return "[]"
    fields = types.fields.get(reference.name, {})
    is_object = reference.kind == "INPUT_OBJECT"
    may_be_empty = is_object and not any(each.type.is_required for each in fields.values())
    return "{}" if may_be_empty else ""


class SchemaLook:
    """Asks for the schema, and keeps it, or that it is refused."""

    def __init__(self, client: GraphQLClient, cache: Cache) -> None:
        self._client = client
        self._cache = cache
        self._lock = RLock()
        self._is_refused = False

    def once(self, token: Secret) -> None:
        """Look where nothing is known yet.

        Whether the session has expired, or only the look is refused, the report has to tell: a
        failure counts as a refusal once that has `confirm`ed it.
        """
        with self._lock:
            if not self._cache.wants_schema:
                return
            try:
                self.ask(token)
            except UnavailableError:
                raise
            except (SessionExpiredError, ServiceError):
                self._is_refused = True

    def again(self, token: Secret) -> None:
        """Look where that was not done in this run."""
        with self._lock:
            if not self._cache.is_looked_at:
                self.ask(token)

    def confirm(self) -> None:
        """Keep a refusal: the same session was good for a report."""
        if self._is_refused:
            self._is_refused = False
            self._cache.learn_refusal()

    def ask(self, token: Secret | None) -> Schema | None:
        """Fetch the schema and keep it; None where it is refused, or not told whole."""
        self._is_refused = False
        try:
            schema = self._asked(token)
        except ServiceError:
            self._cache.is_looked_at = True
            raise
        self._cache.is_looked_at = True
        if schema is None:
            self._cache.learn_refusal()
        return schema

    def _asked(self, token: Secret | None) -> Schema | None:
        from glomex_cli.services.glomex.schema import schema_of, shapes_of
        from glomex_cli.services.graphql.introspection import ask_types

        for _ in range(_TRIES):
            answer, types = ask_types(self._client, token)
            if answer.is_expired:
                raise failure_of(answer, "the schema")
            schema = schema_of(types) if types else None
            if types and schema:
                self._cache.learn_schema(schema, shapes_of(types, schema))
                return schema
            if not _may_be_whole_later(answer):
                break
        return None


def _may_be_whole_later(answer: Answer) -> bool:
    """Return whether an answer is a failure, not a refusal: broken, empty or partial."""
    is_partial = answer.data is not None and bool(answer.errors)
    is_empty = answer.data is None and not answer.errors
    return is_partial or is_empty or (answer.has_failed and not answer.is_invalid)
