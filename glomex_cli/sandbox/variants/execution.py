"""A request in, a written answer out: the schema of a variant, strict, in its server's words."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from graphql import (
    DocumentNode,
    ExecutionResult,
    FieldNode,
    GraphQLError,
    NoSchemaIntrospectionCustomRule,
    OperationDefinitionNode,
    VariableNode,
    build_schema,
    execute_sync,  # pyright: ignore[reportUnknownVariableType] - its middleware is half typed
    get_operation_ast,
    parse,
    validate,
)

from glomex_cli.sandbox.request import Request
from glomex_cli.sandbox.variants.error_writer import (
    WrittenErrors,
    write_event,
    write_executed,
    write_invalid,
)
from glomex_cli.sandbox.variants.flaws import flawed_data
from glomex_cli.sandbox.variants.resolvers import VariantResolvers
from glomex_cli.sandbox.variants.scalars import bind_scalars
from glomex_cli.sandbox.variants.schema_text import schema_text

_MAX_TOKENS = 2000


class WrittenAnswer(NamedTuple):
    """A status and the body of an answer; with `page`, HTML is sent instead."""

    status: int
    body: dict[str, Any]
    page: bool = False


class VariantExecutor:
    """Answers requests against the schema of one variant."""

    def __init__(self, resolvers: VariantResolvers) -> None:
        self.variant = resolvers.variant
        self.schema = build_schema(schema_text(self.variant.slots))
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
            context_value=authorization,
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
