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
from support.servers.fault_answers import http
from support.servers.fault_server import FaultServer, Peer
from support.servers.gateway import robot_token
from support.servers.service import PASSWORD, ROBOT, TENANT

pytestmark = pytest.mark.process

# Every library that the package may import but Typer, and what costs in the standard library.
WATCHED = {
    "arro3", "asyncio", "click", "graphql", "httpcore", "httpx", "jwt", "keyring", "obstore",
    "platformdirs", "plotext", "pyarrow", "pyotp", "rich", "ssl", "tomlkit", "wcwidth",
}  # fmt: skip
# Where click is installed, as beside development tools, httpx loads its own command line, and
# rich with it. People do not have it.
PROGRAM = """
import sys
sys.modules["click"] = None
from glomex_cli.cli.main import run_process
code = run_process()
print(*(name for name in sys.modules if sys.modules[name]), file=sys.stderr)
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
    ("report", "-f", "table", *JUNE): WIRE,
    ("report", "-f", "table", "--color", "always", *JUNE): {*WIRE, "rich"},
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


# How many modules of the package a command may load: a new one has to be worth its time.
OWN_MODULES = {
    "--version": 11,
    "--help": 11,
    "sparkline 1 2 3": 42,
    "report --help": 33,
    "token": 34,
    "report -f csv --from 2025-06-01 --to 2025-06-03": 103,
    "sparkline video_views --from 2025-06-01 --to 2025-06-03": 121,
    "plot video_views --from 2025-06-01 --to 2025-06-03": 133,
}


@pytest.fixture(autouse=True)
def _alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GLOMEX_CONFIG_DIR", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("GLOMEX_STORE", "file")


def days_and_no_schema(peer: Peer) -> None:
    """Answer reports; refuse to tell the schema, which is a normal case."""
    asked_schema = b"__schema" in peer.request.body
    refusal = {"errors": [{"message": "GraphQL introspection is not allowed"}]}
    by_video = b"dimensions: [video" in peer.request.body
    days = DAYS if b"2025-06-" in peer.request.body else []
    rows = [{"video": "v-1", **row} for row in days] if by_video else days
    peer.send(http(200, body=refusal) if asked_schema else answer(rows))


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[FaultServer]:
    monkeypatch.setenv("GLOMEX_TOKEN", robot_token())
    with FaultServer(days_and_no_schema) as opened:
        monkeypatch.setenv("GLOMEX_ENDPOINT", opened.url)
        yield opened


def modules_of(*argv: str) -> set[str]:
    """Return the names of all modules that `glomex ARGV` has loaded when it ends well."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *argv],
        input="1 2 3",
        capture_output=True,
        text=True,
        env=unmeasured(),
        check=False,
        timeout=30,
    )
    assert done.returncode == 0, done.stderr
    return set(done.stderr.split())


def loaded(*argv: str) -> set[str]:
    """Return those of WATCHED that `glomex ARGV` has loaded when it ends well."""
    return WATCHED & {name.partition(".")[0] for name in modules_of(*argv)}


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


@pytest.mark.usefixtures("server")
@pytest.mark.parametrize(("words", "most"), OWN_MODULES.items(), ids=OWN_MODULES)
def test_a_command_loads_few_modules_of_the_package(words: str, most: int) -> None:
    own = {name for name in modules_of(*words.split()) if name.startswith("glomex_cli")}
    assert len(own) <= most, sorted(own)


def test_importing_the_package_imports_nothing_of_it() -> None:
    code = "import sys, glomex_cli; print(*(n for n in sys.modules if n.startswith('glomex_cli')))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=unmeasured()
    )
    assert done.stdout.split() == ["glomex_cli"]


@pytest.mark.usefixtures("server")
def test_an_export_loads_a_writer_and_for_a_folder_no_client_of_buckets(tmp_path: Path) -> None:
    lake = str(tmp_path / "lake")
    assert loaded("export", lake, "--from", "2025-06-01") - {"platformdirs"} == {*WIRE, "arro3"}
