"""What the judges of the matrix share: what they run with, and the words of a command."""

import os
import re
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from typing import NamedTuple

from glomex_cli.sandbox.sessions import ROBOT_LOGIN, Purpose, account_of, sign_token
from support.cli import Glomex, Outcome
from support.servers.sandbox_client import NOON
from support.servers.variants.case import Case
from support.servers.variants.switchboard import Switchboard


class Bench(NamedTuple):
    """What a command is run with."""

    cli: Glomex
    board: Switchboard


@cache
def token(login: str = ROBOT_LOGIN, *, at: datetime = NOON) -> str:
    """Return an access token given at this time, which is good for an hour."""
    account = account_of(login)
    assert account
    return sign_token(account, Purpose.SESSION, life_s=3600, now=at)


def badly_told(done: Outcome, words: str = "") -> str:
    """Say so where an error is not one line with a hint that holds `words`."""
    errors = [line for line in done.err.splitlines() if line.startswith("error: ")]
    has_hint = any(line.startswith("hint: ") for line in done.err.splitlines())
    is_told = len(errors) == 1 and has_hint and re.search(words, done.err)
    return "" if is_told else f"badly told: {done.err!r}"


def wrong_code(case: Case, command: str, done: Outcome, right: int) -> str:
    """Judge an exit code, and the words beside one that is not 0."""
    codes = case.allowed(command)
    if command not in case.lossy:
        codes = (*codes, right)
    if done.code not in codes:
        return f"exit {done.code}: {talk_of(done)}"
    return badly_told(done, case.words) if done.code else ""


def talk_of(done: Outcome) -> str:
    """Return what a command said on stderr, in one short line."""
    return done.err.strip().replace("\n", " | ")[:160]


@contextmanager
def environment(values: Mapping[str, str]) -> Generator[None]:
    """Set variables until the block ends."""
    before = dict(os.environ)
    os.environ.update(values)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)
