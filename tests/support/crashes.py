"""The program stopped or refused at one of its own steps on disk, and what it left there.

Needs strace. A step is a system call on a file of ours: the n-th of its name in a run.
"""

import json
import os
import re
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from support.files import interfering, unmeasured, watching

# How one file takes the place of another: the lock of the writers, then the file's own.
CHANGE = ("flock", "flock", "write", "fchmod", "fsync", "rename", "unlink", "fsync")
# A line on stderr: no file of ours, but a system call that counts.
TOLD = "told"
_CALLS = "flock,write,fchmod,fsync,fdatasync,rename,renameat,renameat2,unlink,unlinkat"
_GLOMEX = (sys.executable, "-m", "glomex_cli")
_SECRET = re.compile(r"eyJ[\w.-]+|expires_at\W+[\d.]+")


class Step(NamedTuple):
    """The n-th system call of a name; `place` counts all steps of the run, from 0."""

    call: str
    number: int
    place: int

    def __str__(self) -> str:
        return f"{self.call}-{self.number}"


class Outcome(NamedTuple):
    """How a run ended; a death by a signal has a negative code."""

    code: int
    out: str
    err: str


def steps_of(calls: Sequence[str]) -> Iterator[Step]:
    """Return the steps of a run, each numbered among the system calls of its name."""
    seen: Counter[str] = Counter()
    for place, call in enumerate(calls):
        seen["write" if call == TOLD else call] += 1
        if call != TOLD:
            yield Step(call, seen[call], place)


def steps_taken(argv: Sequence[str], folder: Path, log: Path) -> list[str]:
    """Run `glomex ARGV`, which must succeed, and name its system calls that write files."""
    done = _run([*watching(_CALLS, log=log), *_GLOMEX, *argv])
    assert done.code == 0, done.err
    return [_named(line.split(maxsplit=1)[1], folder) for line in log.read_text().splitlines()]


def _named(line: str, folder: Path) -> str:
    if line.startswith("write(2<"):
        return TOLD
    return line.partition("(")[0] if str(folder) in line else line


def run_killed(argv: Sequence[str], step: Step) -> Outcome:
    """Run `glomex ARGV` and kill it as it enters a step."""
    return _run([*interfering(step.call, f"signal=KILL:when={step.number}"), *_GLOMEX, *argv])


def run_refused(argv: Sequence[str], step: Step, error: str) -> Outcome:
    """Run `glomex ARGV` and refuse it a step with an error of the system."""
    action = f"error={error}:when={step.number}"
    return _run([*interfering(step.call, action), *_GLOMEX, *argv])


def contents(folder: Path) -> dict[str, object]:
    """Return what a reader finds: credentials, settings and files by name, tokens made alike.

    A file that is torn fails here. Locks and files on their way are not read by anybody, nor
    are the throw-away entries by which a store is tried.
    """
    shown = [path for path in folder.iterdir() if not path.name.startswith(".")]
    return dict(pair for path in shown for pair in _parts(path))


def _parts(path: Path) -> Iterator[tuple[str, object]]:
    text = _SECRET.sub("", path.read_text())
    match path.name:
        case "credentials.json":
            parts: dict[str, object] = json.loads(text)
        case "config.toml":
            settings = tomllib.loads(text)
            parts = {"default": settings.get("default"), **settings.get("profiles", {})}
        case _:
            parts = {"": text}
    yield from ((f"{path.name} {key}", part) for key, part in parts.items() if key[:1] != "#")


def _run(command: Sequence[str]) -> Outcome:
    environ = unmeasured(os.environ) | {"PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(command, env=environ, capture_output=True, text=True, check=False)
    return Outcome(done.returncode, done.stdout, done.stderr)
