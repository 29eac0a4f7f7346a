"""Which tests reach which line, and how long each takes: measured once, kept in a file."""

import json
import os
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import coverage
import pytest

_FOLDER = "GLOMEX_REACH_FOLDER"
_PLUGIN = "support.mutation.reach"
# Where a room's tests are that start processes; those are not measured.
_TESTS_OF = {
    "charts": ("tests/charts/", "tests/process/test_sparkline_follow"),
    "cli": ("tests/commands/", "tests/process/", "tests/project/"),
    "reports": ("tests/reports/", "tests/process/test_export_bucket"),
    "storage": (
        "tests/storage/",
        "tests/process/test_export_bucket",
        "tests/process/test_export_extra",
    ),
}
UNKNOWN_S = 0.4  # what a test is taken to need that was not measured


class Reach(NamedTuple):
    """Tests by line of each file, the seconds of each test, and all tests that there are now."""

    lines: dict[str, dict[str, list[str]]]
    seconds: dict[str, float]
    now: frozenset[str]

    def of_line(self, file: Path, line: int) -> set[str]:
        """Return the tests that run a line."""
        return set(self.now.intersection(self.lines.get(str(file), {}).get(str(line), ())))

    def of_file(self, file: Path) -> set[str]:
        """Return the tests that run any line of a file, and those of its room not measured."""
        lines = self.lines.get(str(file), {})
        then = {test for tests in lines.values() for test in tests}
        room = file.parts[1]
        starts = _TESTS_OF.get(room, (f"tests/{room}/",))
        here = {test for test in self.now if test.startswith(starts)}
        return set(self.now.intersection(then) | (here - self.seconds.keys() if then else here))

    def named_after(self, file: Path) -> list[str]:
        """Return the tests called as a module is, and of the files that repeat what is in it.

        What runs when a module is imported is put down to the first test of a process.
        """
        words = (f"/test_{file.stem}", "/test_completion_files", "/test_completion_man")
        return sorted(test for test in self.now if any(word in test for word in words))

    def quickest_first(self, tests: set[str]) -> list[str]:
        """Return tests in the order of their time."""
        return sorted(tests, key=lambda test: (self.seconds.get(test, UNKNOWN_S), test))


def read_reach(kept: Path, root: Path, folders: list[str]) -> Reach:
    """Return what is kept in a file; measure it first in a copy of the tree where there is none."""
    if not kept.exists():
        kept.write_text(json.dumps(_measured(kept.parent, root, folders)))
    found = json.loads(kept.read_text())
    return Reach(found["lines"], found["seconds"], frozenset(_collected(root, folders)))


def _collected(root: Path, folders: list[str]) -> Iterator[str]:
    """Yield the tests that there are now: others may have been there when it was measured."""
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-n", "0"]
    command += [f"tests/{folder}" for folder in [*folders, "process"]]
    done = subprocess.run(
        command, cwd=root, env={**os.environ, "PYTHONPATH": str(root)}, stdout=subprocess.PIPE,
        text=True, check=False,
    )  # fmt: skip
    yield from (line for line in done.stdout.splitlines() if "::" in line)


def _measured(folder: Path, root: Path, folders: list[str]) -> dict[str, Any]:
    path = os.pathsep.join([str(root), str(root / "tests")])
    variables = {_FOLDER: str(folder), "COVERAGE_FILE": str(folder / "coverage")}
    command = [sys.executable, "-m", "pytest", "-q", "-p", _PLUGIN]
    command += ["--cov", "--cov-context=test", "--cov-report=", "-m", "not process"]
    command += [f"tests/{folder}" for folder in folders]
    environ = {**os.environ, **variables, "PYTHONPATH": path}
    subprocess.run(command, cwd=root, env=environ, stdout=sys.stderr, check=False)
    data = coverage.CoverageData(str(folder / "coverage"))
    data.read()
    failed, seconds = _outcomes(folder)
    return {"lines": dict(_lines_of(data, root, failed)), "seconds": seconds}


def _lines_of(
    data: coverage.CoverageData, root: Path, failed: set[str]
) -> Iterator[tuple[str, dict[int, list[str]]]]:
    """Yield the tests of each line; one that fails without a fault can tell nothing of any."""
    for name in data.measured_files():
        lines: dict[int, list[str]] = {}
        for line, contexts in data.contexts_by_lineno(name).items():
            tests = {context.rpartition("|")[0] for context in contexts}
            lines[line] = sorted(tests - failed - {""})
        yield str(Path(name).relative_to(root)), lines


def _outcomes(folder: Path) -> tuple[set[str], dict[str, float]]:
    """Return the tests that failed, and the seconds of each test."""
    failed: set[str] = set()
    seconds: dict[str, float] = defaultdict(float)
    for log in folder.glob("steps.*"):
        for line in log.read_text().splitlines():
            test, outcome, took_s = json.loads(line)
            seconds[test] += took_s
            if outcome == "failed":
                failed.add(test)
    return failed, seconds


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Write down how a step of a test ended, and how long it took."""
    folder = os.environ.get(_FOLDER)
    if folder and "PYTEST_XDIST_WORKER" in os.environ:
        step = json.dumps([report.nodeid, report.outcome, report.duration])
        with (Path(folder) / f"steps.{os.getpid()}").open("a") as log:
            log.write(f"{step}\n")
