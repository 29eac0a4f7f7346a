"""Look for inputs that break a promise: `cd tests; python -m fuzz.fuzz TARGET|all [--seconds N]`.

With Atheris where it is installed, which is led by what the code does with an input, otherwise
with random mutations. Prints runs and rate; ends with 1 and the input when a promise is broken.
"""

import argparse
import importlib
import os
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from support.fuzzing.target import Target

_SECONDS = 60.0
_LONGEST = 128


class Hunt:
    """One target, run on input after input, until a promise breaks or the time is up."""

    def __init__(self, name: str, target: "Target", seconds: float) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self._name = name
        self._target = target
        self._runs = 0
        self._start = time.monotonic()
        self._end = self._start + seconds

    def __call__(self, data: bytes) -> None:
        """Run once. Ends the process when it is over: no engine can be told to stop."""
        if time.monotonic() > self._end:
            self._leave(0)
        self._runs += 1
        try:
            self._target.check(data)
        except Exception:  # noqa: BLE001 - whatever it is, it is what was looked for
            traceback.print_exc()
            sys.stderr.write(f"{self._name}: broken by {data!r}\n")
            self._leave(1)

    def _leave(self, code: int) -> NoReturn:
        seconds = time.monotonic() - self._start
        rate = self._runs / seconds
        sys.stdout.write(
            f"{self._name:10} {self._runs:>11,} runs {seconds:6.0f} s {rate:>8,.0f} a second\n"
        )
        sys.stdout.flush()
        self.folder.cleanup()
        os._exit(code)


def main() -> None:
    """Hunt in one target, or in all of them, each in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("target")
    parser.add_argument("--seconds", type=float, default=_SECONDS)
    typed = parser.parse_args()
    atheris = importlib.import_module("atheris") if find_spec("atheris") else None
    targets = _targets(atheris)
    names = list(targets) if typed.target == "all" else [typed.target]
    if not targets.keys() >= set(names):
        parser.error(f"type all or one of: {', '.join(targets)}")
    if typed.target == "all":
        sys.exit(max(_in_a_process(name, typed.seconds) for name in names))
    target = targets[typed.target]
    hunt = Hunt(typed.target, target, typed.seconds)
    if atheris is None:
        _mutate(target, hunt)
    options = _corpus(Path(hunt.folder.name), target)
    atheris.Setup([sys.argv[0], *options], hunt)
    atheris.Fuzz()


def _targets(atheris: Any) -> "dict[str, Target]":
    """Import the program, so that Atheris sees which branches an input takes."""
    if atheris is None:
        return dict(importlib.import_module("support.fuzzing.targets").TARGETS)
    with atheris.instrument_imports(include=["glomex_cli"]):
        return dict(importlib.import_module("support.fuzzing.targets").TARGETS)


def _in_a_process(name: str, seconds: float) -> int:
    command = [sys.executable, "-m", "fuzz.fuzz", name, "--seconds", str(seconds)]
    return subprocess.run(command, check=False).returncode


def _mutate(target: "Target", hunt: Callable[[bytes], None]) -> NoReturn:
    from support.fuzzing.mutate import mutations

    seed = Random().randrange(1 << 32)
    sys.stderr.write(f"without Atheris, from seed {seed}\n")
    for data in mutations(target.seeds, target.words, Random(seed)):
        hunt(data)
    raise AssertionError("there is always another mutation")


def _corpus(folder: Path, target: "Target") -> Sequence[str]:
    """Write seeds and words as libFuzzer reads them; it puts what it finds beside them."""
    seeds = folder / "seeds"
    seeds.mkdir()
    for number, data in enumerate(target.seeds):
        (seeds / str(number)).write_bytes(data)
    words = folder / "words"
    words.write_text("".join(f'"{_hex(word)}"\n' for word in target.words if word))
    return (str(seeds), f"-dict={words}", f"-artifact_prefix={folder}/", f"-max_len={_LONGEST}")


def _hex(word: bytes) -> str:
    return "".join(f"\\x{byte:02x}" for byte in word)


if __name__ == "__main__":
    main()
