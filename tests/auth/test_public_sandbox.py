"""The embedded sandboxes need no sign-in; one by hand is kept, and used while it lasts."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from support.cli import Glomex
from support.files import names
from support.programs import needs
from support.servers.sandbox_client import Clock
from support.servers.service import LOGIN, PASSWORD, ROBOT, TENANT, Service, current_code

GLOMEX_COMMANDS = (
    ("report", "--last", "3d"),
    ("sparkline", "video_views"),
    ("plot", "video_views", "--last", "2w"),
    ("schema",),
    ("query", "{ __typename }"),
    ("token",),
    ("status",),
    ("doctor",),
    ("logout",),
    ("report", "--print-query"),
)
MUX_COMMANDS = (
    ("report", "-d", "hour", "--last", "3h"),
    ("sparkline", "time_to_first_frame", "--last", "24h"),
    ("plot", "views", "--last", "2d"),
    ("schema", "country"),
    ("query", "/data/v1/dimensions"),
    ("token",),
    ("status",),
    ("doctor",),
)
COMMANDS = [
    *(("sandbox", argv) for argv in GLOMEX_COMMANDS),
    *(("mux-sandbox", argv) for argv in MUX_COMMANDS),
]


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    """Return the environment of a new machine: an empty home, and no way to a keyring."""
    (tmp_path / "home").mkdir()
    return {
        "HOME": str(tmp_path / "home"),
        "PATH": os.environ["PATH"],
        "PYTHONPATH": os.pathsep.join(sys.path),
        "PYTHONDONTWRITEBYTECODE": "1",
    }


def run(environ: dict[str, str], *argv: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "glomex_cli", *argv],
        env=environ,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.process
@pytest.mark.parametrize(
    ("endpoint", "argv"), COMMANDS, ids=[f"{name} {argv[0]}" for name, argv in COMMANDS]
)
def test_every_command_works_at_once_on_a_new_machine_and_writes_nothing(
    environ: dict[str, str], tmp_path: Path, endpoint: str, argv: tuple[str, ...]
) -> None:
    done = run({**environ, "GLOMEX_ENDPOINT": endpoint}, *argv)
    assert (done.returncode, "error" in done.stderr) == (0, False), done.stderr
    assert done.stdout or argv == ("logout",)
    assert names(tmp_path / "home") == set()


@pytest.mark.process
def test_an_export_needs_no_sign_in_either(environ: dict[str, str], tmp_path: Path) -> None:
    argv = ("export", str(tmp_path / "out"), "--from", "yesterday", "--endpoint", "sandbox")
    done = run(environ, *argv)
    assert done.returncode == 0, done.stderr
    assert names(tmp_path / "home") == set()


@pytest.mark.process
@needs("strace")
def test_no_store_is_looked_for(environ: dict[str, str], tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    argv = ["strace", "-f", "-e", "trace=file", "-o", str(trace), sys.executable, "-m"]
    done = subprocess.run(
        [*argv, "glomex_cli", "report", "--last", "1d", "--endpoint", "sandbox"],
        env=environ,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    opened = trace.read_text()
    assert "config.toml" in opened
    assert not [name for name in ("credentials.json", "/keyring/", ".lock") if name in opened]


def status(cli: Glomex, *argv: str) -> dict[str, Any]:
    done = cli("status", "-f", "json", *argv)
    assert done.code == 0, done.err
    row: dict[str, Any] = json.loads(done.out)[0]
    return row


@pytest.mark.parametrize("endpoint", ["sandbox", "mux-sandbox"])
def test_status_and_doctor_say_that_no_sign_in_is_needed(
    cli: Glomex, monkeypatch: pytest.MonkeyPatch, endpoint: str
) -> None:
    monkeypatch.setenv("GLOMEX_ENDPOINT", endpoint)
    done = cli("status")
    assert (done.code, done.err) == (0, "the sandbox needs no sign-in\n")
    (row,) = json.loads(done.out)
    assert (row["profile"], row["login"], row["minutes_left"]) == (endpoint, None, None)
    checks = {row["check"]: row for row in json.loads(cli("doctor", "-f", "json").out)}
    assert checks["sign-in"]["text"] == "not needed: the sandbox uses its public account"
    assert checks["schema"]["state"] == "ok"


def test_a_session_made_by_hand_is_used_while_it_lasts(
    cli: Glomex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GLOMEX_ENDPOINT", "sandbox")
    assert cli("login", answers=[LOGIN, TENANT, PASSWORD, current_code]).code == 0
    kept = cli("token").out
    assert (cli("token").out, status(cli)["login"]) == (kept, LOGIN)
    assert cli("logout").code == 0
    assert cli("token").out != kept
    assert cli("report", "--last", "1d").code == 0


def test_a_session_that_has_ended_is_in_nobodys_way(
    cli: Glomex, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("GLOMEX_ENDPOINT", "sandbox")
    clock = Clock(datetime.now(UTC))
    cli.now = clock
    assert cli("login", answers=[LOGIN, TENANT, PASSWORD, current_code]).code == 0
    before = (tmp_path / "config" / "credentials.json").read_bytes()
    clock.wait(4000)
    done = cli("report", "--last", "1d")
    assert (done.code, cli.asked) == (0, [])
    assert status(cli)["minutes_left"] == 0
    assert (tmp_path / "config" / "credentials.json").read_bytes() == before


def test_a_session_that_is_refused_is_in_nobodys_way(
    cli: Glomex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GLOMEX_ENDPOINT", "sandbox")
    monkeypatch.setenv("GLOMEX_SANDBOX_TOKEN_LIFE", "0")
    assert cli("login", answers=[LOGIN, TENANT, PASSWORD, current_code]).code == 0
    monkeypatch.delenv("GLOMEX_SANDBOX_TOKEN_LIFE")
    assert (cli("report", "--last", "1d").code, cli.asked) == (0, [])


def test_a_sign_in_to_the_sandbox_takes_nobodys_place(
    cli: Glomex, signed_in: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert cli("login", "--endpoint", "sandbox", answers=[ROBOT, TENANT, PASSWORD]).code == 0
    monkeypatch.delenv("GLOMEX_ENDPOINT")
    rows = json.loads(cli("status", "-f", "json").out)
    assert [row["profile"] for row in rows] == ["default", "sandbox"]
    assert [row["origin"] for row in rows] == [signed_in.url.removesuffix("/v1"), "sandbox:"]


def test_a_sandbox_that_was_tried_first_does_not_become_the_default(
    cli: Glomex, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert cli("login", "--endpoint", "sandbox", answers=[ROBOT, TENANT, PASSWORD]).code == 0
    done = cli("report", "--last", "1d", "--no-input")
    assert (done.code, done.out) == (4, "")
    assert "not signed in to graphql.glomex.com" in done.err


def test_over_http_the_sandbox_wants_a_sign_in_as_any_service(
    cli: Glomex, service: Service
) -> None:
    assert cli("report", "--last", "1d").code == 4
    assert cli("status").code == 4


def test_who_the_environment_names_signs_in_or_is_refused(
    cli: Glomex, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (("LOGIN", ROBOT), ("TENANT", "t-other"), ("PASSWORD", PASSWORD)):
        monkeypatch.setenv(f"GLOMEX_{name}", value)
    monkeypatch.setenv("GLOMEX_ENDPOINT", "sandbox")
    assert cli("report", "--last", "1d").code == 4
    monkeypatch.setenv("GLOMEX_TENANT", TENANT)
    assert cli("report", "--last", "1d").code == 0


def test_what_is_refused_is_asked_once_more_and_no_oftener(
    cli: Glomex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GLOMEX_SANDBOX_TOKEN_LIFE", "0")
    done = cli("report", "--last", "1d", "-v", "--endpoint", "sandbox")
    assert (done.code, done.err.count("createSession")) == (4, 2)
