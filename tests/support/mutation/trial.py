"""Run tests in a copy of the tree, again and again, each time in a fork that has loaded little.

A process for each copy: it has the libraries loaded and nothing of ours, so that each fork reads
the package and the tests as they are then.
"""

import importlib
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

_LIBRARIES = (
    "graphql", "httpx", "hypothesis.strategies", "jwt", "keyring", "pexpect", "pyotp.totp", "pyte",
    "rich.console", "tomlkit", "trustme", "typer.main", "wcwidth", "wsgiref.simple_server",
)  # fmt: skip
_OPTIONS = (
    "-x", "-q", "-n", "0", "-p", "no:cacheprovider",
    "-W", "ignore::pytest.PytestAssertRewriteWarning",
)  # fmt: skip


class Copy:
    """A copy of the tree, and the process that runs tests in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        path = os.pathsep.join([str(folder), str(folder / "tests")])
        environ = {**os.environ, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "support.mutation.trial"],
            cwd=folder, env=environ, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    def first_failure(self, tests: Sequence[str], *, patience_s: int) -> str | None:
        """Run tests up to the first that fails, and return it; "" where they all cannot run."""
        if not tests:
            return None
        failure = self.folder / "first-failure"
        failure.write_text("")
        (self.folder / "selected-tests").write_text("\n".join(tests))
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{patience_s}\n")
        self._process.stdin.flush()
        code = int(self._process.stdout.readline())
        assert code != pytest.ExitCode.NO_TESTS_COLLECTED, tests
        return None if code == pytest.ExitCode.OK else failure.read_text()

    def close(self) -> None:
        """End the process."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()


def _serve() -> None:
    for name in _LIBRARIES:
        importlib.import_module(name)
    for line in sys.stdin:
        child = os.fork()
        if not child:
            _run(int(line))
        _, status = os.waitpid(child, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


def _run(patience_s: int) -> None:
    """Run the selected tests and end this process, at the latest when patience is over."""
    import signal

    signal.alarm(patience_s)
    silence = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(silence, stream)
    os._exit(pytest.main([*_OPTIONS, "@selected-tests"], plugins=[_FirstFailure()]))


class _FirstFailure:
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            Path("first-failure").write_text(report.nodeid)


if __name__ == "__main__":
    _serve()
