"""What a person or another command does while a session is renewed: it counts, and nobody waits."""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager
from pathlib import Path
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import pytest

from glomex_cli.concurrency import Deadline
from glomex_cli.sandbox.app import SandboxOptions, create_app
from glomex_cli.sandbox.server import serve
from glomex_cli.sandbox.sessions import SANDBOX_TOTP_SEED
from glomex_cli.storage.files import locked
from support.cli import Glomex, Outcome
from support.files import unmeasured
from support.renewing import ahead, sandbox
from support.servers.recorded_app import RecordedApp
from support.servers.service import LOGIN, PASSWORD, ROBOT, TENANT

JUNE = ("--from", "2025-06-02", "--to", "2025-06-04")
GLOMEX = [sys.executable, "-m", "glomex_cli"]


class Interrupted:
    """Passes requests on to `app`; does something in the middle of the next sign-in."""

    def __init__(self, app: WSGIApplication) -> None:
        self._app = app
        self.meanwhile: Callable[[], object] | None = None

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
        if b"createSession" in body and self.meanwhile:
            act, self.meanwhile = self.meanwhile, None
            act()
        from io import BytesIO

        return self._app({**environ, "wsgi.input": BytesIO(body)}, start)


def kept_login(tmp_path: Path) -> str | None:
    """Return whose session is kept, or None."""
    file = tmp_path / "config" / "credentials.json"
    if not file.exists():
        return None
    login: str = json.loads(json.loads(file.read_text())["default"])["login"]
    return login


def during_a_renewal(
    cli: Glomex, monkeypatch: pytest.MonkeyPatch, meanwhile: Callable[[], Outcome]
) -> Outcome:
    """Return the outcome of a report whose renewal something happens in the middle of."""
    app = Interrupted(create_app(SandboxOptions()))
    monkeypatch.setenv("GLOMEX_PASSWORD", PASSWORD)
    with serve(app) as server:
        monkeypatch.setenv("GLOMEX_ENDPOINT", server.url)
        assert cli("login", answers=[ROBOT, TENANT]).code == 0
        cli.now = lambda: ahead(hours=2)
        app.meanwhile = lambda: meanwhile().code == 0 or pytest.fail("it did not happen")
        return cli("report", *JUNE)


@pytest.mark.attack("R1")
def test_a_renewal_does_not_undo_a_logout(
    cli: Glomex, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    done = during_a_renewal(cli, monkeypatch, lambda: Glomex()("logout"))
    assert (done.code, kept_login(tmp_path)) == (0, None)


@pytest.mark.attack("R1")
def test_a_renewal_does_not_overwrite_a_newer_login(
    cli: Glomex, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("GLOMEX_TOTP_SECRET", SANDBOX_TOTP_SEED)
    done = during_a_renewal(cli, monkeypatch, lambda: Glomex()("login", "--login", LOGIN))
    assert (done.code, kept_login(tmp_path)) == (0, LOGIN)
    assert f'login = "{LOGIN}"' in (tmp_path / "config" / "config.toml").read_text()


@pytest.mark.attack("R7")
def test_an_open_prompt_holds_nobody_up(
    cli: Glomex, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Another command renews while the first one asks; then the typed password is not sent."""

    def answer() -> str:
        monkeypatch.setenv("GLOMEX_PASSWORD", PASSWORD)
        began = time.monotonic()
        other = Glomex()
        other.now = cli.now
        done = other("report", *JUNE, "--no-input", "--timeout", "20")
        assert (done.code, done.err) == (0, "")
        assert time.monotonic() - began < 20
        return "a password that is wrong"

    with sandbox(monkeypatch) as app:
        assert cli("login", answers=[ROBOT, TENANT, PASSWORD]).code == 0
        cli.now = lambda: ahead(hours=2)
        assert cli("report", *JUNE, answers=[answer]).code == 0
        assert app.executed("createSession") == 2
    assert kept_login(tmp_path) == ROBOT


@pytest.mark.attack("R7")
def test_who_waits_too_long_signs_in_beside_and_says_so(
    cli: Glomex, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("GLOMEX_PASSWORD", PASSWORD)
    with sandbox(monkeypatch), locked(tmp_path / "config" / "renewal-default"):
        assert cli("login", answers=[ROBOT, TENANT]).code == 0
        cli.now = lambda: ahead(hours=2)
        done = cli("report", *JUNE, "--timeout", "6")
    assert done.code == 0
    assert done.err == (
        "waiting for another command to sign in\n"
        "the other command takes too long; signing in as well\n"
    )


@pytest.mark.attack("R7")
def test_a_wait_for_another_command_takes_nothing_of_the_time_that_nobody_limited(
    cli: Glomex, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("GLOMEX_PASSWORD", PASSWORD)
    monkeypatch.setattr("glomex_cli.auth.renewal._LOCK_TIMEOUT_S", 1.5)
    pause, pauses_s = Deadline.paused, list[float]()

    @contextmanager
    def measured(deadline: Deadline) -> Generator[None]:
        with pause(deadline):
            began_s = time.monotonic()
            yield
            pauses_s.append(time.monotonic() - began_s)

    monkeypatch.setattr(Deadline, "paused", measured)
    with sandbox(monkeypatch), locked(tmp_path / "config" / "renewal-default"):
        assert cli("login", answers=[ROBOT, TENANT]).code == 0
        cli.now = lambda: ahead(hours=2)
        pauses_s.clear()
        assert cli("report", *JUNE).code == 0
    assert max(pauses_s, default=0) >= 1.5


def test_a_session_of_another_account_is_neither_used_nor_overwritten(
    cli: Glomex, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with sandbox(monkeypatch) as app:
        monkeypatch.setenv("GLOMEX_TOTP_SECRET", SANDBOX_TOTP_SEED)
        assert cli("login", answers=[LOGIN, TENANT, PASSWORD]).code == 0
        for name, value in (("LOGIN", ROBOT), ("TENANT", TENANT), ("PASSWORD", PASSWORD)):
            monkeypatch.setenv(f"GLOMEX_{name}", value)
        assert cli("report", *JUNE).code == 0
        assert app.executed("createSession") == 2
    assert kept_login(tmp_path) == LOGIN


def test_a_code_that_is_wanted_where_there_is_no_secret_ends_with_what_to_set(
    cli: Glomex, monkeypatch: pytest.MonkeyPatch
) -> None:
    values = {"LOGIN": LOGIN, "TENANT": TENANT, "PASSWORD": PASSWORD}
    for name, value in values.items():
        monkeypatch.setenv(f"GLOMEX_{name}", value)
    with sandbox(monkeypatch):
        done = cli("report", *JUNE, "--no-input")
    assert done.code == 4
    assert done.err == (
        "error: the service requires an MFA code\n"
        "hint: set GLOMEX_TOTP_SECRET, or sign in by hand: glomex login\n"
    )


@pytest.mark.process
@pytest.mark.attack("R8")
def test_twelve_commands_with_mfa_make_one_sign_in(monkeypatch: pytest.MonkeyPatch) -> None:
    values = {
        "LOGIN": LOGIN, "TENANT": TENANT, "PASSWORD": PASSWORD, "TOTP_SECRET": SANDBOX_TOTP_SEED,
    }  # fmt: skip
    for name, value in values.items():
        monkeypatch.setenv(f"GLOMEX_{name}", value)
    app = RecordedApp(create_app(SandboxOptions()))
    with serve(app) as server:
        monkeypatch.setenv("GLOMEX_ENDPOINT", server.url)
        command = [*GLOMEX, "report", *JUNE, "-f", "csv", "--no-input"]
        pipe = subprocess.PIPE
        reports = [
            subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True, env=unmeasured())
            for _ in range(12)
        ]
        outcomes = [(*report.communicate(timeout=120), report.returncode) for report in reports]
        assert [code for _, _, code in outcomes] == [0] * 12, outcomes
        assert len({out for out, _, _ in outcomes}) == 1
        assert app.executed("createMFASession") == 1
