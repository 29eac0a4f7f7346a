"""Where MFA codes come from: an option, a seed, the person. In this order."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from glomex_cli.auth.mfa import claim_window
from glomex_cli.auth.totp import Seed, next_code
from glomex_cli.errors import GlomexError

if TYPE_CHECKING:
    from glomex_cli.cli.context import Connection

# Gives the next code, knowing why the last one failed; raises that failure when it has no other.
CodeSource: TypeAlias = Callable[[GlomexError | None], str]


def codes_of(
    connection: Connection, *, given: str | None = None, seed: Seed | None = None
) -> CodeSource:
    """Give the source of codes for one sign-in.

    A seed gives no code twice, for no process, and two at most: where both are refused, the
    clock or the seed is wrong, and trying on would lock the account.
    """
    waiting: list[Callable[[], str]] = [lambda: given] if given else []
    if seed is not None:
        waiting += [lambda: _from_seed(connection, seed)] * 2

    def source(failure: GlomexError | None) -> str:
        if waiting:
            return waiting.pop(0)()
        if failure is not None and seed is not None:
            raise failure
        if failure is not None:
            connection.warn(f"{failure.message}: {failure.hint}")
        return connection.ask("MFA code", option="--mfa-code")

    return source


def _from_seed(connection: Connection, seed: Seed) -> str:
    folder = connection.settings.folder
    return next_code(
        seed,
        now=connection.runtime.now,
        sleep=lambda seconds: _sleep(connection, seconds),
        used=lambda window: not claim_window(folder, seed, window),
        tell=connection.say,
    ).digits


def _sleep(connection: Connection, seconds: float) -> None:
    """Wait for a code, which is no time of the service's."""
    with connection.deadline.paused():
        time.sleep(seconds)
