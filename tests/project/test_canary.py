"""No secret in any output, file, argument or error, at any verbosity.

The sandbox's password and seed, every code and every token are the canaries.
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest

from glomex_cli.sandbox.app import SandboxOptions, create_app
from glomex_cli.sandbox.server import serve
from glomex_cli.sandbox.sessions import SANDBOX_TOTP_SEED
from support.canaries import PROXY_PASSWORD, disguises, found_in_files
from support.cli import Glomex, Outcome
from support.servers.fault_answers import http, whole
from support.servers.fault_server import FaultServer
from support.servers.recorded_app import RecordedApp
from support.servers.service import LOGIN, PASSWORD, TENANT

WRONG = "canary-wrong-password"
COOKIE = "canary-cookie"
CREDENTIALS = "credentials.json"


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch) -> Iterator[RecordedApp]:
    """Serve a sandbox that hears every token and code, to a person with all material at hand."""
    monkeypatch.setenv("GLOMEX_PASSWORD", PASSWORD)
    monkeypatch.setenv("GLOMEX_TOTP_SECRET", SANDBOX_TOTP_SEED)
    recorded = RecordedApp(create_app(SandboxOptions()))
    with serve(recorded) as server:
        monkeypatch.setenv("GLOMEX_ENDPOINT", server.url)
        yield recorded


def canaries(app: RecordedApp) -> set[str]:
    """Return every secret that crossed the wire, and those it was made from, in each disguise."""
    words = {PASSWORD, WRONG, SANDBOX_TOTP_SEED}
    for exchange in app.exchanges:
        if exchange.authorization:
            words.add(exchange.authorization.removeprefix("Bearer "))
        words |= {part for part in exchange.query.split('"') if part.isdigit() and len(part) == 6}
        words |= {value for value in _texts(exchange.answer) if value.count(".") == 2}
    return {disguise for word in words if word for disguise in disguises(word)}


def _texts(answer: object) -> Iterator[str]:
    if isinstance(answer, str):
        yield answer
    elif isinstance(answer, dict):
        for value in cast("dict[str, object]", answer).values():
            yield from _texts(value)


def found(words: set[str], *outcomes: Outcome) -> set[str]:
    shown = "".join(outcome.out + outcome.err for outcome in outcomes)
    return {word for word in words if word in shown}


@pytest.mark.fault("F12")
@pytest.mark.parametrize("debug", ["", "1"])
@pytest.mark.parametrize("verbosity", [[], ["-v"]], ids=["plain", "verbose"])
def test_nothing_that_succeeds_shows_a_secret(
    cli: Glomex,
    app: RecordedApp,
    monkeypatch: pytest.MonkeyPatch,
    verbosity: list[str],
    debug: str,
) -> None:
    monkeypatch.setenv("GLOMEX_DEBUG", debug)
    done = [
        cli("login", "--login", LOGIN, "--tenant", TENANT, *verbosity),
        cli("report", "--last", "2d", *verbosity),
        cli("schema", *verbosity),
        cli("query", "{ __typename }", *verbosity),
        cli("report", "--print-query", *verbosity),
        cli("status", *verbosity),
        cli("logout", *verbosity),
    ]
    assert [outcome.code for outcome in done] == [0] * 7
    assert found(canaries(app), *done) == set()


@pytest.mark.fault("F12")
@pytest.mark.parametrize("debug", ["", "1"])
def test_nothing_that_fails_shows_a_secret(
    cli: Glomex, app: RecordedApp, monkeypatch: pytest.MonkeyPatch, debug: str
) -> None:
    monkeypatch.setenv("GLOMEX_DEBUG", debug)
    argv = ["login", "--login", LOGIN, "--tenant", TENANT, "-v"]
    done = [cli(*argv, "--password-stdin", stdin=WRONG)]
    done.append(cli(*argv))
    done.append(cli("report", "-m", "no_such_metric", "-v"))
    done.append(cli("report", "--endpoint", "http://127.0.0.1:1", "-v"))
    done.append(cli("query", "{ broken", "-v"))
    assert [outcome.code for outcome in done] == [4, 0, 2, 4, 5]
    assert found(canaries(app), *done) == set()


@pytest.mark.parametrize("status", [200, 400, 401, 500, 503])
def test_a_service_that_repeats_what_it_heard_is_not_quoted(
    cli: Glomex, monkeypatch: pytest.MonkeyPatch, status: int
) -> None:
    echo = f'{{"errors": [{{"message": "Syntax Error near \\"{WRONG}\\" 123456"}}]}}'
    with FaultServer(whole(http(status, body=echo))) as server:
        monkeypatch.setenv("GLOMEX_ENDPOINT", server.url)
        argv = ["login", "--login", LOGIN, "--tenant", TENANT, "--password-stdin", "-v"]
        done = cli(*argv, stdin=WRONG)
        assert server.requests
    assert done.code in {4, 5}
    assert WRONG not in done.err + done.out


def test_no_file_but_the_store_holds_a_secret(
    cli: Glomex, app: RecordedApp, tmp_path: Path
) -> None:
    cli("login", "--login", LOGIN, "--tenant", TENANT)
    cli("report", "-d", "week", "--last", "2w")
    cli("schema")
    files = [each for each in tmp_path.rglob("*") if each.is_file() and each.name != CREDENTIALS]
    held = {word for word in canaries(app) for each in files if word in each.read_text("utf-8")}
    assert (held, len(files) > 2) == (set(), True)


@pytest.mark.fault("F13")
@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="no /proc on this system")
def test_no_argument_of_a_process_holds_a_secret(app: RecordedApp, tmp_path: Path) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    login = subprocess.Popen(
        [sys.executable, "-m", "glomex_cli", "login", "--login", LOGIN, "--tenant", TENANT],
        env={**os.environ, "TMPDIR": str(temporary)},
    )
    seen = b""
    while login.poll() is None:
        for each in Path("/proc").glob("[0-9]*/cmdline"):
            try:
                seen += each.read_bytes()
            except OSError:
                continue  # it has ended meanwhile
        time.sleep(0.02)
    assert login.returncode == 0
    assert b"glomex_cli\0login" in seen
    assert {word for word in canaries(app) if word.encode() in seen} == set()
    assert list(temporary.iterdir()) == []


@pytest.mark.fault("F6")
@pytest.mark.parametrize("variable", ["HTTPS_PROXY", "all_proxy"])
@pytest.mark.parametrize(
    "proxy",
    ["http://me:{}@127.0.0.1:1", "http://me:{}@127.0.0.1:x", "http://me:{}@[::",
     "socks5://me:{}@127.0.0.1:1", "me:{}@127.0.0.1:1/path"],
)  # fmt: skip
def test_the_password_of_a_proxy_is_shown_nowhere(
    cli: Glomex, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, variable: str, proxy: str
) -> None:
    monkeypatch.setenv(variable, proxy.format(PROXY_PASSWORD))
    monkeypatch.setenv("GLOMEX_ENDPOINT", "https://glomex.invalid/v1")
    monkeypatch.setenv("GLOMEX_DEBUG", "1")
    monkeypatch.setenv("GLOMEX_PASSWORD", PASSWORD)
    login = cli("login", "--login", LOGIN, "--tenant", TENANT, "-v")
    others = [cli(name, "-v") for name in ("doctor", "status")]
    assert login.code in {7, 9}
    assert found({*disguises(PROXY_PASSWORD), *disguises(PASSWORD)}, login, *others) == set()
    assert found_in_files(tmp_path) == {}


@pytest.mark.fault("F12")
def test_a_cookie_is_neither_shown_nor_kept(
    cli: Glomex, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    answer = http(200, f"Set-Cookie: session={COOKIE}; Path=/", body={"data": None})
    monkeypatch.setenv("GLOMEX_TOKEN", "canary-token")
    with FaultServer(whole(answer)) as server:
        monkeypatch.setenv("GLOMEX_ENDPOINT", server.url)
        done = [cli("report", "-v"), cli("schema", "-v"), cli("query", "{ a }", "-v")]
        assert len(server.requests) >= len(done)
    assert found(set(disguises(COOKIE)), *done) == set()
    kept = "".join(path.read_text("utf-8") for path in tmp_path.rglob("*") if path.is_file())
    assert COOKIE not in kept
