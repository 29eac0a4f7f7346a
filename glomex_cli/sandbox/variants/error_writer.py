"""Errors of graphql-core and of the sandbox, written as a variant's server writes them."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from graphql import GraphQLError

from glomex_cli.sandbox.errors import Refusal, RefusedError
from glomex_cli.sandbox.variants.error_styles import ErrorShape, Event, reworded, shape_of
from glomex_cli.sandbox.variants.variant import Variant

_EVENTS: dict[Refusal, Event] = {
    Refusal.UNAUTHENTICATED: "unauthenticated",
    Refusal.FORBIDDEN: "forbidden",
    Refusal.BAD_USER_INPUT: "refused",
}
_SIGN_IN = "createSession"


class WrittenErrors(NamedTuple):
    """Entries for `errors`, and the status they ask for; a `page` takes the place of JSON."""

    entries: list[dict[str, Any]]
    status: int
    page: bool = False


def write_invalid(errors: Sequence[GraphQLError], variant: Variant) -> WrittenErrors:
    """Write errors of validation, which no resolver has seen."""
    shape = _shape_of(variant, "invalid")
    entries = [_entry(error, shape, reworded(variant.errors, error.message)) for error in errors]
    return WrittenErrors(entries, shape.status)


def write_executed(errors: Sequence[GraphQLError], variant: Variant) -> WrittenErrors:
    """Write errors of execution; the first decides the status."""
    shapes = [_shape(error, variant) for error in errors]
    entries = [
        _entry(error, shape, shape.message or _message(error))
        for error, shape in zip(errors, shapes, strict=True)
    ]
    return WrittenErrors(entries, shapes[0].status, shapes[0].page)


def write_event(event: Event, message: str, variant: Variant, path: str = "") -> WrittenErrors:
    """Write an error of no resolver, such as a rate limit."""
    shape = _shape_of(variant, event)
    error = GraphQLError(message, path=[path] if path else None)
    return WrittenErrors([_entry(error, shape, shape.message or message)], shape.status)


def _shape(error: GraphQLError, variant: Variant) -> ErrorShape:
    original = error.original_error
    if isinstance(original, GraphQLError):
        return ErrorShape(extensions=original.extensions or {})
    if not isinstance(original, RefusedError):
        return _shape_of(variant, "internal")
    code = Refusal(original.extensions["code"])
    event = _EVENTS.get(code)
    if event is None:
        return ErrorShape(extensions={"code": code.value})
    is_sign_in = bool(error.path) and error.path[0] == _SIGN_IN  # type: ignore[index]
    if event == "unauthenticated" and is_sign_in:
        return _refused_sign_in(variant)
    return _shape_of(variant, event)


def _shape_of(variant: Variant, event: Event) -> ErrorShape:
    return variant.shapes.get(event) or shape_of(variant.errors, event)


def _refused_sign_in(variant: Variant) -> ErrorShape:
    match variant.sign_in.wrong:
        case "status-401":
            return ErrorShape(401, {"code": "UNAUTHENTICATED"})
        case "html-401":
            return ErrorShape(401, page=True)
        case "status-403":
            return ErrorShape(403, {"code": "FORBIDDEN"})
        case _:
            return ErrorShape(extensions={"code": "BAD_USER_INPUT"})


def _message(error: GraphQLError) -> str:
    is_ours = error.original_error is None or isinstance(
        error.original_error, RefusedError | GraphQLError
    )
    return error.message if is_ours else "Unexpected error."


def _entry(error: GraphQLError, shape: ErrorShape, message: str) -> dict[str, Any]:
    entry: dict[str, Any] = {"message": message}
    if shape.is_located and error.locations:
        entry["locations"] = [{"line": at.line, "column": at.column} for at in error.locations]
    if shape.has_path and error.path:
        entry["path"] = list(error.path)
    if shape.extensions:
        entry["extensions"] = dict(shape.extensions)
    return {**entry, **shape.beside}
