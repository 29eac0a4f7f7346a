"""A program in a real terminal, for tests that type."""

import os
import termios
import time
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from typing import Any, cast

import pexpect


@contextmanager
def terminal(
    command: str, environ: Mapping[str, str] = os.environ, *, columns: int = 80
) -> Generator[Any]:
    """Run `command` in a terminal of 24 lines; it is killed at the end, if it still runs."""
    spawned = pexpect.spawn(  # pyright: ignore[reportUnknownVariableType]  # it ships no types
        command, env=dict(environ), encoding="utf-8", timeout=60, dimensions=(24, columns)
    )
    child = cast("Any", spawned)
    try:
        yield child
    finally:
        child.close(force=True)


def ended(child: Any) -> int:
    """Wait for the end and give the exit status, as a shell reports it."""
    child.expect(pexpect.EOF)
    child.close()
    return int(child.exitstatus if child.signalstatus is None else 128 + child.signalstatus)


def answer(child: Any, prompt: str, text: str) -> None:
    """Wait for the whole prompt, since keys sent before are lost, and type a line."""
    child.expect_exact(f"{prompt}: ")
    child.sendline(text)


def modes(child: Any) -> int:
    """Return the terminal's modes that a prompt may change, as bits."""
    lflag: int = termios.tcgetattr(child.child_fd)[3]
    return lflag & (termios.ECHO | termios.ICANON | termios.ISIG)


def hides(child: Any) -> bool:
    """Say whether the terminal does not show what is typed."""
    return not modes(child) & termios.ECHO


def wait_until(holds: Callable[[], bool]) -> None:
    """Wait for something that comes true within moments."""
    give_up_at = time.monotonic() + 20
    while not holds():
        assert time.monotonic() < give_up_at, "it did not come true"
        time.sleep(0.005)
