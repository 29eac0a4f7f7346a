"""A password from stdin is sent as it was piped, or refused: never changed."""

import json

import pytest

from support.cli import Glomex
from support.servers.fault_answers import http, whole
from support.servers.fault_server import FaultServer
from support.servers.service import ROBOT, TENANT

LOGIN = ("login", "--login", ROBOT, "--tenant", TENANT, "--password-stdin")


@pytest.mark.parametrize("ending", ["", "\n", "\r\n", "\nmore"])
def test_password_is_the_first_line_blanks_included(cli: Glomex, ending: str) -> None:
    with FaultServer(whole(http(500))) as server:
        cli(*LOGIN, "--endpoint", server.url, stdin=f" X pass wörd X {ending}")
    (request,) = server.requests
    assert " X pass wörd X " in json.loads(request.body)["query"]
    assert "more" not in request.body.decode()


def test_password_that_is_no_text_is_refused_and_not_sent(cli: Glomex) -> None:
    with FaultServer(whole(http(500))) as server:
        done = cli(*LOGIN, "--endpoint", server.url, stdin=b"\xff\n")
    assert (done.code, server.connections) == (2, 0)
    assert done.err == ("error: the password contains invalid characters\nhint: type it again\n")
