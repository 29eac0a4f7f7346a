"""A session that outlives its token: renewed once for all, by what was remembered or is asked."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pyotp.totp import TOTP

from glomex_cli.sandbox.app import SandboxOptions
from glomex_cli.sandbox.sessions import SANDBOX_TOTP_SEED
from support.cli import Glomex
from support.imports import modules_of
from support.renewing import ahead, sandbox
from support.servers.service import LOGIN, PASSWORD, ROBOT, TENANT, current_code

pytestmark = pytest.mark.process

JUNE = ("--from", "2025-06-02", "--to", "2025-06-04")
GLOMEX = [sys.executable, "-m", "glomex_cli"]


def code_of_the_next_window() -> str:
    """Return a code that is good already, and not the one that was used."""
    return TOTP(SANDBOX_TOTP_SEED).at(datetime.now(UTC) + timedelta(seconds=30))


def test_an_ended_session_is_renewed_from_the_environment(
    cli: Glomex, monkeypatch: pytest.MonkeyPatch
) -> None:
    with sandbox(monkeypatch) as app:
        cli("login", answers=[ROBOT, TENANT, PASSWORD])
        cli.now = lambda: ahead(hours=2)
        assert cli("report", *JUNE).code == 4
        monkeypatch.setenv("GLOMEX_PASSWORD", PASSWORD)
        assert cli("report", *JUNE).code == 0
        assert app.executed("createSession") == 2


def test_a_refused_token_is_renewed_in_the_middle_of_a_report(
    cli: Glomex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GLOMEX_PASSWORD", PASSWORD)
    monkeypatch.setenv("GLOMEX_TENANT", TENANT)
    with sandbox(monkeypatch, SandboxOptions(token_life_s=0)) as app:
        cli.now = lambda: ahead(minutes=-5)  # by this clock the token is still good
        cli("login", "--login", ROBOT)
        done = cli("report", *JUNE)
    assert done.code == 4
    assert app.executed("createSession") == 2  # renewed once, never in a loop


def test_the_kept_session_is_the_renewed_one(cli: Glomex, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GLOMEX_PASSWORD", PASSWORD)
    with sandbox(monkeypatch) as app:
        cli("login", answers=[ROBOT, TENANT])
        first = cli("token").out
        cli.now = lambda: ahead(hours=2)
        second = cli("token").out
        assert (first != second, cli("token").out) == (True, second)
        assert app.executed("createSession") == 2


def test_where_somebody_can_answer_the_prompt_comes_and_the_report_goes_on(
    cli: Glomex, monkeypatch: pytest.MonkeyPatch
) -> None:
    with sandbox(monkeypatch):
        cli("login", answers=[LOGIN, TENANT, PASSWORD, current_code])
        cli.now = lambda: ahead(hours=2)
        done = cli("report", *JUNE, answers=[PASSWORD, code_of_the_next_window])
    assert cli.asked == [
        (f"The session has expired. Password of {LOGIN}", True),
        ("MFA code", False),
    ]
    assert (done.code, done.out.count("day")) == (0, 3)


def test_where_nobody_can_answer_the_command_to_type_is_named(
    cli: Glomex, monkeypatch: pytest.MonkeyPatch
) -> None:
    with sandbox(monkeypatch) as app:
        cli("login", "-p", "studio", answers=[ROBOT, TENANT, PASSWORD])
        cli.now = lambda: ahead(hours=2)
        done = cli("report", "-p", "studio")
        assert app.executed("createSession") == 1
    assert (done.code, done.out) == (4, "")
    assert done.err == (
        "error: the session has expired\nhint: sign in again: glomex login -p studio\n"
    )


@pytest.mark.attack("R8")
@pytest.mark.parametrize(("store", "sign_ins"), [("file", 1), ("none", 2), ("", 2)])
def test_the_environment_alone_signs_in_and_shares_the_session_where_a_store_is_named(
    cli: Glomex, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, store: str, sign_ins: int
) -> None:
    values = {"LOGIN": ROBOT, "TENANT": TENANT, "PASSWORD": PASSWORD, "STORE": store}
    for name, value in values.items():
        monkeypatch.setenv(f"GLOMEX_{name}", value)
    with sandbox(monkeypatch) as app:
        assert cli("report", *JUNE).code == 0
        assert cli("report", *JUNE).code == 0
        assert app.executed("createSession") == sign_ins
    assert (tmp_path / "config" / "credentials.json").exists() is (store == "file")


@pytest.mark.parametrize("store", ["", "none"])
def test_a_second_renewal_from_the_environment_keeps_and_prints_nothing_either(
    cli: Glomex, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, store: str
) -> None:
    for name, value in (
        ("LOGIN", ROBOT),
        ("TENANT", TENANT),
        ("PASSWORD", PASSWORD),
        ("STORE", store),
    ):
        monkeypatch.setenv(f"GLOMEX_{name}", value)
    with sandbox(monkeypatch, SandboxOptions(token_life_s=0)) as app:
        cli.now = lambda: ahead(minutes=-5)  # by this clock each token is still good
        done = cli("report", *JUNE)
        assert app.executed("createSession") == 2
    assert (done.code, done.out) == (4, "")
    assert not (tmp_path / "config" / "credentials.json").exists()


def test_a_store_that_cannot_keep_the_renewed_session_does_not_stop_the_report(
    cli: Glomex, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("GLOMEX_PASSWORD", PASSWORD)
    with sandbox(monkeypatch):
        cli("login", answers=[ROBOT, TENANT])
        cli.now = lambda: ahead(hours=2)
        lock = tmp_path / "config" / ".credentials.json.lock"
        lock.unlink()
        lock.mkdir()
        done = cli("report", *JUNE)
    assert (done.code, done.out.count("day")) == (0, 3)
    assert done.err.startswith("the renewed session was not saved: ")


def test_codes_come_from_the_seed_and_none_is_sent_twice(
    cli: Glomex, monkeypatch: pytest.MonkeyPatch
) -> None:
    seed = f"otpauth://totp/x?secret={SANDBOX_TOTP_SEED.lower()}"
    for name, value in (("PASSWORD", PASSWORD), ("TOTP_SECRET", seed)):
        monkeypatch.setenv(f"GLOMEX_{name}", value)
    with sandbox(monkeypatch) as app:
        assert cli("login", "--login", LOGIN, "--tenant", TENANT).code == 0
        assert app.executed("createMFASession") == 1
        assert cli.asked == []


def test_ten_reports_after_the_end_make_one_sign_in(
    cli: Glomex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GLOMEX_PASSWORD", PASSWORD)
    with sandbox(monkeypatch) as app:
        cli.now = lambda: ahead(hours=-2)  # so that what is kept has ended an hour ago
        cli("login", answers=[ROBOT, TENANT])
        reports = [
            subprocess.Popen([*GLOMEX, "report", *JUNE], stdout=subprocess.PIPE, text=True)
            for _ in range(10)
        ]
        outputs = {report.communicate()[0] for report in reports}
        assert [report.returncode for report in reports] == [0] * 10
        assert len(outputs) == 1
        assert app.executed("createSession") == 2


def test_a_given_token_opens_no_store_and_imports_no_keyring(
    cli: Glomex, monkeypatch: pytest.MonkeyPatch
) -> None:
    with sandbox(monkeypatch):
        token = cli("login", "--store", "none", answers=[ROBOT, TENANT, PASSWORD]).out.strip()
        monkeypatch.setenv("GLOMEX_TOKEN", token)
        monkeypatch.setenv("GLOMEX_STORE", "keyring")
        imported = modules_of("report", *JUNE)
    assert not {"keyring", "glomex_cli.storage.keyring_store"} & imported


def test_the_password_is_remembered_in_the_keyring_only(
    cli: Glomex, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = cli("login", "--remember", "--store", "file")
    assert (done.code, cli.asked) == (2, [])
    assert done.err == (
        "error: --remember saves a password, which only the keyring may hold\n"
        "hint: --store keyring\n"
    )
