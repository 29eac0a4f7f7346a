"""The program as a process: streams apart, exit codes, a reader that leaves, a full disk."""

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from support.programs import needs
from support.servers.gateway import robot_token
from support.servers.service import Service

GLOMEX = [sys.executable, "-m", "glomex_cli"]


def cli(*argv: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*GLOMEX, *argv], input=stdin, capture_output=True, text=True, check=False
    )


def shell(script: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["bash", "-c", script.replace("$G", shlex.join(GLOMEX))],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ,
    )


def test_a_bare_glomex_shows_the_help() -> None:
    done = cli()
    assert (done.returncode, done.stderr) == (0, "")
    assert "Reports:" in done.stdout


def test_errors_go_to_stderr_alone() -> None:
    done = cli("repot")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "error: unknown command 'repot'\nhint: did you mean glomex report?\n"


@pytest.mark.fault("F27")
@needs("bash")
def test_a_reader_that_leaves_ends_it_quietly_with_141(signed_in: Service) -> None:
    done = shell("$G report -d video,day --last 1m | head -1; echo ${PIPESTATUS[0]}")
    assert (done.stdout.splitlines()[-1], done.stderr) == ("141", "")


@pytest.mark.fault("F26")
@needs("bash")
def test_an_ascii_terminal_never_fails_on_an_encoding(signed_in: Service) -> None:
    done = shell("LC_ALL=C PYTHONUTF8=0 PYTHONIOENCODING=ascii $G sparkline 1 5 22")
    assert (done.returncode, done.stdout) == (0, ".:@\n")


@pytest.mark.fault("F7")
def test_nothing_in_the_current_folder_is_read(tmp_path: Path) -> None:
    here = tmp_path / "here"
    here.mkdir()
    for name in (".env", "config.toml", "credentials.json", ".netrc", "keyringrc.cfg"):
        (here / name).write_text("GLOMEX_ENDPOINT=http://127.0.0.1:1\n[glomex]\nbroken")
    environ = {**os.environ, "GLOMEX_TOKEN": robot_token(), "GLOMEX_ENDPOINT": "sandbox"}
    report = ["report", "--from", "2025-06-01", "--to", "2025-06-02"]
    for words in (report, ["status"]):
        done = subprocess.run(
            [*GLOMEX, *words], capture_output=True, text=True, check=False, cwd=here, env=environ
        )
        assert done.returncode == 0
        assert "127.0.0.1" not in done.stdout + done.stderr
