"""A request in, a written answer out: the schema of a variant, strict, in its server's words.

Errors of graphql-core and of the sandbox are written as a variant's server writes them.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from graphql import (
    DocumentNode,
    ExecutionResult,
    FieldNode,
    GraphQLError,
    NoSchemaIntrospectionCustomRule,
    OperationDefinitionNode,
    VariableNode,
    build_ast_schema,
    execute_sync,  # pyright: ignore[reportUnknownVariableType] - its middleware is half typed
    get_operation_ast,
    parse,
    validate,
)
from graphql.validation.validate import assert_valid_sdl

from glomex_cli.sandbox.errors import Refusal, RefusedError
from glomex_cli.sandbox.request import Request
from glomex_cli.sandbox.resolvers import Caller
from glomex_cli.sandbox.variants.error_styles import ErrorShape, Event, reworded, shape_of
from glomex_cli.sandbox.variants.resolvers import VariantResolvers
from glomex_cli.sandbox.variants.schema import bind_scalars, flawed_data, schema_text
from glomex_cli.sandbox.variants.variant import Variant

_EVENTS: dict[Refusal, Event] = {
    Refusal.UNAUTHENTICATED: "unauthenticated",
    Refusal.FORBIDDEN: "forbidden",
    Refusal.BAD_USER_INPUT: "refused",
}
_SIGN_IN = "createSession"
_MAX_TOKENS = 2000


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


class WrittenAnswer(NamedTuple):
    """A status and the body of an answer; with `page`, HTML is sent instead."""

    status: int
    body: dict[str, Any]
    page: bool = False


@lru_cache(maxsize=32)
def _schema_document(text: str) -> DocumentNode:
    """Parse and check a schema once; each variant binds one of its own to what it does."""
    document = parse(text)
    assert_valid_sdl(document)
    return document


class VariantExecutor:
    """Answers requests against the schema of one variant."""

    def __init__(self, resolvers: VariantResolvers) -> None:
        self.variant = resolvers.variant
        self._most_work = resolvers.base.options.most_work
        document = _schema_document(schema_text(self.variant.slots))
        self.schema = build_ast_schema(document, assume_valid_sdl=True)
        bind_scalars(self.schema)
        self._bind(resolvers)

    def answer(self, request: Request, *, authorization: str | None) -> WrittenAnswer:
        """Answer a request; whatever is wrong with it is told in the answer."""
        try:
            document = parse(request.query, max_tokens=_MAX_TOKENS)
        except GraphQLError as error:
            return _refused(write_invalid([error], self.variant))
        problems = validate(self.schema, document) or self._introspection(document)
        if problems:
            return _refused(write_invalid(problems, self.variant))
        operation = get_operation_ast(document, request.operation_name)
        if operation is None:
            return self._invalid("operationName must name one of the operations.")
        if why := self._breach(operation, request):
            return self._invalid(why)
        return self._execute(document, request, authorization)

    def _bind(self, resolvers: VariantResolvers) -> None:
        by_name = resolvers.by_name()
        for root in (self.schema.query_type, self.schema.mutation_type):
            for name, field in root.fields.items() if root else ():
                field.resolve = by_name.get(name)
        for side in ("ContentOwnerRow", "PublisherRow"):
            row: Any = self.schema.get_type(side)
            for name in ("video", "channel"):
                if name in row.fields and not hasattr(_named(row.fields[name].type), "fields"):
                    row.fields[name].resolve = _ident_of(name)

    def _introspection(self, document: DocumentNode) -> Sequence[GraphQLError]:
        if self.variant.introspection in {"on", "partial", "null"}:
            return []
        return validate(self.schema, document, [NoSchemaIntrospectionCustomRule])

    def _breach(self, operation: OperationDefinitionNode, request: Request) -> str:
        """Return what breaks the rules of a sign-in, which is then not run."""
        fields = [
            each for each in operation.selection_set.selections if isinstance(each, FieldNode)
        ]
        field = next((each for each in fields if each.name.value == "createSession"), None)
        rules = self.variant.sign_in
        if rules.wants_operation_name and not request.operation_name:
            return "Must provide an operationName."
        arguments = (field.arguments if field else None) or ()
        has_literal = not all(isinstance(each.value, VariableNode) for each in arguments)
        is_refused = rules.wants_variables and has_literal
        return "Literals are not allowed here, use variables." if is_refused else ""

    def _invalid(self, message: str) -> WrittenAnswer:
        return _refused(write_event("invalid", message, self.variant))

    def _execute(
        self, document: DocumentNode, request: Request, authorization: str | None
    ) -> WrittenAnswer:
        result: ExecutionResult = execute_sync(
            self.schema,
            document,
            context_value=Caller(authorization, self._most_work),
            variable_values=dict(request.variables or {}),
            operation_name=request.operation_name,
        )
        data, more = flawed_data(result.data, self.variant)
        errors = [*(result.errors or ()), *more]
        if result.data is None and errors and not any(error.path for error in errors):
            return _refused(write_invalid(errors, self.variant))
        if not errors:
            return WrittenAnswer(200, {"data": data})
        written = write_executed(errors, self.variant)
        return WrittenAnswer(
            written.status, {"data": data, "errors": written.entries}, written.page
        )


def _refused(written: WrittenErrors) -> WrittenAnswer:
    return WrittenAnswer(written.status, {"errors": written.entries})


def _named(type_: Any) -> Any:
    while hasattr(type_, "of_type"):
        type_ = type_.of_type
    return type_


def _ident_of(name: str) -> Any:
    def resolve(row: Any, _info: Any) -> Any:
        return row[name]["id"] if name in row else None

    return resolve
