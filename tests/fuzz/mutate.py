"""Plant faults in the package and see whether the tests notice: `cd tests; python -m fuzz.mutate`.

Draws as many faults in each room as asked, by a seed that is printed, and runs the tests that
reach each one, the quickest first, in a copy of the tree. Prints the share that was noticed and
every fault that was not. What tests reach is measured once and kept (`--kept FOLDER`).
"""

import argparse
import math
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from random import Random

from support.mutation.points import Mutant, mutants_of
from support.mutation.reach import UNKNOWN_S, Reach, read_reach
from support.mutation.trial import Copy

ROOT = Path(__file__).parents[2]
ROOMS = ("auth", "storage", "http", "reports", "output", "charts", "config", "cli")
# The others reach everything, and slowly.
_FOLDERS = (
    "auth", "charts", "commands", "config", "dates", "http", "output", "package", "project",
    "reports", "services", "storage", "terminal",
)  # fmt: skip
_FIRST = 25  # tests; most faults are noticed by the first few
_BUDGET_S = 40.0  # of tests' own time, for the others


class Trials:
    """Tries mutants in copies of the tree, several at once."""

    def __init__(self, reach: Reach, copies: Sequence[Copy], *, seed: int) -> None:
        self.root = copies[0].folder
        self._reach = reach
        self._seed = seed
        self._sound: set[str] = set()
        self._broken: set[str] = set()
        self._copies: SimpleQueue[Copy] = SimpleQueue()
        for copy in copies:
            self._copies.put(copy)

    def is_noticed(self, mutant: Mutant) -> bool:
        """Plant a fault, run the tests that reach it, and take it out again."""
        copy = self._copies.get()
        path = copy.folder / mutant.file
        source = path.read_bytes()
        changed = source[: mutant.start] + mutant.text.encode() + source[mutant.end :]
        try:
            for tests in self._batches(mutant):
                while selected := [test for test in tests if test not in self._broken]:
                    path.write_bytes(changed)
                    failed = copy.first_failure(selected, patience_s=self._patience_s(selected))
                    path.write_bytes(source)
                    if failed is None:
                        break
                    if not failed or self._is_sound(copy, failed):
                        return True
            sys.stdout.write(f"  survived: {mutant}\n")
            sys.stdout.flush()
            return False
        finally:
            path.write_bytes(source)
            self._copies.put(copy)

    def _is_sound(self, copy: Copy, test: str) -> bool:
        """Return whether a test passes without a fault: one that does not tells nothing."""
        if test not in self._sound:
            passes = copy.first_failure([test], patience_s=self._patience_s([test])) is None
            (self._sound if passes else self._broken).add(test)
        return test in self._sound

    def _batches(self, mutant: Mutant) -> Iterator[list[str]]:
        """Yield the tests of the line, the quickest first, then others of the file."""
        of_file = self._reach.of_file(mutant.file)
        near: set[str] = set()
        if not mutant.function:
            yield self._reach.named_after(mutant.file)
        else:
            near = self._reach.of_line(mutant.file, mutant.line)
        first = self._reach.quickest_first(near or of_file)
        yield first[:_FIRST]
        yield self._within_budget(first[_FIRST:])
        yield self._within_budget(self._reach.quickest_first(of_file.difference(first)))

    def _patience_s(self, tests: Sequence[str]) -> int:
        """Return the seconds after which tests are given up: a fault may make them endless."""
        return 90 + 10 * math.ceil(sum(self._reach.seconds.get(test, UNKNOWN_S) for test in tests))

    def _within_budget(self, tests: list[str]) -> list[str]:
        """Draw tests of no more than the budget."""
        Random(self._seed).shuffle(tests)
        left_s, drawn = _BUDGET_S, list[str]()
        for test in tests:
            left_s -= self._reach.seconds.get(test, UNKNOWN_S)
            if left_s > 0:
                drawn.append(test)
        return drawn


def copied(folder: Path) -> Path:
    """Copy the tree as it is, with what is not committed yet."""
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(folder)], check=True)
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    for name in filter(None, listed.stdout.split("\0")):
        if not (ROOT / name).exists():
            continue
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, folder / name)
    return folder


def drawn(root: Path, room: str, count: int, seed: int) -> list[Mutant]:
    """Return as many mutants of a room, drawn by the seed."""
    files = sorted((root / "glomex_cli" / room).rglob("*.py"))
    found = [mutant for file in files for mutant in mutants_of(root, file.relative_to(root))]
    return Random(f"{seed} {room}").sample(found, min(count, len(found)))


def judge(room: str, trials: Trials, options: argparse.Namespace) -> bool:
    """Try the mutants of a room; print the score and the survivors; return whether it is enough."""
    began = time.monotonic()
    mutants = drawn(trials.root, room, options.count, options.seed)
    with ThreadPoolExecutor(options.jobs) as pool:
        noticed = list(pool.map(trials.is_noticed, mutants))
    score = 100 * sum(noticed) / len(mutants)
    took_s = time.monotonic() - began
    sys.stdout.write(
        f"{room:10} {sum(noticed)} of {len(mutants)} noticed, {score:.1f} %, {took_s:.0f} s\n"
    )
    sys.stdout.flush()
    return bool(score >= options.least)


def main() -> int:
    """Return 0 where enough mutants of every room were noticed, else 1."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("rooms", nargs="*", default=ROOMS, metavar="ROOM")
    parser.add_argument("--count", type=int, default=60, help="mutants of each room")
    parser.add_argument("--seed", type=int, default=time.time_ns() % 10**6)
    parser.add_argument("--jobs", type=int, default=2, help="tried at once")
    parser.add_argument("--least", type=float, default=92.0, help="percent of each room")
    parser.add_argument("--kept", type=Path, help="folder of what tests reach, kept between runs")
    parser.add_argument("--tests", default=" ".join(_FOLDERS), help="where tests are measured")
    options = parser.parse_args()
    sys.stdout.write(f"seed {options.seed}\n")
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        kept: Path = options.kept or folder
        kept.mkdir(parents=True, exist_ok=True)
        copies = [Copy(copied(folder / f"copy-{number}")) for number in range(options.jobs)]
        reach = read_reach(kept / "reach.json", copies[0].folder, options.tests.split())
        trials = Trials(reach, copies, seed=options.seed)
        verdicts = [judge(room, trials, options) for room in options.rooms]
        for copy in copies:
            copy.close()
    return 0 if all(verdicts) else 1


if __name__ == "__main__":
    sys.exit(main())
