"""Scalars of a service's own making, which take exactly one form of a day."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from graphql import (
    GraphQLError,
    GraphQLScalarType,
    GraphQLSchema,
    ValueNode,
    value_from_ast_untyped,
)

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T.*(Z|[+-][0-9]{2}:[0-9]{2})")


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
