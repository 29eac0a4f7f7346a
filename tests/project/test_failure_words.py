"""What each failure of an answer says, and what it tells a person to type."""

from collections.abc import Callable

import pytest

from glomex_cli.errors import GlomexError
from glomex_cli.http.json_stream import JsonReader
from glomex_cli.http.request import Head
from glomex_cli.http.status import is_success
from support.servers.fault_answers import HTML, http, whole
from support.servers.fault_server import HOST, FaultServer
from support.servers.network import failure_of, report

ASKED = "contentOwnerAnalyticsReport"


def refusal(message: str, code: str = "") -> bytes:
    """Write an answer whose one error has this message and code."""
    return http(200, body={"errors": [{"message": message, "extensions": {"code": code}}]})


ANSWERS = [
    (
        refusal("No.", "UNAUTHENTICATED"),
        "the session has expired",
        "sign in again: glomex login",
    ),
    (
        http(200, body={"data": None}),
        f"the service sent an empty response to {ASKED}",
        "try again",
    ),
    (
        refusal("This is FORBIDDEN."),
        f"this account has no access to {ASKED}",
        "try --as publisher, --as content-owner, or another tenant",
    ),
    (
        refusal("No field.", "GRAPHQL_VALIDATION_FAILED"),
        f"{ASKED} does not match the schema of the service: No field.",
        "glomex schema",
    ),
    (
        refusal("Oops."),
        f"the service refused {ASKED}: Oops.",
        "try a shorter or an earlier range: --last 7d, or --from and --to",
    ),
    (
        http(400, body={"errors": [{"message": "Oops."}]}),
        f"the service refused {ASKED}: Oops.",
        "try a shorter or an earlier range: --last 7d, or --from and --to",
    ),
    (
        http(200, body={"errors": {}}),
        "the errors in the response of the service are not a list",
        "try again",
    ),
    (
        http(500, body={"message": "no"}),
        f"{HOST} sent a response that is not GraphQL (status 500)",
        "check the endpoint: glomex status",
    ),
    (
        http(403, body="no", kind=HTML),
        f"{HOST} did not accept the session (status 403)",
        "sign in again: glomex login",
    ),
    (
        http(404, body="no", kind=HTML),
        f"there is no GraphQL API at this address of {HOST}",
        "glomex status",
    ),
    (
        http(406, body="no", kind=HTML),
        f"{HOST} sent a response that is not GraphQL (status 406)",
        "check the endpoint: glomex status",
    ),
    (
        http(302, "Location: https://new.example/v1"),
        f"{HOST} redirects to new.example, which is not followed",
        "if that is right, use it as --endpoint",
    ),
    (
        http(302, "Location: http://[::1"),
        f"{HOST} redirects to another address, which is not followed",
        "if that is right, use it as --endpoint",
    ),
    (
        http(503),
        f"{HOST} is not available (status 503)",
        "try again later",
    ),
    (
        http(429, "Retry-After: 7"),
        f"{HOST} is rate limiting requests",
        "try again in 7 s",
    ),
    (
        http(429, "Retry-After: 7200"),
        f"{HOST} is rate limiting requests",
        "try again later",
    ),
    (
        http(
            429,
            "Retry-After: Fri, 01 Jan 9999 00:00:00 GMT",
            "Date: Sun, 01 Jun 2025 00:00:00 GMT",
        ),
        f"{HOST} is rate limiting requests",
        "try again later",
    ),
    (
        http(200, body=b'{"data":'),
        "the response of the service is incomplete",
        "try again",
    ),
    (
        http(200, body=b"<html>"),
        "the response of the service is not JSON",
        "check the endpoint: glomex status",
    ),
]


@pytest.mark.parametrize(("answer", "message", "hint"), ANSWERS, ids=lambda part: str(part)[:40])
def test_failure_says_what_it_was_and_what_to_type(answer: bytes, message: str, hint: str) -> None:
    with FaultServer(whole(answer)) as server:
        error = failure_of(report, server.url)
    assert (error.message, error.hint) == (message, hint)


@pytest.mark.parametrize("take", [JsonReader.value, JsonReader.peek])
def test_answer_beyond_the_limit_says_how_to_ask_for_less(
    take: Callable[[JsonReader], object],
) -> None:
    with pytest.raises(GlomexError) as caught:
        take(JsonReader([b'"' + b"x" * 100], limit=10))
    assert caught.value.message == "the response of the service is too large"
    assert caught.value.hint == (
        "ask for fewer days or dimensions, or check the endpoint: glomex status"
    )


@pytest.mark.parametrize(
    ("status", "expected"), [(199, False), (200, True), (299, True), (300, False)]
)
def test_success_is_the_whole_class_and_no_more(status: int, expected: bool) -> None:  # noqa: FBT001
    assert is_success(Head(status, {})) is expected


@pytest.mark.attack("R25")
@pytest.mark.parametrize(
    ("wait", "hint"),
    [("3600", "try again in 3600 s"), ("3601", "try again later"), ("9" * 30, "try again later")],
)
def test_an_absurd_wait_is_told_as_later(wait: str, hint: str) -> None:
    with FaultServer(whole(http(429, f"Retry-After: {wait}"))) as server:
        assert failure_of(report, server.url).hint == hint
