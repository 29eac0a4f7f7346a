"""What the sandbox sends and takes, byte by byte: headers, lengths, compression, faults."""

import io
import json
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any, NoReturn
from wsgiref.validate import validator

import httpx
import pytest

from glomex_cli.sandbox.app import SandboxOptions
from glomex_cli.sandbox.request import MAX_BODY_BYTES
from support.servers.sandbox_client import NOON, Clock, SandboxClient

GOOD = "{ __typename }"
BODY = json.dumps({"query": GOOD}).encode()
REPORT = (
    '{ contentOwnerAnalyticsReport(dimensions: [channel], from: "2026-11-20", '
    'to: "2026-11-20") { rows { channel_title } } }'
)


class BrokenInput(io.BytesIO):
    """A request body that fails while it is read."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error = error

    def read(self, _size: int | None = -1, /) -> NoReturn:
        raise self.error


class FaultyClock(Clock):
    """A clock that fails when it is first asked."""

    def __call__(self) -> datetime:
        if self.at is NOON:
            self.wait(1)
            raise ZeroDivisionError("inner secret")
        return super().__call__()


def call(length: str, body: io.BytesIO) -> tuple[str, Any]:
    """Hand the app a request that no decent server would hand it; give status and JSON."""
    started: list[str] = []

    def start_response(status: str, _headers: object, _info: object = None, /) -> Any:
        started.append(status)

    environ = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": "/v1",
        "CONTENT_TYPE": "application/json",
        "CONTENT_LENGTH": length,
        "wsgi.input": body,
    }
    content = b"".join(SandboxClient().app(environ, start_response))
    return started[0], json.loads(content)


@pytest.mark.parametrize(
    ("length", "status"),
    [
        ("", "411 Length Required"),
        ("-1", "400 Bad Request"),
        ("x", "400 Bad Request"),
        ("２７", "400 Bad Request"),
        ("9" * 5000, "400 Bad Request"),
        (str(len(BODY) + 1), "400 Bad Request"),
        (str(len(BODY)), "200 OK"),
    ],
)
def test_content_length_must_be_there_and_right(length: str, status: str) -> None:
    answered, content = call(length, io.BytesIO(BODY))
    assert answered == status
    assert ("errors" in content) == (status != "200 OK")


def test_body_that_is_too_large_is_refused_after_it_was_read() -> None:
    length = MAX_BODY_BYTES + 1
    body = io.BytesIO(b" " * length)
    answered, _ = call(str(length), body)
    assert answered.startswith("413 ")
    assert body.tell() == length
    assert SandboxClient().post("#" * (MAX_BODY_BYTES - 100)).status_code == 400


def test_client_that_goes_away_while_it_sends_is_no_fault() -> None:
    answered, _ = call("99", BrokenInput(ConnectionResetError()))
    assert answered == "400 Bad Request"


def test_fault_outside_of_graphql_is_told_without_its_innards() -> None:
    answered, content = call("99", BrokenInput(ZeroDivisionError("inner secret")))
    assert answered == "500 Internal Server Error"
    assert content["errors"][0]["message"] == "unexpected error"


def test_fault_in_a_resolver_is_told_without_its_innards() -> None:
    token = SandboxClient().token()
    response = SandboxClient(clock=FaultyClock()).post(REPORT, token=token)
    (error,) = response.json()["errors"]
    assert error["message"] == "Unexpected error."
    assert error["extensions"] == {"code": "INTERNAL_SERVER_ERROR"}
    assert "secret" not in response.text


@pytest.mark.parametrize(
    ("method", "accept"), [("POST", "*/*"), ("POST", "text/html"), ("GET", "text/html")]
)
def test_app_keeps_to_the_wsgi_standard(method: str, accept: str) -> None:
    transport = httpx.WSGITransport(app=validator(SandboxClient().app))
    with httpx.Client(transport=transport, base_url="http://sandbox") as http:
        response = http.request(method, "/v1", json={"query": GOOD}, headers={"Accept": accept})
    assert response.status_code == (406 if (method, accept) == ("POST", "text/html") else 200)
    assert response.content


def test_date_is_that_of_the_sandboxs_clock_and_request_ids_differ() -> None:
    client = SandboxClient()
    one, other = client.post(GOOD), client.post("{ nonsense }")
    assert parsedate_to_datetime(one.headers["Date"]) == NOON
    assert one.headers["Date"].endswith(" GMT")
    assert one.headers["X-Request-Id"] != other.headers["X-Request-Id"]


@pytest.mark.parametrize(
    ("accepted", "compress", "is_packed"),
    [
        ("gzip", True, True),
        ("br, gzip;q=0.5", True, True),
        ("identity", True, False),
        ("gzip;q=0", True, False),
        ("", True, False),
        ("gzip", False, False),
    ],
)
def test_answer_is_compressed_only_when_accepted_and_allowed(
    accepted: str, *, compress: bool, is_packed: bool
) -> None:
    client = SandboxClient(SandboxOptions(compress=compress))
    client.http.headers["Accept-Encoding"] = accepted
    response = client.post("{ __schema { types { name description } } }")
    assert response.headers.get("Content-Encoding") == ("gzip" if is_packed else None)
    assert (int(response.headers["Content-Length"]) < len(response.content)) == is_packed
    assert response.json()["data"]


def test_short_answer_is_not_compressed() -> None:
    assert "Content-Encoding" not in SandboxClient().post(GOOD).headers


def test_titles_travel_as_utf8_not_as_escapes() -> None:
    client = SandboxClient()
    text = client.post(REPORT, token=client.token()).content.decode("utf-8")
    assert "Küchenkino 🍳" in text


def test_lone_surrogate_comes_back_as_the_escape_it_came_as() -> None:
    client = SandboxClient()
    body = {"query": REPORT.replace('"2026-11-20", to', "$day, to"), "variables": {"day": "\ud800"}}
    body["query"] = f"query($day: String!) {body['query']}"
    response = client.http.post(
        "/v1",
        content=json.dumps(body),
        headers={"Content-Type": "application/json", "Authorization": f"Bearer {client.token()}"},
    )
    assert '"\\ud800\\" is not a date' in response.content.decode("utf-8")


def test_slow_sandbox_waits_before_it_answers() -> None:
    client = SandboxClient(SandboxOptions(delay_s=0.05))
    assert client.post(GOOD).elapsed.total_seconds() >= 0.05
