"""The README tells the truth: its commands run, and print what it shows.

After a change that is meant, `UPDATE_README=1 pytest -n 0
tests/project/test_readme.py` writes the new outputs:
read the difference before committing it.
"""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from glomex_cli.cli.app import COMMANDS
from glomex_cli.errors import ExitCode
from support.cli import Glomex
from support.files import ROOT
from support.programs import needs
from support.servers.service import PASSWORD, ROBOT, TENANT, Service

pytestmark = pytest.mark.process

README = ROOT / "README.md"
TEXT = README.read_text("utf-8")
_BLOCK = re.compile(r"(?<=```console\n).*?(?=```)", re.DOTALL)


def in_bash(command: str) -> list[str]:
    """Return how bash runs a line of the README, where `glomex` is this checkout's."""
    glomex = f'glomex() {{ {shlex.quote(sys.executable)} -m glomex_cli "$@"; }}'
    return ["bash", "-euo", "pipefail", "-c", f"{glomex}\n{command}"]


def printed(command: str, folder: Path) -> str:
    """Run a line of the README; a report that goes into no pipe is what a terminal shows."""
    if command.startswith("glomex report") and not {"|", ">"} & set(command):
        return f"$ {command}\n{shown(command, folder)}"
    done = subprocess.run(in_bash(command), capture_output=True, text=True, cwd=folder, check=False)
    assert done.returncode == 0, done.stderr
    return f"$ {command}\n{done.stdout}"


def shown(command: str, folder: Path) -> str:
    """Return what a terminal without colors shows of stdout."""
    screen, line = os.openpty()
    environ = {**os.environ, "NO_COLOR": "1"}
    with subprocess.Popen(
        in_bash(command), stdout=line, stderr=subprocess.PIPE, cwd=folder, env=environ
    ) as running:
        os.close(line)
        text = b"".join(iter(lambda: _chunk(screen), b""))
        _, told = running.communicate()
    os.close(screen)
    assert running.returncode == 0, told
    return text.decode().replace("\r\n", "\n")


def _chunk(screen: int) -> bytes:
    try:
        return os.read(screen, 4096)
    except OSError:  # Linux: the last writer has closed it
        return b""


def as_run_today(text: str, folder: Path) -> str:
    """Return the README with what its commands print now in place of what it shows."""

    def run(block: re.Match[str]) -> str:
        commands = [line[2:] for line in block.group().splitlines() if line.startswith("$ ")]
        return "".join(printed(command, folder) for command in commands)

    return _BLOCK.sub(run, text)


PICTURE = README.parent / "tests" / "pictures" / "video_views.svg"
DRAWN = "glomex plot video_views --from 2025-05-01 --to 2025-06-30 --width 100 --height 24 --output"


def blocks(language: str) -> list[str]:
    """Return the fenced blocks of one language."""
    return re.findall(rf"^```{language}\n(.*?)^```", TEXT, re.DOTALL | re.MULTILINE)


@needs("jq", "bash")
def test_every_command_prints_what_the_readme_shows(
    cli: Glomex, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    is_update = os.environ.get("UPDATE_README") == "1"
    monkeypatch.setenv("GLOMEX_ENDPOINT", "sandbox")
    monkeypatch.setenv("COLUMNS", "80")
    assert cli("login", answers=[ROBOT, TENANT, PASSWORD]).code == 0
    today = as_run_today(TEXT, tmp_path)
    if is_update:
        README.write_text(today, "utf-8")
    assert today == TEXT


# The first two set everything up, and are what CI begins with.
SCRIPTS = [
    *blocks("sh")[2:],
    *(line.split(maxsplit=5)[5] for block in blocks("crontab") for line in block.splitlines()),
    *(re.findall(r"run: (.+)", block)[0] for block in blocks("yaml")),
]


@needs("bash")
def test_the_gallery_needs_nothing_that_it_does_not_say(tmp_path: Path) -> None:
    lines = re.findall(r"^\$ (export .*)$", TEXT, re.MULTILINE)
    report = "glomex report --from 2025-06-02 --to 2025-06-02 -f csv"
    done = printed("\n".join([*lines, report]), tmp_path)
    assert done.endswith("2025-06-02,38246,27279\n")


@needs("bash", "curl")
@pytest.mark.parametrize("script", SCRIPTS)
def test_every_recipe_runs(signed_in: Service, tmp_path: Path, script: str) -> None:
    (tmp_path / "home").mkdir()
    printed(script.strip().replace("https://graphql.glomex.com/v1", signed_in.url), tmp_path)


def test_every_block_is_of_a_kind_that_is_run() -> None:
    kinds = set(re.findall(r"^```(\w+)$", TEXT, re.MULTILINE))
    assert kinds == {"console", "sh", "crontab", "yaml", "python", "sql", "text"}


def test_the_tree_shows_every_room_and_none_besides() -> None:
    (tree,) = re.findall(r"(?<=```text\n)cli/.*?(?=```)", TEXT, re.DOTALL)
    rooms = {file.parent.name for file in (ROOT / "glomex_cli").glob("*/__init__.py")}
    named = set(re.findall(r"(?:^|  )(\w+)/ ", tree, re.MULTILINE))
    assert named == rooms
    modules = {file.stem for file in (ROOT / "glomex_cli").glob("*.py")} - {"__init__", "__main__"}
    assert modules == set(re.findall(r"[a-z]+(?=[,:])", tree.splitlines()[-1]))


def test_the_picture_is_what_the_program_draws(
    cli: Glomex, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GLOMEX_ENDPOINT", "sandbox")
    assert cli("login", answers=[ROBOT, TENANT, PASSWORD]).code == 0
    drawn = tmp_path / "drawn.svg"
    assert cli(*shlex.split(DRAWN)[1:], str(drawn)).code == 0
    if os.environ.get("UPDATE_README") == "1":
        PICTURE.write_text(drawn.read_text("utf-8"), "utf-8")
    assert str(PICTURE.relative_to(README.parent)) in TEXT
    assert drawn.read_text("utf-8") == PICTURE.read_text("utf-8")


def test_every_command_and_exit_code_is_listed() -> None:
    assert all(f"`glomex {name}" in TEXT for name in COMMANDS)
    assert [int(code) for code in re.findall(r"^\| (\d+) \|", TEXT, re.MULTILINE)] == list(ExitCode)


@pytest.mark.fault("F50")
def test_the_help_and_the_readme_agree_on_exit_codes(
    cli: Glomex, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli("--help").code == 0
    shown = capsys.readouterr().out
    for code, meaning in re.findall(r"^\| (\d+) \| (.+) \|", TEXT, re.MULTILINE):
        assert re.search(rf"^ +{code}  {re.escape(meaning.replace('`', ''))}$", shown, re.MULTILINE)
