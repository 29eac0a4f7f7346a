"""What `glomex doctor` says of the clock, and of a service that fails."""

import time
from datetime import UTC, datetime, timedelta

import pytest

from support.cli import Glomex
from support.doctoring import GOOD, examined
from support.servers.fault_answers import HTML, http, silent, whole
from support.servers.fault_server import FaultServer
from support.servers.service import Service

NOON = datetime(2025, 6, 1, 12, 0, 0, 500000, UTC)


@pytest.mark.parametrize(
    ("apart", "state", "words"),
    [
        (0, "ok", "agree to the second"),
        (1, "ok", "agree to the second"),
        (-19, "ok", "19 s behind the service's: MFA codes made here are accepted"),
        (20, "warn", "20 s ahead of the service's: MFA codes made here may be refused"),
        (-59, "warn", "59 s behind the service's: MFA codes made here may be refused"),
        (60, "fail", "60 s ahead of the service's: MFA codes made here are refused"),
        (-7200, "fail", "7200 s behind the service's: MFA codes made here are refused"),
        (30 * 365 * 86400, "fail", "946080000 s ahead of"),
    ],
)
def test_clock_apart_is_measured_and_what_it_does_is_told(
    cli: Glomex, apart: int, state: str, words: str
) -> None:
    cli.now = lambda: NOON + timedelta(seconds=apart)
    with FaultServer(GOOD) as server:
        found = examined(cli, "--endpoint", server.url)
    assert found["clock"].state == state
    assert words in found["clock"].text
    assert bool(found["clock"].hint) == (state != "ok")
    assert found.code == (9 if state == "fail" else 4)


@pytest.mark.parametrize("date", ["", "Date: yesterday", "Date: "])
def test_answer_without_a_date_tells_nothing_of_the_clock(cli: Glomex, date: str) -> None:
    with FaultServer(whole(http(200, *([date] if date else []), body={"data": {}}))) as server:
        found = examined(cli, "--endpoint", server.url)
    assert (found["service"].state, found["clock"].state) == ("ok", "skip")


@pytest.mark.parametrize(
    ("status", "kind", "code"),
    [(200, "", 0), (400, "", 0), (401, "", 0), (401, HTML, 0), (403, HTML, 0), (404, HTML, 5),
     (200, HTML, 5), (302, "", 5), (429, "", 8), (503, "", 5)],
)  # fmt: skip
def test_service_answers_as_one_or_fails_like_a_report(
    cli: Glomex, status: int, kind: str, code: int
) -> None:
    cli.now = lambda: NOON
    date = "Date: Sun, 01 Jun 2025 12:00:00 GMT"
    answer = http(status, date, kind=kind or "application/json", body={"errors": []})
    with FaultServer(whole(answer)) as server:
        found = examined(cli, "--endpoint", server.url)
    assert found["service"].state == ("fail" if code else "ok")
    assert found["clock"].state == ("skip" if code else "ok")
    assert found.code == (code or 4)  # else nobody is signed in
    assert "authorization" not in server.requests[0].headers


def test_dead_endpoint_is_told_and_store_and_sign_in_are_looked_at_all_the_same(
    cli: Glomex, signed_in: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    with FaultServer(GOOD) as server:
        url = server.url
    found = examined(cli, "--endpoint", url)
    assert (found.code, found.states("fail")) == (7, {"service", "sign-in"})
    assert found["service"].text == "cannot connect to 127.0.0.1"
    assert found["service"].hint
    assert found["store"].state == "ok"
    assert found.states("skip") == {"proxy", "TLS", "clock", "schema"}


def test_silent_service_leaves_time_for_the_rest(cli: Glomex) -> None:
    with FaultServer(silent) as server:
        began = time.monotonic()
        found = examined(cli, "--endpoint", server.url, "--timeout", "2")
        assert time.monotonic() - began < 10
    assert (found.code, found["store"].state) == (7, "ok")
    assert found["service"].text == "127.0.0.1 timed out"
