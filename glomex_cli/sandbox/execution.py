"""A GraphQL request in, a GraphQL response out. Nothing here knows of HTTP."""

from collections.abc import Mapping, Sequence
from functools import lru_cache, partial
from importlib import resources

from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLSchema,
    NoSchemaIntrospectionCustomRule,
    build_schema,
    execute_sync,  # pyright: ignore[reportUnknownVariableType] - its middleware is half typed
    get_operation_ast,
    parse,
    specified_rules,
    validate,
)

from glomex_cli.sandbox.errors import RefusedError
from glomex_cli.sandbox.request import Answer, Request
from glomex_cli.sandbox.resolvers import Caller, Resolvers

# Validation compares fields pairwise, so its time grows with the square of the tokens.
# The introspection query of most tools has about 400.
_MAX_TOKENS = 2000


class Executor:
    """Answers requests against one schema."""

    def __init__(self, resolvers: Resolvers) -> None:
        self.schema: GraphQLSchema = _schema(resolvers.options.schema_text or _own_schema())
        # By the names of fields: either side may know more of them.
        self._root = {name: partial(resolve, None) for name, resolve in resolvers.by_name().items()}
        self._most_work = resolvers.options.most_work
        refused = () if resolvers.options.introspection else (NoSchemaIntrospectionCustomRule,)
        self._rules = [*specified_rules, *refused]

    def answer(self, request: Request, *, authorization: str | None) -> Answer:
        """Answer a request; whatever is wrong with it is in the answer, nothing is raised."""
        try:
            return self._answer(request, authorization)
        except RecursionError:  # pragma: no cover - from 3.3 on, graphql-core says so itself
            too_deep = GraphQLError("The document is nested too deeply.")
            return _request_error([too_deep], "GRAPHQL_PARSE_FAILED")

    def _answer(self, request: Request, authorization: str | None) -> Answer:
        try:
            document = parse(request.query, max_tokens=_MAX_TOKENS)
        except GraphQLError as error:
            return _request_error([error], "GRAPHQL_PARSE_FAILED")
        problems = validate(self.schema, document, self._rules)
        if problems:
            return _request_error(problems, "GRAPHQL_VALIDATION_FAILED")
        if get_operation_ast(document, request.operation_name) is None:
            unknown = GraphQLError("operationName must name one of the document's operations.")
            return _request_error([unknown], "OPERATION_RESOLUTION_FAILURE")
        return self._execute(document, request, authorization)

    def _execute(
        self, document: DocumentNode, request: Request, authorization: str | None
    ) -> Answer:
        result = execute_sync(
            self.schema,
            document,
            root_value=self._root,
            context_value=Caller(authorization, self._most_work),
            variable_values=dict(request.variables or {}),
            operation_name=request.operation_name,
        )
        errors = result.errors or []
        # Without data and without a path nothing was executed: the variables did not fit.
        if result.data is None and not any(error.path for error in errors):
            return _request_error(errors, "BAD_USER_INPUT")
        body: dict[str, object] = {"data": result.data}
        if errors:
            body["errors"] = [_formatted(error) for error in errors]
        return Answer(body, executed=True)


def _own_schema() -> str:
    return resources.files("glomex_cli.sandbox").joinpath("schema.graphql").read_text("utf-8")


@lru_cache(maxsize=8)
def _schema(text: str) -> GraphQLSchema:
    """Build a schema, which sandboxes of one process share: it is not bound to any."""
    return build_schema(text)


def _request_error(errors: Sequence[GraphQLError], code: str) -> Answer:
    coded = [{**error.formatted, "extensions": {"code": code}} for error in errors]
    return Answer({"errors": coded}, executed=False)


def _formatted(error: GraphQLError) -> Mapping[str, object]:
    """Show an error to the client, unless it is a fault of ours, which is hidden."""
    if error.original_error is None or isinstance(
        error.original_error, RefusedError | GraphQLError
    ):
        return {**error.formatted}
    masked = GraphQLError(
        "Unexpected error.",
        error.nodes,
        path=error.path,
        extensions={"code": "INTERNAL_SERVER_ERROR"},
    )
    return {**masked.formatted}
