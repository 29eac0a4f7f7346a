"""Ctrl-C and a termination while the program waits: it ends at once and leaves a clean terminal."""

import os
import signal
import subprocess
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import glomex_cli.cli.app
import glomex_cli.cli.main
from support.answered import BY_VIDEO, DAYS, JUNE, MANY, answer, videos
from support.files import interfering, names, unmeasured
from support.programs import GLOMEX, GLOMEX_ARGV, needs
from support.servers.fault_answers import held, http, silent, whole
from support.servers.fault_server import FaultServer, Script
from support.servers.network import TOKEN
from support.stores.secret_service import PROGRAMS, message_bus, unlocked_keyring
from support.terminals.terminal import ended, modes, terminal, wait_until

# The aim is half a second; a loaded machine gets more, and each wait that is ended lasts longer.
AT_ONCE_S = 8.0
LONG = answer(videos(MANY))


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[FaultServer]:
    monkeypatch.setenv("GLOMEX_TOKEN", TOKEN)
    with FaultServer(silent) as opened:
        monkeypatch.setenv("GLOMEX_ENDPOINT", opened.url)
        yield opened


def interrupted(child: Any) -> str:
    """Press Ctrl-C, expect the end in time and the terminal as it was; give what came after."""
    child.sendintr()
    began = time.monotonic()
    code = ended(child)
    assert time.monotonic() - began < AT_ONCE_S
    assert code == 130
    shown = str(child.before)
    assert shown.endswith("\r\n")
    assert "Traceback" not in shown
    assert "error: " not in shown
    return shown


@pytest.mark.fault("F50")
@pytest.mark.parametrize(
    ("script", "argv", "until"),
    [
        (silent, JUNE, ""),
        (silent, ("report", "--last", "3y"), ""),
        (silent, ("plot", "--last", "7d"), ""),
        (silent, ("schema",), ""),
        (held(LONG[:200]), JUNE, ""),
        (held(LONG[:-500]), (*BY_VIDEO, "-f", "ndjson"), "v-10000"),
        (whole(http(503, "Retry-After: 20")), JUNE, "trying again in 20 s"),
        (whole(answer(DAYS)), ("sparkline", "video_views", "--watch", "60"), "video_views"),
        (whole(LONG), (*BY_VIDEO, "-f", "csv"), "v-"),
    ],
    ids=["report", "windows", "plot", "schema", "half", "rows", "retry", "watch", "long"],
)
def test_ctrl_c_ends_a_wait_for_the_service_at_once(
    server: FaultServer, script: Script, argv: tuple[str, ...], until: str
) -> None:
    server.script = script
    with terminal(f"{GLOMEX} {' '.join(argv)}") as child:
        before = modes(child)
        wait_until(lambda: bool(server.requests))
        child.expect_exact(until) if until else time.sleep(0.05)
        assert modes(child) == before
        shown = interrupted(child)
        assert shown.count("\x1b[?25l") <= shown.count("\x1b[?25h")


def test_ctrl_c_ends_follow_at_once_with_a_whole_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    with terminal(f"{GLOMEX} sparkline --follow") as child:
        for number in (1, 2):
            child.sendline(str(number))
        child.expect_exact("▁█")
        interrupted(child)


@pytest.mark.fault("F50")
@needs(*PROGRAMS)
def test_ctrl_c_ends_the_wait_for_a_frozen_keyring_at_once(tmp_path: Path) -> None:
    with message_bus(tmp_path / "home") as bus, unlocked_keyring(bus) as daemon:
        daemon.send_signal(signal.SIGSTOP)
        environ = {**os.environ, **bus.environ, "GLOMEX_STORE": "keyring"}
        with terminal(f"{GLOMEX} token", environ) as child:
            child.expect_exact("waiting for your keyring")
            interrupted(child)


@needs("strace")
@pytest.mark.parametrize("module", [glomex_cli.cli.main, glomex_cli.cli.app])
def test_ctrl_c_is_quiet_while_the_program_loads(module: ModuleType) -> None:
    under = interfering("?newfstatat,?stat,?statx", "signal=INT:when=1")
    command = [*under, "-P", str(module.__file__), *GLOMEX_ARGV, "sparkline", "1", "2"]
    done = subprocess.run(command, env=unmeasured(), capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (-signal.SIGINT, b"", b"")


@contextmanager
def started(command: list[str], stdout: int | None = None) -> Generator["subprocess.Popen[bytes]"]:
    """Start a program, and kill it at the end, should it still run."""
    with subprocess.Popen(command, stdout=stdout, stderr=subprocess.PIPE) as process:
        try:
            yield process
        finally:
            process.kill()


@pytest.fixture
def full_pipe() -> Iterator[int]:
    """Return the end of a pipe that takes no byte more, and that nobody reads."""
    unread, full = os.pipe()
    os.set_blocking(full, False)
    with suppress(BlockingIOError):
        while True:
            os.write(full, bytes(4096))
    os.set_blocking(full, True)
    yield full
    os.close(unread)
    os.close(full)


@pytest.mark.fault("F50")
@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]
)
@pytest.mark.parametrize("count", [2, 4_001])
def test_a_reader_that_does_not_read_is_not_waited_for(
    server: FaultServer, full_pipe: int, count: int, number: signal.Signals, code: int
) -> None:
    server.script = whole(answer(videos(count)))
    command = [*GLOMEX_ARGV, *BY_VIDEO, "-f", "csv"]
    with started(command, stdout=full_pipe) as process:
        wait_until(lambda: bool(server.requests))
        time.sleep(0.3)  # it has its answer now, and cannot write it
        process.send_signal(number)
        began = time.monotonic()
        assert process.wait(5) == code
        assert time.monotonic() - began < AT_ONCE_S
        assert process.stderr is not None
        assert process.stderr.read() == b""


@pytest.mark.fault("F28", "F50")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_within_a_file_keeps_the_old_one_and_leaves_nothing(
    server: FaultServer, number: signal.Signals, tmp_path: Path
) -> None:
    server.script = held(LONG[:-500])
    file = tmp_path / "out" / "report"
    file.parent.mkdir()
    file.write_text("old")
    command = [*GLOMEX_ARGV, *BY_VIDEO, "-f", "ndjson", "--output", str(file)]
    with started(command) as process:
        wait_until(lambda: len(names(file.parent)) == 2)
        process.send_signal(number)
        assert process.wait(5) == 128 + number
        assert process.stderr is not None
        assert b"error" not in process.stderr.read().lower()
    assert (file.read_text(), names(file.parent)) == ("old", {"report"})
