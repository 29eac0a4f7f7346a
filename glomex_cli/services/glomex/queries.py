"""The text of the Glomex operations.

Values are written as literals: the types of the arguments are unpublished, and a variable
needs its type's exact name (GraphQL specification, section 5.8.5).
"""

import json
import re
from collections.abc import Mapping, Sequence

from glomex_cli.dates.calendar import whole_days
from glomex_cli.errors import UsageError
from glomex_cli.interfaces import Challenge, Credentials
from glomex_cli.models import GRAPHQL_NAME, Filter, Json, ReportKind, ReportRequest, ReportSchema
from glomex_cli.services.graphql.client import Document
from glomex_cli.suggestions import quoted

OPERATIONS = {
    ReportKind.CONTENT_OWNER: "contentOwnerAnalyticsReport",
    ReportKind.PUBLISHER: "publisherAnalyticsReport",
}

_BARE = re.compile(rf"{GRAPHQL_NAME.pattern}|-?[0-9]+(\.[0-9]+)?")
_UNION_FORM = (
    "{ __typename ... on Session { access_token } ... on SessionChallenge { challenge_session } }"
)
_PLAIN_FORM = "{ access_token }"


def create_session(credentials: Credentials, *, plain: bool = False) -> Document:
    """Write step one of a sign-in; `plain` where the service has no MFA and so no union type.

    Source: both GraphQL pages of docs.glomex.com, which disagree on the type.
    """
    arguments = _arguments(
        login=credentials.values["login"],
        password=credentials.secrets["password"].reveal(),
        tenantId=credentials.values["tenant"],
    )
    selection = _PLAIN_FORM if plain else _UNION_FORM
    text = f"mutation CreateSession {{ createSession({arguments}) {selection} }}"
    return Document("createSession", text)


def create_mfa_session(challenge: Challenge, code: str) -> Document:
    """Write step two, whose argument names differ from step one's (content owners' page)."""
    arguments = _arguments(
        mfa_code=code, email=challenge.login, challenge=challenge.session.reveal()
    )
    text = f"mutation CreateMFASession {{ createMFASession({arguments}) {{ access_token }} }}"
    return Document("createMFASession", text)


def analytics_report(request: ReportRequest, schema: ReportSchema) -> Document:
    """Write the query of a report; UsageError for a name that GraphQL cannot spell.

    `schema` tells which dimensions are objects, and which types the filters have.
    """
    operation, days = _operation(request), whole_days(request.period)
    fields = " ".join(
        _selection(name, schema.parts.get(name, ()))
        for name in (*request.dimensions, *request.metrics)
    )
    arguments = ", ".join(
        [
            f"dimensions: [{', '.join(request.dimensions)}]",
            *_filters(request, schema.filters),
            f"from: {_string(days.first.isoformat())}",
            f"to: {_string(days.last.isoformat())}",
        ]
    )
    title = operation[0].upper() + operation[1:]
    text = f"query {title} {{\n  {operation}({arguments}) {{\n    rows {{ {fields} }}\n  }}\n}}"
    return Document(operation, text, may_repeat=True)


def _operation(request: ReportRequest) -> str:
    """Return the operation of a report; UsageError for a report that Glomex does not have."""
    if request.kind not in OPERATIONS:
        raise UsageError(
            f"Glomex has no {request.kind} report", "type --as content-owner or --as publisher"
        )
    if not request.dimensions:
        raise UsageError("a report of Glomex has a dimension", "type -d day")
    return OPERATIONS[request.kind]


def custom(text: str, variables: dict[str, Json], operation: str | None = None) -> Document:
    """Return the document of a person's own query, repeatable unless it holds a mutation."""
    may_repeat = re.search(r"\bmutation\b", text) is None
    return Document("query", text, variables, operation, may_repeat=may_repeat)


def _selection(name: str, parts: Sequence[str]) -> str:
    _check_name(name)
    return f"{name} {{ {' '.join(parts)} }}" if parts else name


def _filters(request: ReportRequest, types: Mapping[str, str]) -> list[str]:
    """Write `filters` as documented: publishers always pass it, content owners never do."""
    if not request.filters and request.kind is ReportKind.CONTENT_OWNER:
        return []
    _check_filters(request.filters)
    written = ", ".join(
        f"{name}: {_typed(value, types.get(name, ''))}" for name, _, value in request.filters
    )
    return [f"filters: {{{written}}}"]


def _check_filters(filters: Sequence[Filter]) -> None:
    """Refuse what an input object cannot hold: another operator, or a name twice."""
    seen: set[str] = set()
    for name, operator, _ in filters:
        _check_name(name)
        if operator != "=":
            raise UsageError(f"--filter {name}{operator} is no filter of Glomex", "use = alone")
        if name in seen:
            raise UsageError(f"--filter {name} is given twice", "keep one of them")
        seen.add(name)


def _typed(value: str, type_name: str) -> str:
    """Write a filter's value by its type: text, unless the schema says otherwise."""
    if type_name.startswith("["):
        return f"[{', '.join(_typed(each, type_name.strip('[]!')) for each in value.split(','))}]"
    is_bare = type_name.startswith("enum ") or type_name.rstrip("!") in {"Int", "Float", "Boolean"}
    return value if is_bare and _BARE.fullmatch(value) else _string(value)


def _arguments(**values: str) -> str:
    return ", ".join(f"{name}: {_string(value)}" for name, value in values.items())


def _string(value: str) -> str:
    """Write a string value: JSON's escapes are GraphQL's (specification, section 2.9.4)."""
    return json.dumps(value, ensure_ascii=False)


def _check_name(name: str) -> None:
    if not GRAPHQL_NAME.fullmatch(name):
        raise UsageError(f"no field can be called {quoted(name)}", "glomex report --help")
