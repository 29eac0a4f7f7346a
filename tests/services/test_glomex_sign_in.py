"""A sign-in is sent once, whatever comes back, and what its failure means is said unquoted."""

import string
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from glomex_cli.errors import (
    CodeRefusedError,
    GlomexError,
    InvalidQueryError,
    NetworkError,
    RateLimitedError,
    ServiceError,
    SignInError,
    UnavailableError,
)
from glomex_cli.services.glomex.service import GlomexService
from support.servers.fault_answers import HTML, broken, cut, dripped, http, silent, whole
from support.servers.fault_server import FaultServer, Peer, Script
from support.servers.network import (
    CHALLENGE,
    CODE,
    PASSWORD,
    TOKEN,
    Hourglass,
    answer_challenge,
    failure_of,
    sign_in,
)

GOOD = http(200, body={"data": {"createSession": {"access_token": TOKEN}}})


def errors(message: str, code: str = "", **more: Any) -> dict[str, Any]:
    extensions = {"extensions": {"code": code}} if code else {}
    return {"data": None, "errors": [{"message": message, **extensions, **more}]}


ECHO = f'Expected Date, found "{PASSWORD}" {CODE} {CHALLENGE}'
NO_TOKEN: dict[str, Any] = {"createSession": {}, "createMFASession": {}}
NEVER_WHOLE = (dripped(GOOD[:50], GOOD[50:]), silent)
FAILURES: Mapping[str, tuple[Script, type[GlomexError]]] = {
    "refused": (whole(http(200, body=errors(ECHO, "UNAUTHENTICATED", path=["x"]))), SignInError),
    "refused bare": (whole(http(200, body=errors(ECHO, path=["x"]))), SignInError),
    "null": (whole(http(200, body={"data": {"createSession": None}})), SignInError),
    "401": (whole(http(401, body=errors(ECHO))), SignInError),
    "401 page": (whole(http(401, kind=HTML)), SignInError),
    "403 page": (whole(http(403, kind=HTML)), SignInError),
    "429": (whole(http(429, "Retry-After: 0", body=errors(ECHO))), RateLimitedError),
    "500": (whole(http(500, body=errors(ECHO, "INTERNAL_SERVER_ERROR"))), ServiceError),
    "500 page": (whole(http(500, body=ECHO, kind=HTML)), ServiceError),
    "502": (whole(http(502, kind=HTML)), UnavailableError),
    "503": (whole(http(503, "Retry-After: 0", kind=HTML)), UnavailableError),
    "504": (whole(http(504, body={"message": ECHO})), UnavailableError),
    "302": (whole(http(302, f"Location: /{PASSWORD}")), ServiceError),
    "page": (whole(http(200, body=ECHO, kind=HTML)), ServiceError),
    "no JSON": (whole(http(200, body=ECHO)), ServiceError),
    "no token": (whole(http(200, body={"data": NO_TOKEN})), ServiceError),
    "cut": (cut(GOOD, len(GOOD) - 1), NetworkError),
    "broken": (broken(GOOD, 0), NetworkError),
    "half a head": (cut(GOOD, 20), NetworkError),
    "closed": (cut(GOOD, 0), NetworkError),
    "drip": (NEVER_WHOLE[0], NetworkError),
    "silence": (NEVER_WHOLE[1], NetworkError),
    "no HTTP": (whole(b"SSH-2.0\r\n"), NetworkError),
}


@pytest.mark.fault("F37")
@pytest.mark.parametrize(("script", "kind"), FAILURES.values(), ids=FAILURES)
@pytest.mark.parametrize("call", [sign_in, answer_challenge])
def test_failed_sign_in_is_never_sent_again(
    call: Callable[[GlomexService], object], script: Script, kind: type[GlomexError]
) -> None:
    deadline = Hourglass()

    def answer(peer: Peer) -> None:
        if script in NEVER_WHOLE:
            deadline.spend()
        script(peer)

    with FaultServer(answer) as server:
        error = failure_of(call, server.url, deadline=deadline)
        assert len(server.requests) == 1
    if call is sign_in or kind is not SignInError:
        assert isinstance(error, kind) or error.exit_code == kind.exit_code
    assert error.message[0] in string.ascii_lowercase + string.digits
    assert error.hint


def test_a_password_that_was_not_looked_at_is_not_blamed() -> None:
    with FaultServer(whole(http(400, body=errors(ECHO, "BAD_USER_INPUT")))) as server:
        error = failure_of(sign_in, server.url)
        assert len(server.requests) == 1
    assert type(error) is ServiceError
    assert error.message == "the service did not run the sign-in (status 400, BAD_USER_INPUT)"


@pytest.mark.parametrize("code", ["no-code", "x" * 41, TOKEN, "A B"])
def test_only_a_plain_code_is_shown(code: str) -> None:
    with FaultServer(whole(http(500, body=errors(ECHO, code)))) as server:
        error = failure_of(sign_in, server.url)
    assert error.message == "the service failed at createSession (status 500)"


@pytest.mark.parametrize("call", [sign_in, answer_challenge])
def test_service_without_the_operation_is_no_refusal(
    call: Callable[[GlomexService], object],
) -> None:
    unknown = http(400, body=errors(f"Cannot query field {PASSWORD}", "GRAPHQL_VALIDATION_FAILED"))
    with FaultServer(whole(unknown)) as server:
        error = failure_of(call, server.url)
    assert type(error) is InvalidQueryError


@pytest.mark.parametrize("message", ["Wrong code", "Invalid code received for user", "no", ""])
def test_refused_code_may_be_followed_by_another(message: str) -> None:
    with FaultServer(whole(http(200, body=errors(message, path=["createMFASession"])))) as server:
        error = failure_of(answer_challenge, server.url)
    assert type(error) is CodeRefusedError
