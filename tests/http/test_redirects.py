"""No redirect is followed, since a password or token would travel along: it is named instead."""

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest

from glomex_cli.errors import ExitCode, ServiceError
from glomex_cli.services.glomex.service import GlomexService
from support.servers.fault_answers import http, whole
from support.servers.fault_server import FaultServer
from support.servers.network import ANSWER, assert_silent, failure_of, report, sign_in

STATUSES = (301, 302, 303, 307, 308)
# The target as the first server names it, from the second one's port and its own.
TARGETS = {
    "other port": "http://127.0.0.1:{other}/v1",
    "other name": "http://localhost:{other}/v1",
    "user info": "http://user:canary-pw@127.0.0.1:{other}/v1",
    "no scheme": "//127.0.0.1:{other}/v1",
    "relative": "/v2",
    "loop": "http://127.0.0.1:{own}/v1",
}


@pytest.mark.fault("F1")
@pytest.mark.parametrize("call", [sign_in, report])
@pytest.mark.parametrize("target", TARGETS.values(), ids=TARGETS)
@pytest.mark.parametrize("status", STATUSES)
def test_redirect_is_an_error_that_names_the_target(
    status: int, target: str, call: Callable[[GlomexService], object]
) -> None:
    with (
        FaultServer(whole(http(200, body=ANSWER))) as other,
        FaultServer(whole(b"")) as server,
    ):
        location = target.format(other=other.port, own=server.port)
        server.script = whole(http(status, f"Location: {location}"))
        error = failure_of(call, server.url)
    assert isinstance(error, ServiceError)
    assert error.exit_code is ExitCode.SERVICE
    assert f"redirects to {urlsplit(location).hostname or 'another address'}" in error.message
    assert_silent(error, "canary")
    assert other.connections == 0
    assert len(server.requests) == 1


@pytest.mark.fault("F1")
@pytest.mark.parametrize("status", [300, 304, 305, 306, 399])
def test_every_other_status_of_that_class_is_the_same_error(status: int) -> None:
    with FaultServer(whole(http(status, body=ANSWER))) as server:
        error = failure_of(report, server.url)
    assert isinstance(error, ServiceError)
    assert "redirects to another address" in error.message


@pytest.mark.parametrize(
    "location",
    ["", "http://[::1", "http://ho st/", "http://" + "a" * 300, "http://\xe9vil.example/",
     "http://[::1%25canary]/", "javascript:canary", "http://a/\xc2\x9b2J", "%1b[2J", "http:///"],
)  # fmt: skip
def test_odd_target_never_reaches_the_message(location: str) -> None:
    with FaultServer(whole(http(302, f"Location: {location}"))) as server:
        error = failure_of(report, server.url)
    assert isinstance(error, ServiceError)
    assert error.message.isascii()
    assert len(error.message) < 120
    assert_silent(error, "canary")
