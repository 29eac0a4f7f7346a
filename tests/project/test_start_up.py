"""What each command loads: no more than it uses, since a command line starts each time anew."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from glomex_cli.cli.app import COMMANDS
from support.answered import DAYS, answer
from support.cli import Glomex
from support.files import unmeasured
from support.servers.fault_answers import whole
from support.servers.fault_server import FaultServer, Peer
from support.servers.gateway import robot_token
from support.servers.service import PASSWORD, ROBOT, TENANT

pytestmark = pytest.mark.process

# Every library that the package may import but Typer, and what costs in the standard library.
WATCHED = {
    "asyncio", "click", "graphql", "httpcore", "httpx", "jwt", "keyring", "platformdirs",
    "plotext", "pyotp", "rich", "ssl", "tomlkit",
}  # fmt: skip
# Where click is installed, as beside development tools, httpx loads its own command line, and
# rich with it. People do not have it.
PROGRAM = """
import sys, threading, time
sys.modules["click"] = None

def tell_when_loaded(name):
    while name not in sys.modules:
        time.sleep(0.01)
    print("is loaded", file=sys.stderr, flush=True)

threading.Thread(target=tell_when_loaded, args=[sys.argv.pop(1)], daemon=True).start()
from glomex_cli.cli.main import run_process
code = run_process()
print(*{name.partition(".")[0] for name in sys.modules if sys.modules[name]}, file=sys.stderr)
sys.exit(code)
"""
WIRE = {"httpcore", "httpx", "ssl"}
JUNE = ("--from", "2025-06-01", "--to", "2025-06-03")
NO_SERVICE = [
    ["--version"],
    ["--help"],
    ["sparkline", "1", "2", "3"],
    ["sparkline", "-"],
    ["sparkline", "--labels", "-"],
    *([name, "--help"] for name in COMMANDS),
]
# What they use beside the folders of the system, which are asked for where learnt things lie.
SERVICE: dict[tuple[str, ...], set[str]] = {
    ("report", "-f", "json", *JUNE): WIRE,
    ("report", "-f", "ndjson", "--sort", "day", *JUNE): WIRE,
    ("report", "-f", "csv", "--total", *JUNE): WIRE,
    ("report", "-f", "table", *JUNE): {*WIRE, "rich"},
    ("sparkline", "video_views", *JUNE): WIRE,
    ("plot", "video_views", *JUNE): {*WIRE, "plotext"},
    ("query", "{ contentOwnerAnalyticsReport { rows { day } } }"): WIRE,
    ("schema",): WIRE,
    ("token",): set(),
    # The sandbox answers in this process: no connection, but a schema, tokens and codes.
    ("report", "-f", "json", "--endpoint", "sandbox", *JUNE): {
        "asyncio", "graphql", "httpx", "jwt", "pyotp", "ssl"
    },
}  # fmt: skip


@pytest.fixture(autouse=True)
def _alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GLOMEX_CONFIG_DIR", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("GLOMEX_STORE", "file")


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[FaultServer]:
    monkeypatch.setenv("GLOMEX_TOKEN", robot_token())
    with FaultServer(whole(answer(DAYS))) as opened:
        monkeypatch.setenv("GLOMEX_ENDPOINT", opened.url)
        yield opened


def started(*argv: str, awaited: str = "nothing") -> "subprocess.Popen[str]":
    """Start `glomex ARGV`, which tells on stderr when it has loaded the module `awaited`."""
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, awaited, *argv],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=unmeasured(),
    )


def loaded(*argv: str) -> set[str]:
    """Give those of WATCHED that `glomex ARGV` has loaded when it ends well."""
    with started(*argv) as child:
        _, told = child.communicate("1 2 3", timeout=30)
    assert child.returncode == 0, told
    return WATCHED & set(told.split())


@pytest.mark.parametrize("argv", NO_SERVICE, ids=" ".join)
def test_what_asks_no_service_loads_no_library_but_typer(argv: list[str]) -> None:
    assert loaded(*argv) == set()


def test_a_session_in_a_file_is_shown_and_forgotten_without_a_library(
    cli: Glomex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GLOMEX_ENDPOINT", "sandbox")
    assert cli("login", answers=[ROBOT, TENANT, PASSWORD]).code == 0
    assert loaded("status") == set()
    assert loaded("logout") <= {"tomlkit"}


@pytest.mark.usefixtures("server")
@pytest.mark.parametrize(("argv", "used"), SERVICE.items(), ids=map(" ".join, SERVICE))
def test_a_command_loads_what_it_uses_and_no_more(argv: tuple[str, ...], used: set[str]) -> None:
    assert loaded(*argv) - {"platformdirs"} == used


@pytest.mark.parametrize(
    ("words", "module"),
    [
        ("report -f table", "glomex_cli.output.table"),
        ("report -f json", "glomex_cli.output.json"),
        ("plot video_views", "plotext"),
    ],
)
def test_what_draws_the_rows_is_loaded_while_the_service_works(
    server: FaultServer, words: str, module: str
) -> None:
    with started(*words.split(), *JUNE, awaited=module) as child:
        out, told = child.stdout, child.stderr
        assert out is not None
        assert told is not None

        def after_it_is_loaded(peer: Peer) -> None:
            assert told.readline() == "is loaded\n"
            peer.send(answer(DAYS))

        server.script = after_it_is_loaded
        assert "06-03" in out.read()
    assert child.returncode == 0
