"""MFA codes as people type them. No effects.

Which MFA codes were sent, for all processes: a code that is sent twice is refused.

The file holds a number for each seed, found by a fingerprint that leads back to no seed.

Where MFA codes come from: an option, a seed, the person. In this order.
"""

from __future__ import annotations

import hmac
import json
import re
import time
import unicodedata
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias, cast

from glomex_cli.auth.totp import Seed, next_code
from glomex_cli.errors import GlomexError, UsageError
from glomex_cli.storage.errors import explained_files
from glomex_cli.storage.files import locked, replace_file

if TYPE_CHECKING:
    from pathlib import Path

    from glomex_cli.cli.context import Connection


_LONGEST_PASTE = 64


_BETWEEN_DIGITS = re.compile(r"[\s\u2010-\u2015-]+")  # blanks, and dashes as word processors write


_DIGITS = re.compile(r"[0-9]{6,8}")


def parse_code(text: str) -> str:
    """Give the digits of a code typed with blanks, dashes or full-width digits.

    Raises UsageError for what is no code (RFC 4226, section 5.3: six to eight digits).

    >>> parse_code("123 456")
    '123456'
    """
    short = text.strip()[: _LONGEST_PASTE + 1]
    code = _BETWEEN_DIGITS.sub("", unicodedata.normalize("NFKC", short))
    if len(short) > _LONGEST_PASTE or not _DIGITS.fullmatch(code):
        raise UsageError("an MFA code has six to eight digits", "type it as the app shows it")
    return code


_FILE = "mfa-windows"


_LABEL = b"glomex: MFA codes that were sent"


_MOST_SEEDS = 64


_MOST_BYTES = 64 * 1024


# A window further ahead was claimed while the clock was wrong: to obey it would bar every code
# until then.
_FAR_AHEAD = 10


def claim_window(folder: Path, seed: Seed, window: int, *, wait_s: float = 10.0) -> bool:
    """Claim a time window of a seed, and say whether it is ours: of all who ask, one is told so.

    A service accepts no code twice (RFC 6238, section 5.2), and need not accept an older one
    after a newer: windows before the last claimed one are refused too. Raises
    ConfigurationError where the settings folder cannot be written.
    """
    path, name = folder / _FILE, _fingerprint(seed)
    with explained_files(path), locked(path, wait_s=wait_s):
        claimed = _claimed(path)
        last = claimed.pop(name, -1)
        if window <= last <= window + _FAR_AHEAD:
            return False
        kept = list(claimed.items())[1 - _MOST_SEEDS :]
        text = json.dumps({**dict(kept), name: window})
        replace_file(path, text.encode(), mode=0o600)
        return True


def _fingerprint(seed: Seed) -> str:
    return hmac.digest(seed.secret.reveal().encode(), _LABEL, "sha256").hex()[:16]


def _claimed(path: Path) -> dict[str, int]:
    """Give the last window of each seed; a file that is damaged holds nothing to be kept."""
    try:
        with path.open("rb") as stream:
            found: object = json.loads(stream.read(_MOST_BYTES))
    except (FileNotFoundError, ValueError, RecursionError):
        return {}
    if not isinstance(found, dict):
        return {}
    pairs = cast("dict[str, object]", found)
    return {name: last for name, last in pairs.items() if type(last) is int}


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
