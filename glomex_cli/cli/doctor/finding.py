"""What a check found. No effects."""

from dataclasses import dataclass
from enum import StrEnum

from glomex_cli.errors import ExitCode, GlomexError


class State(StrEnum):
    """How a check ended; SKIP is what did not apply, or could not be looked at."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"
    SKIP = "skip"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check says: one sentence, what to do about it, and the exit code of a failure."""

    state: State
    text: str
    hint: str = ""
    exit_code: ExitCode = ExitCode.DONE


@dataclass(frozen=True, slots=True)
class Finding:
    """A verdict with the name of its check, as it may be shown to anybody."""

    name: str
    verdict: Verdict


def fine(text: str) -> Verdict:
    """Say that all is well."""
    return Verdict(State.OK, text)


def doubtful(text: str, hint: str = "") -> Verdict:
    """Say that something works, but not as well as it should."""
    return Verdict(State.WARN, text, hint)


def skipped(reason: str) -> Verdict:
    """Say why a check was not made."""
    return Verdict(State.SKIP, reason)


def failed(error: GlomexError) -> Verdict:
    """Say what does not work, with the exit code that a command would end with."""
    return Verdict(State.FAIL, error.message, error.hint, error.exit_code)
