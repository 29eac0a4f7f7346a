"""What a check found and shows of a person, and what is examined. No effects.

Enough to recognize oneself, too little for others.
"""

import os
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from typing import TypeVar

from glomex_cli.cli.context import Context
from glomex_cli.concurrency import Deadline, call_within
from glomex_cli.errors import ExitCode, GlomexError, StoreError
from glomex_cli.http.retries import parse_http_date
from glomex_cli.models import Secret, StoreName
from glomex_cli.storage.errors import keyring_timed_out
from glomex_cli.terminal.sanitize import clean, mask_secrets

_MASK = "***"
_T = TypeVar("_T")
# The rest is for the store: neither a silent service nor a frozen keyring may take it all.
_SHARE_OF_THE_SERVICE = 0.5


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


def masked(text: str) -> str:
    """Return the first letter of a name or email address, and the address's domain.

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


@dataclass(frozen=True, slots=True)
class Reached:
    """An answer of the service: what its status proves, how long it took, how far our clock is."""

    failure: GlomexError | None
    seconds: float
    ahead_s: float | None


class Subject:
    """One context under examination. Nothing is kept of what the service says."""

    def __init__(self, context: Context, destination: str | None = None) -> None:
        """Examine `context`, and the destination of an export where one is named."""
        self.context = context
        self.destination = destination
        self.deadline: Deadline = context.deadline

    @cached_property
    def contact(self) -> Reached | GlomexError:
        """The answer to the smallest of questions, asked by nobody; or why there is none."""
        try:
            return self._contact()
        except GlomexError as error:
            return error

    def _contact(self) -> Reached:
        context = self.context
        now, service = context.runtime.now, context.account.service
        began, sent_at = time.monotonic(), now()
        contact = service.ping(context.timeout_s * _SHARE_OF_THE_SERVICE)
        seconds, received_at = time.monotonic() - began, now()
        middle = sent_at + (received_at - sent_at) / 2
        return Reached(contact.failure, seconds, _ahead_s(middle, contact.date))

    @property
    def token(self) -> Secret | None:
        """The token that a command would send as it is; None where there is none, or it is over."""
        if given := self.context.account.given_token:
            return Secret(given)
        if self.context.sessions.is_public:
            return self.context.sessions.token()
        found, now = self.context.sessions.kept, self.context.runtime.now()
        return None if found is None or found.is_over(now) else found.token

    def forgetful(self) -> Context:
        """Return a context that ends when this one does, and keeps nothing of what it learns."""
        from glomex_cli.services.cache import Cache

        other = self.context.fresh()
        other.deadline = self.deadline
        other.cache = Cache(None, self.context.runtime.now)
        return other

    def of_store(self, call: Callable[[], _T]) -> _T:
        """Return what a call to the store gives; StoreError when the command's time is up first."""
        try:
            return call_within(self.deadline, call)
        except TimeoutError:
            pass
        if self.context.settings.store is StoreName.KEYRING:
            raise keyring_timed_out()
        raise StoreError("the store timed out", "use a longer --timeout")


def _ahead_s(ours: datetime, date: str) -> float | None:
    """Return how far our clock is ahead, give or take a second: a Date has no fractions."""
    theirs = parse_http_date(date)
    return (ours - theirs).total_seconds() - 0.5 if theirs else None
