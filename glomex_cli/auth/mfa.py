"""MFA codes: how people type them, where they come from, and which were sent already.

A code comes from an option, a TOTP secret or the person, in this order. A service refuses a code
that is sent twice, so the file `mfa-windows` holds, for all processes, the last time window of
each secret, found by a fingerprint from which the secret cannot be recovered.
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

    from glomex_cli.auth.account import Account

_LONGEST_PASTE = 64
_BETWEEN_DIGITS = re.compile(r"[\s\u2010-\u2015-]+")  # blanks, and dashes as word processors write
_DIGITS = re.compile(r"[0-9]{6,8}")
_FILE = "mfa-windows"
_LABEL = b"glomex: MFA codes that were sent"
_MOST_SEEDS = 64
_MOST_BYTES = 64 * 1024
# A window further ahead was claimed while the clock was wrong: to obey it would bar every code
# until then.
_FAR_AHEAD = 10

# Returns the next code, knowing why the last one failed; raises that failure when it has no other.
CodeSource: TypeAlias = Callable[[GlomexError | None], str]


def parse_code(text: str) -> str:
    """Return the digits of a code typed with blanks, dashes or full-width digits.

    Raises UsageError for what is not a code (RFC 4226, section 5.3: six to eight digits).

    >>> parse_code("123 456")
    '123456'
    """
    short = text.strip()[: _LONGEST_PASTE + 1]
    code = _BETWEEN_DIGITS.sub("", unicodedata.normalize("NFKC", short))
    if len(short) > _LONGEST_PASTE or not _DIGITS.fullmatch(code):
        raise UsageError("an MFA code has six to eight digits", "type it as the app shows it")
    return code


def claim_window(folder: Path, seed: Seed, window: int, *, wait_s: float = 10.0) -> bool:
    """Claim a time window of a seed; return whether it is ours: only the first to ask gets it.

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
    """Return the last window of each seed; a damaged file counts as empty."""
    try:
        with path.open("rb") as stream:
            found: object = json.loads(stream.read(_MOST_BYTES))
    except (FileNotFoundError, ValueError, RecursionError):
        return {}
    if not isinstance(found, dict):
        return {}
    pairs = cast("dict[str, object]", found)
    return {name: last for name, last in pairs.items() if type(last) is int}


def codes_of(account: Account, *, given: str | None = None, seed: Seed | None = None) -> CodeSource:
    """Return the source of codes for one sign-in.

    No process sends a code of a seed twice, and each sends two at most: where both are refused,
    the clock or the seed is wrong, and further tries would lock the account.
    """
    waiting: list[Callable[[], str]] = [lambda: given] if given else []
    if seed is not None:
        waiting += [lambda: _from_seed(account, seed)] * 2

    def source(failure: GlomexError | None) -> str:
        if waiting:
            return waiting.pop(0)()
        if failure is not None and seed is not None:
            raise failure
        if failure is not None:
            account.talk.warn(f"{failure.message}: {failure.hint}")
        return account.talk.ask("MFA code", option="--mfa-code")

    return source


def _from_seed(account: Account, seed: Seed) -> str:
    folder = account.settings.folder
    return next_code(
        seed,
        now=account.now,
        sleep=lambda seconds: _sleep(account, seconds),
        used=lambda window: not claim_window(folder, seed, window),
        tell=account.talk.say,
    ).digits


def _sleep(account: Account, seconds: float) -> None:
    """Wait for a code; that time does not count as the service's."""
    with account.talk.paused():
        time.sleep(seconds)
