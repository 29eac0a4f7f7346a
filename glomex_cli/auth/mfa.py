"""MFA codes: how people type them, where they come from, and which were sent already.

A code comes from an option, a TOTP secret or the person, in this order. A service refuses a code
that is sent twice, so the file `mfa-windows` holds, for all processes, the last time window of
each secret, found by a fingerprint from which the secret cannot be recovered.
"""

from __future__ import annotations

import hmac
import json
import random
import re
import time
import unicodedata
from collections.abc import Callable
from contextlib import nullcontext
from functools import partial
from typing import TYPE_CHECKING, TypeAlias, cast

from glomex_cli.auth.totp import Seed, next_code
from glomex_cli.errors import CodeRefusedError, ConfigurationError, GlomexError, UsageError
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
_MOST_CODES = 3  # sent in one sign-in
_WINDOWS_WAITED = 2  # for a code, where nobody limited the time
_claimed_here: set[tuple[str, int]] = set()

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


class _Windows:
    """The time windows of a seed: claimed in the folder, else by this process alone.

    Without a folder that can be written a code may be sent twice, and is refused; not to sign in
    at all would be worse.
    """

    def __init__(self, folder: Path, seed: Seed) -> None:
        self._folder = folder
        self._seed = seed

    def claim(self, window: int) -> bool:
        """Claim a window, as `claim_window` does."""
        try:
            return claim_window(self._folder, self._seed, window)
        except ConfigurationError as error:
            if isinstance(error.__cause__, TimeoutError):
                raise
        own = (_fingerprint(self._seed), window)
        is_new = own not in _claimed_here
        _claimed_here.add(own)
        return is_new

    def last(self, window: int) -> int:
        """Return the last claimed window that bars `window`; -1 where none does."""
        try:
            last = _claimed(self._folder / _FILE).get(_fingerprint(self._seed), -1)
        except OSError:
            return -1
        return last if last <= window + _FAR_AHEAD else -1


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


def codes_of(
    account: Account,
    *,
    given: str | None = None,
    seed: Seed | None = None,
    before_asking: Callable[[], None] = lambda: None,
    unanswered: GlomexError | None = None,
) -> CodeSource:
    """Return the source of codes for one sign-in.

    No process sends a code of a seed twice, and each sends three at most: another machine may
    have used two of them, but where all are refused, the clock or the seed is wrong, and further
    tries would lock the account. `before_asking` is called before a person is asked; where
    nobody can answer, the refusal of the last code is raised, else `unanswered`.
    """
    waiting: list[Callable[[bool], str]] = [lambda _: given] if given else []
    if seed is not None:
        again = _MOST_CODES - len(waiting)
        waiting += [partial(_from_seed, account, seed)] * again

    def source(failure: GlomexError | None) -> str:
        if waiting:
            return waiting.pop(0)(failure is not None)
        if failure is not None and seed is not None:
            raise _of_secret(failure, account, seed)
        before_asking()
        if failure is not None:
            account.talk.warn(f"{failure.message}: {failure.hint}")
        try:
            return account.talk.ask("MFA code", option="--mfa-code")
        except UsageError:
            if reason := failure or unanswered:
                raise reason from None
            raise

    return source


def _of_secret(failure: GlomexError, account: Account, seed: Seed) -> GlomexError:
    """Return the refusal with a hint for where no person types the code."""
    if failure.hint == CodeRefusedError.type_it:
        failure.hint = way_out(account, seed)
    return failure


def way_out(account: Account, seed: Seed | None) -> str:
    """Return what to do where the service has refused every code."""
    if seed is None:
        return "glomex login"
    given = account.environ.get("GLOMEX_TOTP_SECRET") and account.given_seed == seed
    check = "check GLOMEX_TOTP_SECRET" if given else "sign in again: glomex login --remember"
    return f"{check}; codes depend on this machine's clock: glomex doctor"


def _from_seed(account: Account, seed: Seed, is_again: bool) -> str:  # noqa: FBT001 - a CodeSource
    """Return the next code; after a refusal, at a random moment: another machine may try too."""
    windows = _Windows(account.settings.folder, seed)
    spread_s = seed.period_s / 6 if is_again else 0.0

    def sleep(seconds: float) -> None:
        _sleep(account, seconds + random.uniform(0, spread_s))  # noqa: S311 - hides nothing

    limit = account.limit
    return next_code(
        seed,
        now=account.now,
        sleep=sleep,
        used=lambda window: not windows.claim(window),
        last=windows.last,
        tell=account.talk.say,
        longest_wait_s=limit().left_s() if limit else _WINDOWS_WAITED * seed.period_s,
    ).digits


def _sleep(account: Account, seconds: float) -> None:
    """Wait for a code; that counts as the service's time only where the person limited it."""
    with nullcontext() if account.limit else account.talk.paused():
        time.sleep(seconds)
