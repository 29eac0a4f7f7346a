"""What a check found. No effects.

What a finding shows of a person: enough to recognise oneself, too little for others.
"""

import os
import re
from dataclasses import dataclass, replace
from enum import StrEnum

from glomex_cli.errors import ExitCode, GlomexError
from glomex_cli.terminal.masking import mask_secrets
from glomex_cli.terminal.sanitize import clean


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
    """Return the verdict that all is well."""
    return Verdict(State.OK, text)


def doubtful(text: str, hint: str = "") -> Verdict:
    """Return the verdict that something works, but not as well as it should."""
    return Verdict(State.WARN, text, hint)


def skipped(reason: str) -> Verdict:
    """Return the verdict that a check was not made, and why."""
    return Verdict(State.SKIP, reason)


def failed(error: GlomexError) -> Verdict:
    """Return the verdict of a failure, with the exit code that a command would end with."""
    return Verdict(State.FAIL, error.message, error.hint, error.exit_code)


_MASK = "***"


def masked(text: str) -> str:
    """Return the first letter of a name or e-mail address, and the address's domain.

    >>> masked("jane@example.com"), masked("t-4711")
    ('j***@example.com', 't***')
    """
    name, at, domain = text.rpartition("@")
    return f"{(name or domain)[:1]}{_MASK}{at}{domain if at else ''}"


def redacted(verdict: Verdict) -> Verdict:
    """Return a verdict that may be shown: safe for a terminal, the home folder as `~`."""
    return replace(verdict, text=_shown(verdict.text), hint=_shown(verdict.hint))


def _shown(text: str) -> str:
    home = os.path.expanduser("~")  # noqa: PTH111 - pathlib's fails for a user without an entry
    if home != os.sep:
        text = re.sub(rf"{re.escape(home)}(?![\w.-])", "~", text)
    return clean(mask_secrets(text))
