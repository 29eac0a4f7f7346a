"""Environments that people have: no home, another user's, odd folders, other clocks, `nohup`."""

import os
import shlex
import subprocess
import sys
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import pytest

from support.files import unmeasured
from support.fortnight import days_before
from support.servers.service import PASSWORD, ROBOT, TENANT
from support.zones import local_time

pytestmark = pytest.mark.process

GLOMEX = [sys.executable, "-m", "glomex_cli"]
START = ["report", "--endpoint", "sandbox", "-f", "csv", "--no-input"]
REPORT = [*START, "--from", "2025-06-02", "--to", "2025-06-03"]
# A user with a number that no list of users holds; the files of this one stay readable.
NAMELESS = ["unshare", "-U", "--map-user=54321", "--map-group=54321"]
SIGN_IN = {"GLOMEX_LOGIN": ROBOT, "GLOMEX_TENANT": TENANT, "GLOMEX_PASSWORD": PASSWORD}
NO_HOME = "error: there is no usable home folder\n"


def can_be_nameless() -> bool:
    """Return whether this system lets a process be a user without a name."""
    try:
        return subprocess.run([*NAMELESS, "true"], check=False, capture_output=True).returncode == 0
    except OSError:
        return False


nameless_only = pytest.mark.skipif(not can_be_nameless(), reason="needs user namespaces")


def run(
    command: list[str], environ: Mapping[str, str], cwd: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a command with the program's own variables from `environ` alone."""
    own = {name: value for name, value in unmeasured().items() if not name.startswith("GLOMEX_")}
    own = {name: value for name, value in own.items() if not name.startswith(("XDG_", "HOME"))}
    return subprocess.run(
        command, env={**own, **environ}, cwd=cwd, capture_output=True, text=True, check=False
    )


@nameless_only
@pytest.mark.bug("B2")
@pytest.mark.parametrize("home", [{}, {"HOME": ""}])
def test_without_a_home_the_environment_is_enough(home: dict[str, str]) -> None:
    done = run([*NAMELESS, *GLOMEX, *REPORT], {**SIGN_IN, **home})
    assert (done.returncode, done.stderr) == (0, "")
    assert len(done.stdout.splitlines()) == 3


@nameless_only
@pytest.mark.bug("B2")
@pytest.mark.parametrize(
    ("argv", "hint"),
    [
        (["login", "--endpoint", "sandbox", "--store", "file"], "GLOMEX_CONFIG_DIR"),
        (["completion", "bash", "--install"], "XDG_DATA_HOME"),
    ],
)
def test_what_needs_a_home_says_so(argv: list[str], hint: str) -> None:
    done = run([*NAMELESS, *GLOMEX, *argv], {**SIGN_IN, "HOME": ""})
    assert (done.returncode, done.stdout) == (9, "")
    assert done.stderr.startswith(NO_HOME)
    assert hint in done.stderr


@pytest.mark.attack("R18")
@pytest.mark.parametrize("path", [None, "", ":/x", ".", "/x:"])
def test_nothing_of_the_current_folder_is_imported(path: str | None, tmp_path: Path) -> None:
    names = ("typer", "httpx", "json", "signal", "rich", "platformdirs")
    for name in names:
        (tmp_path / f"{name}.py").write_text('import os; print("RAN"); os._exit(99)\n')
    environ = {"HOME": str(tmp_path / "home")} | ({} if path is None else {"PYTHONPATH": path})
    start = "import sys; sys.argv[0] = 'glomex'; from glomex_cli.__main__ import main; main()"
    for command in (GLOMEX, [sys.executable, "-P", "-c", start]):
        done = run([*command, *REPORT], {**environ, **SIGN_IN}, tmp_path)
        assert (done.returncode, "RAN" in done.stdout) == (0, False), done.stderr


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Etc/GMT+12", "Nowhere/Odd", ""])
def test_any_time_zone_will_do(zone: str, tmp_path: Path) -> None:
    done = run([*GLOMEX, *START, "--last", "14d"], {**SIGN_IN, "HOME": str(tmp_path), "TZ": zone})
    with local_time(zone):
        today = datetime.now().astimezone().date()
    days = [line.partition(",")[0] for line in done.stdout.splitlines()]
    assert (done.returncode, days) == (0, ["day", *days_before(today, 14)])


def test_a_folder_may_have_blanks_in_its_name(tmp_path: Path) -> None:
    folder = tmp_path / 'a folder\'s "name"'
    environ = {**SIGN_IN, "HOME": str(folder), "GLOMEX_STORE": "file"}
    assert run([*GLOMEX, *REPORT], environ, tmp_path).returncode == 0
    config = folder / ".config" / "glomex"
    (config / "credentials.json").chmod(0o644)
    done = run([*GLOMEX, *REPORT], environ)
    assert done.returncode == 9
    typed = shlex.split(done.stderr.partition("hint: ")[2])
    assert typed == ["chmod", "600", str(config / "credentials.json")]


@pytest.mark.skipif(not os.path.exists("/usr/bin/nohup"), reason="needs nohup")  # noqa: PTH110
def test_nohup_is_no_obstacle(tmp_path: Path) -> None:
    done = run(["nohup", *GLOMEX, *REPORT], {**SIGN_IN, "HOME": str(tmp_path)})
    assert (done.returncode, len(done.stdout.splitlines())) == (0, 3)


@pytest.mark.bug("B7")
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("start", ["", "\ufeff"])
def test_line_ends_and_marks_in_variables_are_no_part_of_them(
    start: str, end: str, tmp_path: Path
) -> None:
    values = {**SIGN_IN, "GLOMEX_ENDPOINT": "sandbox", "GLOMEX_STORE": "none"}
    spoiled = {name: f"{start}{value}{end}" for name, value in values.items()}
    argv = [word for word in REPORT if word not in {"--endpoint", "sandbox"}]
    done = run([*GLOMEX, *argv], {**spoiled, "HOME": str(tmp_path)})
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.bug("B7")
def test_a_mark_before_the_password_on_stdin_is_no_part_of_it(tmp_path: Path) -> None:
    environ = {**os.environ, "HOME": str(tmp_path), "GLOMEX_STORE": "file"}
    argv = ["login", "--endpoint", "sandbox", "--login", ROBOT, "--tenant", TENANT]
    done = subprocess.run(
        [*GLOMEX, *argv, "--password-stdin"],
        input=b"\xef\xbb\xbf" + PASSWORD.encode() + b"\r\n",
        env=environ,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.attack("R16")
def test_a_password_on_stdin_is_bounded(tmp_path: Path) -> None:
    argv = ["login", "--endpoint", "sandbox", "--login", ROBOT, "--tenant", TENANT]
    environ = {**os.environ, "HOME": str(tmp_path), "GLOMEX_STORE": "file"}
    with Path("/dev/zero").open("rb") as endless:
        done = subprocess.run(
            [*GLOMEX, *argv, "--password-stdin"],
            stdin=endless,
            env=environ,
            capture_output=True,
            check=False,
            timeout=30,
        )
    assert done.returncode == 2
    assert b"longer than 4096 bytes" in done.stderr


@pytest.mark.bug("B7")
def test_the_word_bearer_is_no_part_of_a_token(tmp_path: Path) -> None:
    done = run([*GLOMEX, *REPORT], {"GLOMEX_TOKEN": "Bearer abc", "HOME": str(tmp_path)})
    assert done.returncode == 4
    assert "remove that word" in done.stderr
