"""Modes, masks and names of files, for tests that look at the file system; and the checkout."""

import os
import shutil
import stat
import sys
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

# The checkout: README.md, completions, glomex_cli and tests are below it.
ROOT = Path(__file__).parents[2]
TESTS = ROOT / "tests"

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="mode bits, links and pipes")
as_root = pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() != 0, reason="only root can give files away"
)
_FILTERED = "--seccomp-bpf"
each_mask = pytest.mark.parametrize("mask", [0o000, 0o022, 0o077], ids=oct)


@contextmanager
def umask(mask: int) -> Generator[None]:
    """Let new files lack the bits of `mask`."""
    before = os.umask(mask)
    try:
        yield
    finally:
        os.umask(before)


def mode_of(path: Path) -> int:
    """Return the permission bits of a file."""
    return stat.S_IMODE(path.stat().st_mode)


def names(folder: Path) -> set[str]:
    """Return the names in a folder, hidden ones too."""
    return {path.name for path in folder.iterdir()}


def note_on(what: str, file: Path) -> str:
    """Return what a command says of a file of less than a megabyte that it wrote."""
    size = file.stat().st_size
    return (
        f"wrote {what} to {file} ({f'{size / 1000:.1f} kB' if size > 999 else f'{size} bytes'})\n"
    )


def unmeasured(environ: Mapping[str, str] = os.environ) -> dict[str, str]:
    """Return the environment of a program that is killed: its coverage would be half a file."""
    return {name: value for name, value in environ.items() if not name.startswith("COVERAGE_")}


def interfering(call: str, action: str, *, log: str | Path = os.devnull) -> list[str]:
    """Return the start of a command whose program meets `action` at a system call.

    Needs strace; the actions are those of its `inject` option.
    """
    # The kernel's filter makes strace faster, and makes it lose the signal.
    filtered = [] if action.startswith("signal") else [_FILTERED]
    return [*_strace(call, log), *filtered, "-e", f"inject={call}:{action}"]


def watching(calls: str, *, log: str | Path) -> list[str]:
    """Return the start of a command whose system calls of these names are written to `log`.

    Needs strace; a descriptor is followed by its path.
    """
    return [*_strace(calls, log), _FILTERED, "-y"]


def _strace(calls: str, log: str | Path) -> list[str]:
    strace = shutil.which("strace") or "strace"
    return [strace, "-f", "-qq", "-o", str(log), "-e", f"trace={calls}"]
