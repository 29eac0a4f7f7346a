"""How often a service is asked that is down for a moment: counted at the service."""

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest

from support.cli import Glomex
from support.servers.fault_answers import cut, http, whole
from support.servers.fault_server import FaultServer, Peer, Script
from support.servers.network import ANSWER, TOKEN
from support.servers.service import PASSWORD, ROBOT, TENANT, current_code

GOOD = http(200, body=ANSWER)
JUNE = ("report", "--from", "2025-06-01", "--to", "2025-06-03")


def after(*answers: bytes) -> Script:
    """Send the answers in turn, the last of them again and again."""
    left = list(answers)
    return lambda peer: peer.send(left.pop(0) if len(left) > 1 else left[0])


def reports(server: FaultServer) -> int:
    """Count the reports that were asked for, without looks at the schema."""
    return sum(b"__schema" not in request.body for request in server.requests)


@pytest.fixture(autouse=True)
def _token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GLOMEX_TOKEN", TOKEN)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[FaultServer]:
    with FaultServer(whole(GOOD)) as opened:
        monkeypatch.setenv("GLOMEX_ENDPOINT", opened.url)
        yield opened


@pytest.mark.fault("F37")
@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_a_query_is_asked_again_after_each_status_that_passes(
    cli: Glomex, server: FaultServer, status: int
) -> None:
    server.script = after(http(status, "Retry-After: 0"), GOOD)
    done = cli(*JUNE)
    assert (done.code, len(server.requests)) == (0, 3)  # the schema twice, then the report
    assert "trying again in 0 s" in done.err


@pytest.mark.parametrize(("status", "code"), [(429, 8), (502, 5), (503, 5), (504, 5)])
def test_after_three_tries_a_report_gives_up(
    cli: Glomex, server: FaultServer, status: int, code: int
) -> None:
    server.script = whole(http(status, "Retry-After: 0"))
    done = cli(*JUNE)
    assert (done.code, done.out, len(server.requests)) == (code, "", 3)


@pytest.mark.parametrize("answer", [http(400, body={"errors": []}), http(500), http(401)])
def test_other_answers_are_not_asked_for_again(
    cli: Glomex, server: FaultServer, answer: bytes
) -> None:
    server.script = whole(answer)
    assert cli(*JUNE).code != 0
    assert reports(server) == 1


def test_an_answer_that_broke_off_is_not_asked_for_again(cli: Glomex, server: FaultServer) -> None:
    server.script = cut(GOOD, len(GOOD) - 40)
    assert cli(*JUNE).code == 7
    assert reports(server) == 1


def test_no_connection_is_tried_again_within_the_timeout(cli: Glomex) -> None:
    done = cli(*JUNE, "--endpoint", "http://127.0.0.1:1/v1", "--timeout", "2.4")
    assert done.code == 7
    assert done.err.startswith("cannot connect to 127.0.0.1: trying again in 1 s\nerror: ")


def test_retry_after_beyond_the_timeout_is_told_and_not_waited_for(
    cli: Glomex, server: FaultServer
) -> None:
    server.script = whole(http(429, "Retry-After: 120"))
    done = cli(*JUNE, "--timeout", "5")
    assert (done.code, len(server.requests)) == (8, 1)
    assert done.err == ("error: 127.0.0.1 is rate limiting requests\nhint: try again in 120 s\n")


def test_the_wait_is_shown_while_it_lasts(server: FaultServer) -> None:
    server.script = whole(http(429, "Retry-After: 9"))
    command = [sys.executable, "-m", "glomex_cli", *JUNE]
    with subprocess.Popen(
        command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True, env={**os.environ}
    ) as child:
        assert child.stderr is not None
        line = child.stderr.readline()
        is_waiting, asked = child.poll() is None, len(server.requests)
        child.terminate()
    assert line == "127.0.0.1 is rate limiting requests: trying again in 9 s\n"
    assert (is_waiting, asked) == (True, 1)


def test_a_query_of_ones_own_is_tried_again_a_mutation_never(
    cli: Glomex, server: FaultServer
) -> None:
    server.script = whole(http(503, "Retry-After: 0"))
    assert cli("query", "{ a }").code == 5
    assert len(server.requests) == 3
    assert cli("query", "mutation { a }").code == 5
    assert len(server.requests) == 4


@pytest.mark.fault("F37")
@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_a_sign_in_is_sent_once(cli: Glomex, server: FaultServer, status: int) -> None:
    server.script = whole(http(status, "Retry-After: 0"))
    done = cli("login", answers=[ROBOT, TENANT, PASSWORD])
    assert done.code in {5, 8}
    assert len(server.requests) == 1


@pytest.mark.fault("F37")
@pytest.mark.parametrize("status", [429, 503])
def test_a_code_is_sent_once(cli: Glomex, server: FaultServer, status: int) -> None:
    challenge = {"__typename": "SessionChallenge", "challenge_session": "c"}
    first = http(200, body={"data": {"createSession": challenge}})
    server.script = after(first, http(status, "Retry-After: 0"))
    done = cli("login", answers=[ROBOT, TENANT, PASSWORD, current_code])
    assert done.code in {5, 8}
    assert len(server.requests) == 2


def test_a_connection_that_is_reset_before_an_answer_is_no_success(
    cli: Glomex, server: FaultServer
) -> None:
    def reset(peer: Peer) -> None:
        peer.reset()

    server.script = reset
    assert cli(*JUNE, "--timeout", "2").code == 7
