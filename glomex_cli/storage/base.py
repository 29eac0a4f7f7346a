"""What every credential store promises, whatever keeps it.

The store of people who want nothing kept.

How long a keyring may take: a dialog waits for a person, a script does not.
"""

import os
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import NamedTuple, Protocol

from glomex_cli.concurrency import Deadline
from glomex_cli.errors import StoreError
from glomex_cli.models import BAD_PROFILE_NAME, PROFILE_NAME, Secret, StoreName

UNATTENDED_S = 5.0
ATTENDED_S = 60.0
NOTICE_AFTER_S = 2.0


class SecretStore(Protocol):
    """Keeps one secret text per profile. What goes wrong is raised as StoreError."""

    @property
    def name(self) -> StoreName:
        """How a person calls it."""
        ...

    def probe(self) -> None:
        """Keep, read and forget a throw-away item, so that a password is not asked for in vain."""
        ...

    def read(self, key: str) -> Secret | None:
        """Give what is kept for a profile. None says nothing is kept, never that reading failed."""
        ...

    def write(self, key: str, value: Secret) -> None:
        """Keep a secret in place of an older one; it has been read back when this returns."""
        ...

    def erase(self, key: str) -> bool:
        """Forget what is kept for a profile, and say whether there was anything."""
        ...


def checked_key(key: str) -> str:
    """Give a profile's name if it may name an item of a store.

    >>> checked_key("acme.de-2")
    'acme.de-2'
    """
    if not PROFILE_NAME.fullmatch(key):
        raise StoreError(*BAD_PROFILE_NAME)
    return key


def probe_item() -> tuple[str, str]:
    """Give a key that no profile can have, and a text about as long as real credentials."""
    return f"#probe-{os.urandom(4).hex()}", os.urandom(1000).hex()


class NoneStore:
    """Keeps nothing and never fails: a token lives as long as the command, or in GLOMEX_TOKEN."""

    name: StoreName = StoreName.NONE

    def probe(self) -> None:
        """Pass: keeping nothing always works."""

    def read(self, key: str) -> Secret | None:
        """Give None, for any profile."""
        checked_key(key)
        return None

    def write(self, key: str, value: Secret) -> None:
        """Let the secret go; showing it once is the caller's part."""
        checked_key(key)
        del value

    def erase(self, key: str) -> bool:
        """Say that there was nothing."""
        checked_key(key)
        return False


class TimeLimit(NamedTuple):
    """A limit in seconds for one operation, and whom to tell when it takes noticeably long."""

    limit_s: float = UNATTENDED_S
    notify: Callable[[str], None] | None = None
    notice_after_s: float = NOTICE_AFTER_S

    @contextmanager
    def deadline(self) -> Generator[Deadline]:
        """Start the clock of one operation; `notify` is called from another thread."""
        if self.notify is None:
            yield Deadline(self.limit_s)
            return
        notice = threading.Timer(self.notice_after_s, self.notify, ["waiting for your keyring"])
        notice.daemon = True
        notice.start()
        try:
            yield Deadline(self.limit_s)
        finally:
            notice.cancel()


def time_limit_for(notify: Callable[[str], None], *, interactive: bool) -> TimeLimit:
    """Give a person a minute to answer the keyring's dialog, and a script five seconds."""
    return TimeLimit(ATTENDED_S, notify) if interactive else TimeLimit()
