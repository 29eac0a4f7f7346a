"""How servers of other makes write the same error: status, code and what stands beside them."""

import re
from collections.abc import Mapping
from typing import Any, Literal, NamedTuple, TypeAlias

Event: TypeAlias = Literal[
    "invalid", "unauthenticated", "forbidden", "refused", "internal", "limited"
]


class ErrorShape(NamedTuple):
    """One error as a server writes it.

    An empty `message` keeps the one there is. `beside` are members next to `message`; `page`
    sends HTML instead of JSON.
    """

    status: int = 200
    extensions: Mapping[str, Any] = {}
    message: str = ""
    is_located: bool = True
    has_path: bool = True
    beside: Mapping[str, Any] = {}
    page: bool = False


class Style(NamedTuple):
    """A make of server: its shapes by event, and its words for errors of validation."""

    shapes: Mapping[Event, ErrorShape]
    words: tuple[tuple[str, str], ...] = ()


def _coded(code: str, status: int = 200) -> ErrorShape:
    return ErrorShape(status, {"code": code})


_APOLLO: dict[Event, ErrorShape] = {
    "invalid": _coded("GRAPHQL_VALIDATION_FAILED", 400),
    "unauthenticated": _coded("UNAUTHENTICATED"),
    "forbidden": _coded("FORBIDDEN"),
    "refused": _coded("BAD_USER_INPUT"),
    "internal": _coded("INTERNAL_SERVER_ERROR"),
    "limited": _coded("RATE_LIMITED"),
}
_BARE = ErrorShape(is_located=False, has_path=False)
_UNKNOWN_FIELD = r"Cannot query field '(\w+)' on type '(\w+)'\..*"
_UNKNOWN_TYPE = r"Unknown type '(\w+)'\..*"
_NO_SUBFIELDS = r"Field '(\w+)' of type '([^']+)' must have a selection of subfields\..*"
_JAVA_WORDS = (
    (
        _UNKNOWN_FIELD,
        r"Validation error (FieldUndefined@[\1]) : Field '\1' in type '\2' is undefined",
    ),
    (_UNKNOWN_TYPE, r"Validation error (UnknownType) : Unknown type \1"),
    (
        _NO_SUBFIELDS,
        r"Validation error (SubselectionRequired@[\1]) : Subselection required for type '\2'",
    ),
)

STYLES: dict[str, Style] = {
    "apollo": Style({}),
    "apollo-200": Style({"invalid": _coded("GRAPHQL_VALIDATION_FAILED")}),
    "graphql-ruby": Style(
        {"invalid": ErrorShape(extensions={"code": "undefinedField"}), "refused": ErrorShape()},
        (
            (_UNKNOWN_FIELD, r"Field '\1' doesn't exist on type '\2'"),
            (_UNKNOWN_TYPE, r"No such type \1, so it can't be a fragment condition"),
            (
                _NO_SUBFIELDS,
                r"Field must have selections (field '\1' returns \2 but has no selections.)",
            ),
        ),
    ),
    "sangria": Style(
        {
            "invalid": ErrorShape(400, is_located=False, has_path=False),
            "unauthenticated": ErrorShape(message="Invalid token"),
        },
        ((r"^(.*)$", r"Query does not pass validation. Violations: \1"),),
    ),
    "hasura": Style(
        {
            "invalid": ErrorShape(
                200, {"path": "$.selectionSet", "code": "validation-failed"}, is_located=False
            ),
            "unauthenticated": ErrorShape(
                200,
                {"path": "$", "code": "invalid-jwt"},
                "Could not verify JWT: JWTExpired",
                is_located=False,
                has_path=False,
            ),
        },
        ((_UNKNOWN_FIELD, r"field '\1' not found in type: '\2'"),),
    ),
    "graphql-java": Style(
        {
            "invalid": ErrorShape(200, {"classification": "ValidationError"}),
            "unauthenticated": ErrorShape(200, {"classification": "UNAUTHORIZED"}, "Unauthorized"),
            "internal": ErrorShape(200, {"classification": "INTERNAL_ERROR"}),
            "refused": ErrorShape(200, {"classification": "BAD_REQUEST"}),
        },
        _JAVA_WORDS,
    ),
    "absinthe": Style(
        {
            "invalid": ErrorShape(has_path=False),
            "unauthenticated": ErrorShape(message="unauthorized", beside={"code": 401}),
            "refused": ErrorShape(),
        },
        ((_UNKNOWN_FIELD, r'Cannot query field "\1" on type "\2".'),),
    ),
    "appsync": Style(
        {
            "invalid": ErrorShape(has_path=False, beside={"path": None}),
            "unauthenticated": ErrorShape(
                401,
                message="Token has expired.",
                is_located=False,
                has_path=False,
                beside={"errorType": "UnauthorizedException"},
            ),
            "refused": ErrorShape(beside={"errorType": "BadRequest", "errorInfo": None}),
        },
        (
            (
                _UNKNOWN_FIELD,
                r"Validation error of type FieldUndefined: Field '\1' in type '\2' is undefined",
            ),
            (_UNKNOWN_TYPE, r"Validation error of type UnknownType: Unknown type \1"),
        ),
    ),
    "lighthouse": Style(
        {
            "invalid": ErrorShape(extensions={"category": "graphql"}),
            "unauthenticated": ErrorShape(
                200, {"category": "authentication", "guards": ["api"]}, "Unauthenticated."
            ),
            "forbidden": ErrorShape(extensions={"category": "authorization"}),
            "refused": ErrorShape(extensions={"category": "validation"}),
        },
        ((_UNKNOWN_FIELD, r'Cannot query field "\1" on type "\2".'),),
    ),
    "hot-chocolate": Style(
        {
            "invalid": ErrorShape(400, {"specifiedBy": "https://spec.graphql.org"}),
            "unauthenticated": _coded("AUTH_NOT_AUTHENTICATED"),
            "forbidden": _coded("AUTH_NOT_AUTHORIZED"),
        },
        (
            (_UNKNOWN_FIELD, r"The field `\1` does not exist on the type `\2`."),
            (
                _NO_SUBFIELDS,
                r"The field `\1` must have a selection of subfields: it returns `\2`.",
            ),
        ),
    ),
    "graphene": Style(
        {
            "invalid": ErrorShape(400),
            "unauthenticated": ErrorShape(message="Signature has expired"),
            "refused": ErrorShape(),
        }
    ),
    "juniper": Style(
        {"invalid": ErrorShape(400), "refused": ErrorShape()},
        ((_UNKNOWN_FIELD, r'Unknown field "\1" on type "\2"'),),
    ),
    "message-only": Style({"invalid": _BARE, "refused": _BARE, "internal": _BARE}),
    "status-extension": Style(
        {
            "invalid": ErrorShape(200, {"status": 400}, is_located=False, has_path=False),
            "unauthenticated": ErrorShape(200, {"statusCode": 401}, "Access denied."),
            "internal": ErrorShape(200, {"status": 500}),
        }
    ),
}


def shape_of(style: str, event: Event) -> ErrorShape:
    """Return how the style writes the event; what it does not say is as Apollo has it."""
    return STYLES[style].shapes.get(event, _APOLLO[event])


def reworded(style: str, message: str) -> str:
    """Return an error of validation in the words of the style."""
    for pattern, words in STYLES[style].words:
        if re.fullmatch(pattern, message):
            return re.sub(pattern, words, message, count=1)
    return message
