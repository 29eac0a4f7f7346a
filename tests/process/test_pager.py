"""Long tables go through the pager of the person, and the terminal is as before when it ends."""

import os
import shlex
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.answered import BY_VIDEO, DAYS, JUNE, LOST, answer, videos
from support.programs import GLOMEX, needs
from support.servers.fault_answers import whole
from support.servers.fault_server import FaultServer
from support.servers.network import TOKEN
from support.terminals.terminal import ended, modes, terminal

pytestmark = pytest.mark.process

ROWS = [{**DAYS[0], "day": f"2025-06-{day:02}"} for day in range(1, 31)]
LONG = "report --from 2025-06-01 --to 2025-06-30"
SHORT = " ".join(JUNE)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[FaultServer]:
    monkeypatch.setenv("GLOMEX_TOKEN", TOKEN)
    with FaultServer(whole(answer(ROWS))) as opened:
        monkeypatch.setenv("GLOMEX_ENDPOINT", opened.url)
        yield opened


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Return the file in which a pager keeps what it is given, after the value of LESS."""
    file = tmp_path / "paged"
    program = tmp_path / "pager.py"
    program.write_text(
        "import os, sys\n"
        "text = sys.stdin.read()\n"
        f"open({str(file)!r}, 'w').write(f\"{{os.environ['LESS']}}\\n{{text}}\")\n"
    )
    monkeypatch.setenv("PAGER", shlex.join([sys.executable, str(program)]))
    monkeypatch.delenv("LESS", raising=False)
    return file


def shown(command: str, code: int = 0) -> str:
    """Run `glomex COMMAND` in a terminal of 24 rows; return what it shows."""
    with terminal(f"{GLOMEX} {command}") as child:
        assert ended(child) == code
        return str(child.before)


def test_a_table_longer_than_the_terminal_goes_through_the_pager(
    server: FaultServer, kept: Path
) -> None:
    text = shown(LONG)
    assert text == "2025-06-01 to 2025-06-30 (30 days)\r\n"
    less, header, _, *rows = kept.read_text().splitlines()
    assert (less, len(rows)) == ("FRX", 30)
    assert "video_views" in header


def test_the_settings_of_less_are_the_persons_own(
    server: FaultServer, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LESS", "-S")
    shown(LONG)
    assert kept.read_text().startswith("-S\n")


@pytest.mark.parametrize(
    ("command", "environ"),
    [
        (f"{LONG} --no-pager", {}),
        (f"{LONG} --no-input", {}),
        (f"{LONG} -f csv", {}),
        (LONG, {"PAGER": ""}),
        (LONG, {"PAGER": "cat"}),
        (LONG, {"PAGER": "'"}),
        (LONG, {"PAGER": "no-such-program-here"}),
        (LONG, {"TERM": "dumb"}),
        (LONG, {"LINES": "60"}),
    ],
)
def test_what_is_not_to_be_paged_is_printed(
    server: FaultServer,
    kept: Path,
    monkeypatch: pytest.MonkeyPatch,
    command: str,
    environ: dict[str, str],
) -> None:
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    text = shown(command)
    assert text.count("2025-06-") >= 30
    assert not kept.exists()


def test_a_short_table_a_pipe_and_a_file_are_not_paged(
    server: FaultServer, kept: Path, tmp_path: Path
) -> None:
    with terminal(f"sh -c '{GLOMEX} {LONG} -f table | cat'") as child:
        assert ended(child) == 0
        assert str(child.before).count("2025-06-") == 30
    shown(f"{LONG} -f table -o {tmp_path / 'x'}")
    server.script = whole(answer(DAYS))
    assert "2025-06-03" in shown(SHORT)
    assert not kept.exists()


def test_who_leaves_the_pager_early_is_told_nothing(
    server: FaultServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.script = whole(answer(videos(900)))
    monkeypatch.setenv("PAGER", "head -n 3")
    text = shown(f"{' '.join(BY_VIDEO)} -q")
    assert len(text.splitlines()) == 3
    server.script = whole(answer(ROWS))
    monkeypatch.setenv("PAGER", "false")
    assert shown(f"{LONG} -q") == ""


def test_what_is_missing_is_told_after_the_table_with_its_exit_code(
    server: FaultServer, kept: Path
) -> None:
    server.script = whole(answer(ROWS, LOST))
    text = shown(LONG, code=6)
    assert text.endswith("hint: try again later\r\n")
    assert len(kept.read_text().splitlines()) == 33


@needs("less")
@pytest.mark.parametrize(("key", "code"), [("q", 0), ("\x03", 130)], ids=["q", "ctrl-c"])
def test_less_is_left_at_once_and_the_terminal_is_as_before(
    server: FaultServer, monkeypatch: pytest.MonkeyPatch, key: str, code: int
) -> None:
    monkeypatch.delenv("PAGER", raising=False)
    monkeypatch.delenv("LESS", raising=False)
    with terminal(f"{GLOMEX} {LONG}") as child:
        before = modes(child)
        child.expect("2025-06-19.*:")
        child.send(key)
        assert ended(child) == code
        assert "Traceback" not in child.before
        assert "Broken pipe" not in child.before
    with terminal("stty -a") as child:  # and a new terminal tells what a usual one is
        assert modes(child) == before
        ended(child)


@needs("less", "sh")
def test_after_ctrl_c_in_less_the_shell_echoes_as_before(
    server: FaultServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PAGER", raising=False)
    environ = {**os.environ, "PS1": "ready> "}
    with terminal("sh -i", environ) as child:
        child.expect_exact("ready> ")
        before = modes(child)
        child.sendline(f"{GLOMEX} {LONG}")
        child.expect_exact("2025-06-19")
        child.sendintr()
        child.expect_exact("ready> ")
        assert modes(child) == before
        child.sendline("echo the code is $?")
        child.expect_exact("the code is 130")
