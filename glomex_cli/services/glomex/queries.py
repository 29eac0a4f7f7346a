"""The text of the Glomex operations.

Values are written as literals: the types of the arguments are unpublished, and a variable
needs its type's exact name (GraphQL specification, section 5.8.5).
"""

import json
import re
from calendar import timegm
from collections.abc import Mapping, Sequence
from datetime import date

from glomex_cli.dates.calendar import whole_days
from glomex_cli.errors import UsageError
from glomex_cli.interfaces import Challenge, Credentials
from glomex_cli.models import (
    GRAPHQL_NAME,
    NO_NAMES,
    Filter,
    Json,
    ReportKind,
    ReportRequest,
    ReportSchema,
    TimeRange,
)
from glomex_cli.services.graphql.client import Document
from glomex_cli.services.learned import Shape
from glomex_cli.suggestions import quoted

OPERATIONS = {
    ReportKind.CONTENT_OWNER: "contentOwnerAnalyticsReport",
    ReportKind.PUBLISHER: "publisherAnalyticsReport",
}

_BARE = re.compile(rf"{GRAPHQL_NAME.pattern}|-?[0-9]+(\.[0-9]+)?")
UNION_FORM = (
    "{ __typename ... on Session { access_token } ... on SessionChallenge { challenge_session } }"
)
# Without a union: one type with either field, and one without MFA.
OTHER_SESSION_FORMS = ("{ access_token challenge_session }", "{ access_token }")


def create_session(
    credentials: Credentials, selection: str = UNION_FORM, types: Mapping[str, str] = NO_NAMES
) -> Document:
    """Write step one of a sign-in; with the `types` of its arguments, as variables.

    Source: both GraphQL pages of docs.glomex.com, which disagree on the type.
    """
    values = {
        "login": credentials.values["login"],
        "password": credentials.secrets["password"].reveal(),
        "tenantId": credentials.values["tenant"],
    }
    if not types:
        text = f"mutation CreateSession {{ createSession({_arguments(**values)}) {selection} }}"
        return Document("createSession", text)
    declared = ", ".join(f"${name}: {types.get(name, 'String!')}" for name in values)
    passed = ", ".join(f"{name}: ${name}" for name in values)
    text = f"mutation CreateSession({declared}) {{ createSession({passed}) {selection} }}"
    return Document("createSession", text, dict(values))


def create_mfa_session(challenge: Challenge, code: str) -> Document:
    """Write step two, whose argument names differ from step one's (content owners' page)."""
    arguments = _arguments(
        mfa_code=code, email=challenge.login, challenge=challenge.session.reveal()
    )
    text = f"mutation CreateMFASession {{ createMFASession({arguments}) {{ access_token }} }}"
    return Document("createMFASession", text)


def analytics_report(
    request: ReportRequest, shape: Shape, schema: ReportSchema, *, page: str = ""
) -> Document:
    """Write the query of a report; UsageError for a name that GraphQL cannot spell.

    `shape` tells how the schema wants it, `schema` the types of filters; `page` is the argument
    that asks for a page after the first. The range is sent as it is.
    """
    operation = _operation(request)
    # An object brings its title along.
    brought = {f"{name}_title" for name in request.dimensions if name in shape.titled}
    metrics = [name for name in request.metrics if name not in brought]
    fields = " ".join(_selection(name, shape) for name in (*request.dimensions, *metrics))
    arguments = _report_arguments(request, shape, schema, page)
    title = operation[0].upper() + operation[1:]
    rows = _rows(shape, fields)
    text = f"query {title} {{\n  {operation}({arguments}) {{\n    {rows}\n  }}\n}}"
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
    return Document("query", text, variables, operation, may_repeat=may_repeat, is_ours=False)


def _selection(name: str, shape: Shape) -> str:
    _check_name(name)
    return shape.fields.get(name, name)


def _rows(shape: Shape, fields: str) -> str:
    """Write what is asked for below the operation, the rows under the documented name."""
    if not shape.rows:
        return fields
    name = shape.rows if shape.rows == "rows" else f"rows: {shape.rows}"
    inner = f"{shape.node} {{ {fields} }}" if shape.node else fields
    return f"{name} {{ {inner} }} {shape.paging.beside}".rstrip()


def _report_arguments(request: ReportRequest, shape: Shape, schema: ReportSchema, page: str) -> str:
    written = [
        f"dimensions: {_dimensions(request, shape.dimensions)}",
        *_filters(request, shape, schema.filters),
        *_range(request.period, shape),
        page,
        shape.paging.size,
        *_without(shape.required, page),
    ]
    return ", ".join(filter(None, written))


def _dimensions(request: ReportRequest, form: str) -> str:
    is_text = "text" in form
    names = [_string(name) if is_text else name for name in request.dimensions]
    if form.startswith("["):
        return f"[{', '.join(names)}]"
    if len(names) > 1:
        raise UsageError(
            "this service groups a report by one dimension only", f"-d {request.dimensions[0]}"
        )
    return names[0]


def _range(period: TimeRange, shape: Shape) -> list[str]:
    days = whole_days(period)
    first, last = _day(days.first, shape.days), _day(days.last, shape.days)
    outer, _, inner = shape.first.partition(".")
    if inner:
        return [f"{outer}: {{{inner}: {first}, {shape.last.partition('.')[2]}: {last}}}"]
    return [f"{shape.first}: {first}", f"{shape.last}: {last}"]


def _day(day: date, form: str) -> str:
    if form in {"seconds", "millis"}:
        seconds = timegm(day.timetuple())
        return str(seconds * 1000 if form == "millis" else seconds)
    return _string(f"{day}T00:00:00Z" if form == "moment" else str(day))


def _without(required: str, page: str) -> list[str]:
    """Return the required arguments but the one that `page` gives."""
    name = page.partition(":")[0]
    return [each for each in required.split(", ") if each.partition(":")[0] != name or not name]


def _filters(request: ReportRequest, shape: Shape, types: Mapping[str, str]) -> list[str]:
    """Write `filters` as documented: publishers always pass it, content owners never do.

    A schema may want it of both, or not have it.
    """
    is_passed = shape.filters == "required" or (
        shape.filters == "documented" and request.kind is ReportKind.PUBLISHER
    )
    if not request.filters and not is_passed:
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
            raise UsageError(f"--filter {name}{operator} is not supported by Glomex", "use =")
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
        raise UsageError(f"{quoted(name)} is not a valid field name", "glomex report --help")
