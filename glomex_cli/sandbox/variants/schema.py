"""The schema of a variant, written from named pieces that its record may replace.

Its scalars take exactly one form of a day; its flaws spoil answers that are well formed
otherwise.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from string import Template
from typing import Any

from graphql import (
    GraphQLError,
    GraphQLScalarType,
    GraphQLSchema,
    ValueNode,
    value_from_ast_untyped,
)

from glomex_cli.sandbox.request import is_list, is_object
from glomex_cli.sandbox.variants.variant import Variant

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T.*(Z|[+-][0-9]{2}:[0-9]{2})")
_NEW_NAMES = {"video_views": "views"}
_SIDES = {"ContentOwner": "owner", "Publisher": "publisher"}
# In each piece `${Side}` becomes ContentOwner or Publisher.
DEFAULT_SLOTS: Mapping[str, str] = {
    "dimensions": "dimensions: [${Side}Dimension!]!",
    "range": "from: String!, to: String!",
    "owner_filters": "",
    "publisher_filters": "filters: ${Side}Filters",
    "paging": "",
    "report": "${Side}AnalyticsReport",
    "container": "rows: [${Side}Row!]!",
    "day": "day: String",
    "week": "week: String",
    "month": "month: String",
    "video": "video: String video_title: String",
    "channel": "channel: String channel_title: String",
    "metrics": "video_views: Int ad_impressions: Int",
    "more_metrics": "completed_views: Int completion_rate: Float ad_requests: Int revenue: Float",
    "credentials": "login: String!, password: String!, tenantId: String!",
    "session": "SessionResult",
    "session_types": (
        "union SessionResult = Session | SessionChallenge\n"
        "type Session { access_token: String! }\n"
        "type SessionChallenge { challenge_session: String! }"
    ),
    "second_step": (
        "createMFASession(mfa_code: String!, email: String!, challenge: String!): Session"
    ),
    "types": "",
}
_ROOTS = Template("""
type Query {
  contentOwnerAnalyticsReport($owner): $owner_report
  publisherAnalyticsReport($publisher): $publisher_report
}
type Mutation {
  createSession($credentials): $session
  $second_step
}
$session_types
$types
""")
_SIDE = Template("""
type ${Side}Row { $day $week $month $video $channel $integration $metrics $more_metrics }
""")
_ENUM = "enum {side}Dimension {{ video channel {more} day week month }}\n"
_FILTERS = "input {side}Filters {{ video: String channel: String {more} }}\n"


def _date(value: Any) -> str:
    if isinstance(value, str) and _DATE.fullmatch(value):
        return date.fromisoformat(value).isoformat()
    raise ValueError


def _moment(value: Any) -> str:
    if isinstance(value, str) and _MOMENT.fullmatch(value):
        return datetime.fromisoformat(value).isoformat()
    raise ValueError


def _whole(value: Any) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise ValueError


_READERS: Mapping[str, Callable[[Any], str | int]] = {
    "Date": _date,
    "DateTime": _moment,
    "Timestamp": _whole,
    "Long": _whole,
}


def bind_scalars(schema: GraphQLSchema) -> None:
    """Make the scalars `Date`, `DateTime`, `Timestamp` and `Long` of a schema strict."""
    for name, read in _READERS.items():
        scalar = schema.get_type(name)
        if isinstance(scalar, GraphQLScalarType):
            _bind(scalar, read)


def _bind(scalar: GraphQLScalarType, read: Callable[[Any], str | int]) -> None:
    def parse(value: Any) -> str | int:
        try:
            return read(value)
        except ValueError:
            raise GraphQLError(f"{scalar.name} cannot represent value: {value!r}") from None

    def parse_literal(node: ValueNode, variables: Any = None) -> str | int:
        return parse(value_from_ast_untyped(node, variables))

    # graphql-core declares these as methods; the second is what 3.3 asks.
    for name in ("parse_value", "coerce_input_value"):
        setattr(scalar, name, parse)
    setattr(scalar, "parse_literal", parse_literal)  # noqa: B010


def flawed_data(data: Any, variant: Variant) -> tuple[Any, list[GraphQLError]]:
    """Return data as the variant sends it, with the errors that it sends beside it."""
    if not is_object(data):
        return data, []
    if "__schema" in data:
        return _schema(data, variant)
    match variant.rows.flaw:
        case "extra":
            return _each_row(data, _extended), []
        case "unnamed":
            return _each_row(data, _renamed), []
        case "other-report":
            return {**_others(data), **data}, []
        case _:
            return data, []


def _schema(data: Mapping[str, Any], variant: Variant) -> tuple[Any, list[GraphQLError]]:
    if variant.introspection == "null":
        return {"__schema": None}, []
    if variant.introspection != "partial":
        return data, []
    types = [None if str(each.get("name")).endswith("Row") else each for each in _types(data)]
    problem = GraphQLError("Could not resolve type.", path=["__schema", "types", 0])
    return {"__schema": {**data["__schema"], "types": types}}, [problem]


def _types(data: Mapping[str, Any]) -> list[Any]:
    return data["__schema"].get("types") or []


def _each_row(value: object, change: Callable[[Mapping[str, object]], object]) -> object:
    """Return the data with each object that holds figures changed."""
    if is_list(value):
        return [_each_row(each, change) for each in value]
    if not is_object(value):
        return value
    deep = {name: _each_row(each, change) for name, each in value.items()}
    return change(deep) if "video_views" in value or "ad_impressions" in value else deep


def _extended(row: Mapping[str, object]) -> dict[str, object]:
    return {**row, "__version": 3, "currency": "EUR"}


def _renamed(row: Mapping[str, object]) -> dict[str, object]:
    return {_NEW_NAMES.get(name, name): value for name, value in row.items()}


def _others(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the answer to a report that nobody asked for."""
    day = {"day": "2001-01-01", "video_views": 7, "ad_impressions": 3}
    is_report = any(name.endswith("AnalyticsReport") for name in data)
    return {"cachedAnalyticsReport": {"rows": [day]}} if is_report else {}


def schema_text(slots: Mapping[str, str]) -> str:
    """Return the SDL with the given slots in place of the defaults; KeyError for unknown ones."""
    for name in slots:
        DEFAULT_SLOTS[name]
    pieces = {**DEFAULT_SLOTS, **slots}
    sides = {side: _filled(pieces, side) for side in _SIDES}
    owner, publisher = sides["ContentOwner"], sides["Publisher"]
    roots = _ROOTS.substitute(
        pieces,
        owner=_arguments(owner, "owner"),
        publisher=_arguments(publisher, "publisher"),
        owner_report=owner["report"],
        publisher_report=publisher["report"],
    )
    return roots + "".join(_side(side, sides[side]) for side in _SIDES)


def _filled(pieces: Mapping[str, str], side: str) -> dict[str, str]:
    return {name: Template(text).safe_substitute(Side=side) for name, text in pieces.items()}


def _arguments(pieces: Mapping[str, str], side: str) -> str:
    names = ("dimensions", f"{side}_filters", "range", "paging")
    return ", ".join(pieces[name] for name in names if pieces[name])


def _side(side: str, pieces: Mapping[str, str]) -> str:
    is_publisher = side == "Publisher"
    more = "integration" if is_publisher else ""
    text = _SIDE.substitute(pieces, Side=side, integration="integration: String" * is_publisher)
    used = _arguments(pieces, _SIDES[side])
    if f"{side}Dimension" in used:
        text += _ENUM.format(side=side, more=more)
    if f"{side}Filters" in used:
        text += _FILTERS.format(side=side, more=f"{more}: String" if more else "")
    if pieces["container"]:
        text += f"type {side}AnalyticsReport {{ {pieces['container']} }}\n"
    return text
