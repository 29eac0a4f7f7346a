"""A disk that is full: one line, the documented exit code, and nothing half written."""

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from support.cli import Glomex
from support.files import names
from support.programs import GLOMEX, needs
from support.servers.service import PASSWORD, ROBOT, TENANT, Service

REPORT = "report --from 2025-05-01 --to 2025-06-30 -d video,day"
AS_ROBOT = f"--login {ROBOT} --tenant {TENANT} --no-input"
NO_SPACE = "No space left on device"

pytestmark = [
    needs("bash"),
    pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system"),
]


def shell(script: str, environ: Mapping[str, str] = {}) -> "subprocess.CompletedProcess[str]":
    """Run a script in which `$G` is the program."""
    return subprocess.run(
        ["bash", "-c", script.replace("$G", GLOMEX)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **environ},
    )


@pytest.mark.fault("F16", "F27")
@pytest.mark.parametrize(
    "words",
    [
        "--help",
        "--version",
        "sparkline 1 2 3",
        "completion bash",
        "token",
        "status",
        "schema --quiet",
        f"{REPORT} -f csv",
        f"{REPORT} -f json",
        f"{REPORT} -f table",
        "plot video_views --last 7d",
        "query '{ __typename }'",
    ],
)
def test_a_full_disk_behind_stdout_is_one_line(signed_in: Service, words: str) -> None:
    done = shell(f"$G {words} > /dev/full")
    assert (done.returncode, done.stderr) == (
        1,
        (f"error: system error: {NO_SPACE}\nhint: free space on the disk of stdout or --output\n"),
    )


def test_a_full_disk_behind_follow_is_one_line() -> None:
    done = shell("(echo 1; echo 2) | $G sparkline --follow > /dev/full")
    assert (done.returncode, done.stderr) == (
        1,
        (f"error: system error: {NO_SPACE}\nhint: free space on the disk of stdout or --output\n"),
    )


@pytest.mark.fault("F16", "F27")
@pytest.mark.parametrize("words", [f"{REPORT} -f csv", f"{REPORT} -f markdown"])
def test_a_full_disk_behind_output_is_named(signed_in: Service, words: str) -> None:
    done = shell(f"$G {words} --output /dev/full")
    error, _ = done.stderr.splitlines()
    assert (done.returncode, error) == (1, f"error: cannot write /dev/full: {NO_SPACE}")


@pytest.mark.parametrize("gone", ["2>/dev/full", "2>&-"])
def test_a_command_does_its_work_though_nobody_can_be_told(
    signed_in: Service, tmp_path: Path, gone: str
) -> None:
    environ = {"GLOMEX_PASSWORD": PASSWORD}
    assert shell(f"$G login -p studio {AS_ROBOT} {gone}", environ).returncode == 0
    assert shell(f"$G logout --all {gone}").returncode == 0
    assert not (tmp_path / "config" / "credentials.json").exists()


@pytest.mark.parametrize(
    ("words", "code"), [("nonsense", 2), ("report --last 2d --strict -m no_such", 2)]
)
def test_an_error_that_cannot_be_told_keeps_its_exit_code(
    signed_in: Service, words: str, code: int
) -> None:
    for gone in ("2>/dev/full", "2>&-", ">/dev/full 2>/dev/full"):
        assert shell(f"$G {words} {gone}").returncode == code


@pytest.mark.fault("F27")
@pytest.mark.parametrize(
    "words", ["--version", "login --help", "sparkline 1 2 3", f"{REPORT} -f csv"]
)
def test_a_closed_stdout_is_told(signed_in: Service, words: str) -> None:
    done = shell(f"$G {words} >&-")
    assert (done.returncode, done.stderr) == (
        1,
        (
            "error: system error: Bad file descriptor\n"
            "hint: check the target of stdout, or use --output FILE\n"
        ),
    )


@pytest.mark.fault("F27")
@pytest.mark.parametrize(
    ("script", "code", "out"),
    [
        ("$G sparkline 1 2 2>&-", 0, "▁█\n"),
        ("$G sparkline 1 2 <&-", 0, "▁█\n"),
        ("$G sparkline 1 2 >&- 2>&-", 1, ""),
        ("$G sparkline 1 2 | true; echo ${PIPESTATUS[0]} | tr 0 1", 0, "141\n"),
    ],
)
def test_streams_that_are_closed_are_met_quietly(script: str, code: int, out: str) -> None:
    done = shell(script)
    assert (done.returncode, done.stdout, done.stderr) == (code, out, "")


@pytest.mark.fault("F27", "F28")
@pytest.mark.parametrize("before", ["old\n", None])
def test_a_file_that_may_not_grow_is_told_and_the_old_one_stays(
    signed_in: Service, tmp_path: Path, before: str | None
) -> None:
    file = tmp_path / "out" / "report"
    file.parent.mkdir()
    if before is not None:
        file.write_text(before)
    done = shell(f"ulimit -f 1; $G {REPORT} -f csv --output {file}")
    error, _ = done.stderr.splitlines()
    assert (done.returncode, error) == (1, f"error: cannot write {file}: File too large")
    assert (file.read_text() if file.exists() else None) == before
    assert names(file.parent) <= {"report"}


def test_a_full_disk_is_told_before_a_password_is_asked_for(
    service: Service, tmp_path: Path
) -> None:
    done = shell(f"ulimit -f 0; $G login {AS_ROBOT}", {"GLOMEX_PASSWORD": PASSWORD})
    error, hint = done.stderr.splitlines()
    assert done.returncode == 9
    assert error.endswith("credentials.json cannot be used: file too large")
    assert hint.startswith("hint: ls -ld ")
    assert names(tmp_path / "config") == {".credentials.json.lock"}


@pytest.mark.parametrize("words", ["login -p second", "logout", "status --use second"])
def test_a_full_disk_leaves_session_and_settings_as_they_are(
    signed_in: Service, cli: Glomex, tmp_path: Path, words: str
) -> None:
    assert cli("login", "-p", "second", answers=[ROBOT, TENANT, PASSWORD]).code == 0
    folder = tmp_path / "config"
    before = {path: path.read_bytes() for path in folder.iterdir()}
    given = AS_ROBOT if words.startswith("login") else ""
    done = shell(f"ulimit -f 0; $G {words} {given}", {"GLOMEX_PASSWORD": PASSWORD})
    assert (done.returncode, done.stdout) == (9, "")
    assert done.stderr.count("error: ") == 1
    assert {path: path.read_bytes() for path in folder.iterdir()} == before
