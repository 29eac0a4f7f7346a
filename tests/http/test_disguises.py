"""One meaning in many disguises: what each kind of server says becomes the failure it means.

The cells are those of table D of the API facts (Apollo Server 2 to 5, graphql-yoga 5, Ariadne),
and of the gateways that may stand before any of them.
"""

from dataclasses import dataclass

import pytest

from glomex_cli.errors import (
    GlomexError,
    InvalidQueryError,
    RateLimitedError,
    ServiceError,
    SessionExpiredError,
    UnavailableError,
)
from support.servers.fault_answers import GRAPHQL, HTML, JSON, http, whole
from support.servers.fault_server import FaultServer
from support.servers.network import TOKEN, failure_of, report

HOST = "127.0.0.1"
FIELD = ["contentOwnerAnalyticsReport"]
SPOT = [{"line": 1, "column": 9}]
NO_DATA: dict[str, object] = {"data": None}
NULL_FIELD: dict[str, object] = {"data": {FIELD[0]: None}}


@dataclass(frozen=True)
class Cell:
    """One answer, and the failure that it means."""

    name: str
    status: int
    kind: str
    body: object
    means: type[GlomexError]


def refusal(
    message: str, code: str = "", *, data: dict[str, object] | None = None, **more: object
) -> dict[str, object]:
    """Write an answer whose one error has this message and code."""
    extensions = {"extensions": {"code": code}} if code else {}
    return {"errors": [{"message": message, **extensions, **more}], **(data or {})}


def executed(message: str, code: str = "", *, data: dict[str, object] = NULL_FIELD) -> object:
    """Write the error of a field that was executed."""
    return refusal(message, code, data=data, path=FIELD, locations=SPOT)


CONTEXT = "Context creation failed: "
NO_INTROSPECTION = "GraphQL introspection is not allowed by Apollo Server"
VALIDATION, PARSE = "GRAPHQL_VALIDATION_FAILED", "GRAPHQL_PARSE_FAILED"
NO_USER, NO_RIGHT, FAULT = "UNAUTHENTICATED", "FORBIDDEN", "INTERNAL_SERVER_ERROR"
UNKNOWN_FIELD = 'Cannot query field "views" on type "Row".'

APOLLO_2 = [
    Cell("page", 200, HTML, "<!DOCTYPE html><title>Playground</title>", ServiceError),
    Cell("introspection", 400, JSON, refusal(NO_INTROSPECTION, VALIDATION), InvalidQueryError),
    Cell("syntax", 400, JSON, refusal("Syntax Error", PARSE, locations=SPOT), InvalidQueryError),
    Cell("field", 400, JSON, refusal(UNKNOWN_FIELD, VALIDATION), InvalidQueryError),
    Cell("context", 400, JSON, refusal(f"{CONTEXT}expired", NO_USER), SessionExpiredError),
    Cell("bare context", 500, JSON, refusal(f"{CONTEXT}oh", FAULT), SessionExpiredError),
    Cell("resolver", 200, JSON, executed("Who?", NO_USER), SessionExpiredError),
    Cell("no data", 200, JSON, executed("Who?", NO_USER, data=NO_DATA), SessionExpiredError),
    Cell("right", 200, JSON, executed("No.", NO_RIGHT), ServiceError),
    Cell("fault", 200, JSON, executed("Oops", FAULT), ServiceError),
    Cell("whole fault", 500, JSON, refusal("Oops", FAULT), ServiceError),
]
APOLLO_4 = [
    Cell("page", 200, HTML, "<!DOCTYPE html><title>Sandbox</title>", ServiceError),
    Cell("introspection", 400, GRAPHQL, refusal(NO_INTROSPECTION, VALIDATION), InvalidQueryError),
    Cell("syntax", 400, GRAPHQL, refusal("Syntax Error", PARSE), InvalidQueryError),
    Cell("variables 4", 200, JSON, refusal("Variable", "BAD_USER_INPUT"), ServiceError),
    Cell("variables 5", 400, JSON, refusal("Variable", "BAD_USER_INPUT"), ServiceError),
    Cell("context", 500, JSON, refusal(f"{CONTEXT}jwt", FAULT), SessionExpiredError),
    Cell("context 401", 401, JSON, refusal("Please", NO_USER), SessionExpiredError),
    Cell("resolver", 200, GRAPHQL, executed("Who?", NO_USER), SessionExpiredError),
    Cell("right", 200, GRAPHQL, executed("User is unauthorized", NO_RIGHT), ServiceError),
    Cell("fault", 200, GRAPHQL, executed("Oops", FAULT), ServiceError),
]
YOGA = [
    Cell("introspection", 200, JSON, refusal("has been disabled", VALIDATION), InvalidQueryError),
    Cell("field", 200, JSON, refusal(UNKNOWN_FIELD, VALIDATION), InvalidQueryError),
    Cell("field 400", 400, GRAPHQL, refusal(UNKNOWN_FIELD, locations=SPOT), InvalidQueryError),
    Cell("token", 401, JSON, refusal("Unauthenticated"), SessionExpiredError),
    Cell("no token", 401, GRAPHQL, refusal("Unauthenticated"), SessionExpiredError),
    Cell(
        "bad token", 400, JSON, refusal("Invalid authentication token provided"),
        SessionExpiredError,
    ),
    Cell("resolver", 200, JSON, executed("jwt expired", "CUSTOM"), SessionExpiredError),
    Cell("fault", 200, JSON, executed("Unexpected error.", FAULT), ServiceError),
    Cell("whole fault", 500, GRAPHQL, refusal("Unexpected error.", FAULT), ServiceError),
]  # fmt: skip
ARIADNE = [
    Cell("get", 405, "", b"", ServiceError),
    Cell(
        "introspection", 400, JSON,
        refusal("Cannot query '__schema': introspection is disabled.", locations=SPOT),
        InvalidQueryError,
    ),
    Cell("syntax", 400, JSON, refusal("Syntax Error", locations=SPOT), InvalidQueryError),
    Cell("field", 400, JSON, refusal(UNKNOWN_FIELD, locations=SPOT), InvalidQueryError),
    Cell("context", 200, JSON, refusal("Not authenticated"), SessionExpiredError),
    Cell("resolver", 400, JSON, executed("Not Authenticated"), SessionExpiredError),
    Cell("library", 400, JSON, executed("Signature has expired"), SessionExpiredError),
    Cell("words", 400, JSON, executed("Your token expired."), SessionExpiredError),
    Cell("status", 401, JSON, refusal("Please."), SessionExpiredError),
    Cell("right", 400, JSON, executed("Forbidden"), ServiceError),
    Cell("fault", 400, JSON, executed("division by zero"), ServiceError),
    Cell("no data", 400, JSON, executed("division by zero", data=NO_DATA), ServiceError),
]  # fmt: skip
GATEWAYS = [
    Cell("authorizer", 403, JSON, {"message": "Forbidden"}, SessionExpiredError),
    Cell("authorizer page", 403, HTML, "<h1>403</h1>", SessionExpiredError),
    Cell("expired", 403, JSON, {"message": "The token is expired"}, SessionExpiredError),
    Cell("unauthorized", 401, JSON, {"message": "Unauthorized"}, SessionExpiredError),
    Cell("nothing", 401, "", b"", SessionExpiredError),
    Cell("empty JSON", 401, JSON, b"", SessionExpiredError),
    Cell("cut JSON", 401, JSON, b'{"errors":[{', SessionExpiredError),
    Cell("cut JSON", 403, JSON, b'{"errors":[{', SessionExpiredError),
    Cell("broken JSON", 500, JSON, b"{Oops", ServiceError),
    Cell("page", 500, HTML, "<h1>\x1b[2J500</h1>", ServiceError),
    Cell("throttle", 429, JSON, {"message": "Too Many Requests"}, RateLimitedError),
    Cell("throttle page", 429, HTML, "<h1>429</h1>", RateLimitedError),
    Cell("bad gateway", 502, HTML, "<h1>502</h1>", UnavailableError),
    Cell("maintenance", 503, JSON, {"message": "Service Unavailable"}, UnavailableError),
    Cell("time-out", 504, JSON, {"message": "Endpoint request timed out"}, UnavailableError),
    Cell("not found", 404, HTML, "<h1>404</h1>", ServiceError),
    Cell("not acceptable", 406, "text/plain", "no", ServiceError),
    Cell("media type", 415, JSON, {"message": "Unsupported Media Type"}, ServiceError),
    Cell("too large", 413, HTML, "<h1>413</h1>", ServiceError),
]
SERVERS = {
    "Apollo 2": APOLLO_2,
    "Apollo 4": APOLLO_4,
    "yoga": YOGA,
    "Ariadne": ARIADNE,
    "gateway": GATEWAYS,
}
CASES = [
    pytest.param(cell, id=f"{server}: {cell.name}")
    for server, cells in SERVERS.items()
    for cell in cells
]


@pytest.mark.parametrize("cell", CASES)
def test_each_server_is_understood(cell: Cell) -> None:
    answer = http(cell.status, body=cell.body, kind=cell.kind)
    with FaultServer(whole(answer)) as server:
        error = failure_of(report, server.url)
    assert type(error) is cell.means
    assert "glomex" in error.hint or "try" in error.hint


@pytest.mark.parametrize("status", [200, 400, 401, 403, 500])
@pytest.mark.parametrize("code", ["UNAUTHENTICATED", "EXPIRED_TOKEN", "INVALID_TOKEN"])
def test_a_code_of_an_ended_session_counts_at_any_status(status: int, code: str) -> None:
    with FaultServer(whole(http(status, body=refusal("No.", code)))) as server:
        error = failure_of(report, server.url)
    assert type(error) is SessionExpiredError
    assert error.hint == "sign in again: glomex login"


@pytest.mark.parametrize("status", [200, 400, 403])
@pytest.mark.parametrize("message", ["Forbidden", "Unauthorized tenant", "no"])
def test_a_missing_right_is_no_ended_session(status: int, message: str) -> None:
    with FaultServer(whole(http(status, body=executed(message, "FORBIDDEN")))) as server:
        error = failure_of(report, server.url)
    assert type(error) is ServiceError
    assert "no access" in error.message
    assert "--as" in error.hint


@pytest.mark.parametrize(
    "message", [f"Invalid token {TOKEN}", f"Bearer {TOKEN}", f"{'x' * 150} {TOKEN} is malformed"]
)
def test_a_token_that_the_service_repeats_is_not_shown(message: str) -> None:
    with FaultServer(whole(http(400, body=executed(message)))) as server:
        error = failure_of(report, server.url)
    assert TOKEN[:30] not in str(error)


@pytest.mark.fault("F22")
def test_words_of_the_service_are_made_safe_and_short() -> None:
    hostile = "\x1b]0;canary\x07\u202e" + "long " * 1000 + "\n"
    with FaultServer(whole(http(400, body=executed(hostile)))) as server:
        error = failure_of(report, server.url)
    assert "\\x1b" in error.message
    assert error.message.isprintable()
    assert len(error.message) < 300
