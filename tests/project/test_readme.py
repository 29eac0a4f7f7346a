"""The README tells the truth: its commands run, and print what it shows.

After a change that is meant, `UPDATE_README=1 pytest -n 0 tests/project/test_readme.py` writes the
new outputs: read the difference before committing it.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from datetime import datetime
from pathlib import Path

import pytest

from glomex_cli.cli.app import COMMANDS
from glomex_cli.errors import ExitCode
from support.cli import Glomex
from support.files import ROOT
from support.fortnight import days_before
from support.programs import needs
from support.servers.service import Service

pytestmark = pytest.mark.process

README = ROOT / "README.md"
TEXT = README.read_text("utf-8")
PICTURE = "glomex plot video_views --from 2025-05-01 --to 2025-06-30 --width 76 --height 13"
ACTIVATE = ". .venv/bin/activate"
_BLOCK = re.compile(r"(?<=```console\n).*?(?=```)", re.DOTALL)
_PICTURE_BLOCK = re.compile(r"(?<=```text\n).*?(?=```)", re.DOTALL)
_HERE = f'glomex() {{ {shlex.quote(sys.executable)} -m glomex_cli "$@"; }}'


def blocks(language: str) -> list[str]:
    """Return the fenced blocks of one language."""
    return re.findall(rf"^```{language}\n(.*?)^```", TEXT, re.DOTALL | re.MULTILINE)


class Stranger:
    """Types lines of the README in bash: an empty home, and nothing prepared.

    Variables that a line exports hold for those that follow. What goes into no pipe is shown as
    a terminal without colors shows it. `glomex` is this checkout's until a line activates one.
    """

    def __init__(self, folder: Path, home: Path) -> None:
        home.mkdir()
        self._folder = folder
        self._lines = ["set -euo pipefail", _HERE]
        self._environ = {
            "HOME": str(home),
            "PATH": os.environ["PATH"],
            "LANG": "C.UTF-8",
            "COLUMNS": "80",
            "NO_COLOR": "1",
            "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        }

    def types(self, line: str) -> str:
        """Return the output of a line, which has to succeed."""
        if line.startswith(("export ", ". ")):
            self._lines.append(line if line != ACTIVATE else self._activation())
            return ""
        is_shown = line.startswith("glomex report") and not {"|", ">"} & set(line)
        code = "\n".join([*self._lines, line])
        return self._shown(code) if is_shown else self._piped(code)

    def _activation(self) -> str:
        """Return the line itself where its folder is there, or nothing: this checkout's is used."""
        return f"{ACTIVATE}; unset -f glomex" if (self._folder / ".venv").exists() else ":"

    def _piped(self, code: str) -> str:
        done = subprocess.run(
            ["bash", "-c", code],
            capture_output=True,
            text=True,
            cwd=self._folder,
            env=self._environ,
            stdin=subprocess.DEVNULL,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def _shown(self, code: str) -> str:
        screen, line = os.openpty()
        with subprocess.Popen(
            ["bash", "-c", code],
            stdout=line,
            stderr=subprocess.PIPE,
            cwd=self._folder,
            env=self._environ,
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


def as_typed(text: str, stranger: Stranger) -> str:
    """Return the README with what its commands print now in place of what it shows."""

    def run(block: re.Match[str]) -> str:
        commands = [line for line in block.group().splitlines() if line.startswith("$ ")]
        return "".join(f"{command}\n{stranger.types(command[2:])}" for command in commands)

    return _BLOCK.sub(run, text)


@needs("jq", "bash")
def test_typed_from_top_to_bottom_it_shows_what_a_stranger_sees(tmp_path: Path) -> None:
    folder, home = tmp_path / "here", tmp_path / "stranger"
    folder.mkdir()
    stranger = Stranger(folder, home)
    today = as_typed(TEXT, stranger)
    drawn = stranger.types(PICTURE)
    today = _PICTURE_BLOCK.sub(lambda _: drawn, today, count=1)
    if os.environ.get("UPDATE_README") == "1":
        README.write_text(today, "utf-8")
    assert today == TEXT
    assert [path for path in home.rglob("*") if path.is_file()] == []


@needs("jq", "bash")
def test_the_first_command_installs_what_the_first_page_uses(tmp_path: Path) -> None:
    page = TEXT.partition("## Quick start")[2].partition("## Sign in")[0]
    # Outside of the test's own folder, which is looked through for the sandbox's passwords.
    with tempfile.TemporaryDirectory(prefix="a copy ") as name:
        folder = Path(name) / "glomex"
        shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns(".*", "tests"))
        stranger = Stranger(folder, tmp_path / "stranger")
        assert "time_to_first_frame" in stranger.types(blocks("sh")[0])
        assert as_typed(page, stranger) == page


# The first two set everything up, and are what CI begins with.
SCRIPTS = [
    *blocks("sh")[2:],
    *(line.split(maxsplit=5)[5] for block in blocks("crontab") for line in block.splitlines()),
    *(re.findall(r"run: (.+)", block)[0] for block in blocks("yaml")),
]


@needs("bash", "curl")
@pytest.mark.parametrize("script", SCRIPTS)
def test_every_recipe_runs(signed_in: Service, tmp_path: Path, script: str) -> None:
    (tmp_path / "home").mkdir()
    script = script.strip().replace("https://graphql.glomex.com/v1", signed_in.url)
    code = f"set -euo pipefail\n{_HERE}\n{script}"
    done = subprocess.run(
        ["bash", "-c", code], capture_output=True, text=True, cwd=tmp_path, check=False
    )
    is_empty = "--fail-empty" in script and not days_before(datetime.now().astimezone().date(), 1)
    assert done.returncode == (3 if is_empty else 0), done.stderr


def test_every_block_is_of_a_kind_that_is_run() -> None:
    kinds = set(re.findall(r"^```(\w+)$", TEXT, re.MULTILINE))
    assert kinds == {"console", "sh", "crontab", "yaml", "python", "sql", "text"}


def test_it_shows_no_picture_that_a_package_index_could_not() -> None:
    assert "![" not in TEXT
    links = re.findall(r"\]\(([^)#]+)", TEXT)
    assert links
    assert all(link.startswith("https://") or (ROOT / link).is_file() for link in links)


def test_every_command_and_exit_code_is_listed() -> None:
    assert all(f"`glomex {name}" in TEXT for name in COMMANDS)
    assert [int(code) for code in re.findall(r"^\| (\d+) \|", TEXT, re.MULTILINE)] == list(ExitCode)


@pytest.mark.fault("F50")
def test_the_help_and_the_readme_agree_on_exit_codes(cli: Glomex) -> None:
    shown = cli("help", "exit-codes").out
    for code, meaning in re.findall(r"^\| (\d+) \| (.+) \|", TEXT, re.MULTILINE):
        assert re.search(
            rf"^ *{code}  +{re.escape(meaning.replace('`', ''))}$", shown, re.MULTILINE
        )
