"""Run the command line in this process, with streams and answers of the test's own."""

import io
import json
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from glomex_cli.cli.main import run
from glomex_cli.errors import UsageError
from glomex_cli.terminal.runtime import Runtime
from support.canaries import found_in_output


@dataclass(frozen=True)
class Outcome:
    """What a command left behind."""

    code: int
    out: str
    err: str


class Stream(io.StringIO):
    """A stream that is a terminal, or is none, as the test says."""

    encoding = "utf-8"

    def __init__(self, *, terminal: bool = False) -> None:
        super().__init__()
        self._terminal = terminal

    def isatty(self) -> bool:
        return self._terminal


class Person:
    """Answers prompts from a script; a prompt without an answer is a UsageError, as with nobody."""

    def __init__(self, answers: Iterable[str | Callable[[], str]]) -> None:
        self._answers = list(answers)
        self.asked: list[tuple[str, bool]] = []

    def __call__(self, label: str, *, hidden: bool = False) -> str:
        self.asked.append((label, hidden))
        if not self._answers:
            raise UsageError("there is no terminal for a prompt")
        answer = self._answers.pop(0)
        return answer if isinstance(answer, str) else answer()

    @property
    def is_done(self) -> bool:
        """Whether every answer was asked for."""
        return not self._answers


class Glomex:
    """The command, as a fixture calls it; `asked` lists what the last run asked, hidden or not."""

    def __init__(self) -> None:
        self.now: Callable[[], datetime] = lambda: datetime.now(UTC)
        self.asked: list[tuple[str, bool]] = []

    def __call__(
        self,
        *argv: str,
        stdin: str | bytes = b"",
        answers: Iterable[str | Callable[[], str]] = (),
        terminal: bool = False,
    ) -> Outcome:
        """Run `glomex ARGV`; every answer given must be asked for, and no secret printed."""
        person = Person(answers)
        out, err = Stream(terminal=terminal), Stream(terminal=terminal)
        runtime = Runtime(_bytes(stdin), out, err, person, self.now, os.environ)
        code = run(argv, runtime)
        self.asked = person.asked
        assert person.is_done, f"answers nobody asked for, after {person.asked}"
        done = Outcome(int(code), out.getvalue(), err.getvalue())
        assert not found_in_output(argv, done.out + done.err), f"{argv} prints a secret"
        return done


def _bytes(text: str | bytes) -> io.BytesIO:
    return io.BytesIO(text.encode() if isinstance(text, str) else text)


def rows_of(cli: Glomex, *argv: str) -> list[dict[str, Any]]:
    """Return the rows of a report that must succeed."""
    done = cli("report", *argv, "-f", "json")
    assert done.code == 0, done.err
    rows: list[dict[str, Any]] = json.loads(done.out)
    return rows
