"""The text of the Glomex operations.

Values are written as literals: the types of the arguments are unpublished, and a variable
needs its type's exact name (GraphQL specification, section 5.8.5).
"""

import json
import re
from collections.abc import Mapping, Sequence

from glomex_cli.errors import UsageError
from glomex_cli.graphql.caller import Document
from glomex_cli.models import ReportKind, ReportRequest
from glomex_cli.services.interface import Challenge, Credentials

OPERATIONS = {
    ReportKind.CONTENT_OWNER: "contentOwnerAnalyticsReport",
    ReportKind.PUBLISHER: "publisherAnalyticsReport",
}

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_UNION_FORM = (
    "{ __typename ... on Session { access_token } ... on SessionChallenge { challenge_session } }"
)
_PLAIN_FORM = "{ access_token }"


def create_session(credentials: Credentials, *, plain: bool = False) -> Document:
    """Write step one of a sign-in; `plain` where the service has no MFA and so no union.

    Source: both GraphQL pages of docs.glomex.com, which disagree on the type.
    """
    arguments = _arguments(
        login=credentials.login,
        password=credentials.password.reveal(),
        tenantId=credentials.tenant,
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


def analytics_report(request: ReportRequest) -> Document:
    """Write a report query; raises UsageError for a name that GraphQL cannot spell."""
    operation = OPERATIONS[request.kind]
    fields = " ".join(_names([*request.dimensions, *request.metrics]))
    arguments = ", ".join(
        [
            f"dimensions: [{', '.join(_names(request.dimensions))}]",
            *_filters(request),
            f"from: {_string(request.period.first.isoformat())}",
            f"to: {_string(request.period.last.isoformat())}",
        ]
    )
    title = operation[0].upper() + operation[1:]
    text = f"query {title} {{\n  {operation}({arguments}) {{\n    rows {{ {fields} }}\n  }}\n}}"
    return Document(operation, text)


def _filters(request: ReportRequest) -> list[str]:
    """Write `filters` as documented: publishers always pass it, content owners never do."""
    if not request.filters and request.kind is ReportKind.CONTENT_OWNER:
        return []
    return [f"filters: {{{_literals(request.filters)}}}"]


def _arguments(**values: str) -> str:
    return _literals(values)


def _literals(values: Mapping[str, str]) -> str:
    names = _names(list(values))
    return ", ".join(f"{name}: {_string(values[name])}" for name in names)


def _string(value: str) -> str:
    """Write a string value: JSON's escapes are GraphQL's (specification, section 2.9.4)."""
    return json.dumps(value, ensure_ascii=False)


def _names(names: Sequence[str]) -> list[str]:
    for name in names:
        if not _NAME.fullmatch(name):
            raise UsageError(f"no field can be called {name!r}", "glomex report --help")
    return list(names)
