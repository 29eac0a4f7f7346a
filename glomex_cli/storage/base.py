"""What every credential store promises, the store that keeps nothing, and opening one by name.

A keyring's dialog waits for a person, a script does not: each has a time limit of its own.
"""

import os
import sys
import threading
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple, Protocol

from glomex_cli.concurrency import Deadline
from glomex_cli.errors import StoreError
from glomex_cli.models import BAD_PROFILE_NAME, PROFILE_NAME, Secret, StoreName

UNATTENDED_S = 5.0
# Each of many commands at once may use up its own limit.
QUEUE_S = 30.0
ATTENDED_S = 60.0
NOTICE_AFTER_S = 2.0
CREDENTIALS_FILE = "credentials.json"


class SecretStore(Protocol):
    """Keeps one secret text per profile. What goes wrong is raised as StoreError."""

    @property
    def name(self) -> StoreName:
        """The value of `--store` that selects it."""
        ...

    def probe(self) -> None:
        """Write, read and erase a throw-away item, before a password is asked for in vain."""
        ...

    def read(self, key: str) -> Secret | None:
        """Return what is kept for a profile. None: nothing is kept, never that reading failed."""
        ...

    def write(self, key: str, value: Secret) -> None:
        """Write a secret in place of an older one; it has been read back when this returns."""
        ...

    def replace(self, key: str, value: Secret, *, expected: Secret | None) -> bool:
        """Write a secret only while `expected` is what is kept; return whether it was written.

        Compare and write happen under the store's lock: what a person does meanwhile is kept.
        """
        ...

    def erase(self, key: str) -> bool:
        """Erase what is kept for a profile; return whether there was anything."""
        ...


def checked_key(key: str) -> str:
    """Return a profile's name if it may name an item of a store; StoreError otherwise.

    >>> checked_key("acme.de-2")
    'acme.de-2'
    """
    if not PROFILE_NAME.fullmatch(key):
        raise StoreError(*BAD_PROFILE_NAME)
    return key


def probe_item() -> tuple[str, str]:
    """Return a key that no profile can have, and a text about as long as real credentials."""
    return f"#probe-{os.urandom(4).hex()}", os.urandom(1000).hex()


class NoneStore:
    """Keeps nothing and never fails: a token lives as long as the command, or in GLOMEX_TOKEN."""

    name: StoreName = StoreName.NONE

    def probe(self) -> None:
        """Pass: keeping nothing always works."""

    def read(self, key: str) -> Secret | None:
        """Return None, for any profile."""
        checked_key(key)
        return None

    def write(self, key: str, value: Secret) -> None:
        """Drop the secret; the caller shows it once."""
        checked_key(key)
        del value

    def replace(self, key: str, value: Secret, *, expected: Secret | None) -> bool:
        """Return False: nothing is kept."""
        checked_key(key)
        del value, expected
        return False

    def erase(self, key: str) -> bool:
        """Return False: there was nothing."""
        checked_key(key)
        return False


class TimeLimit(NamedTuple):
    """A limit in seconds for one operation; `notify` is told after `notice_after_s` seconds.

    `queue_s` is how long to wait for other commands before it, which is no fault of the keyring.
    """

    limit_s: float = UNATTENDED_S
    notify: Callable[[str], None] | None = None
    notice_after_s: float = NOTICE_AFTER_S
    queue_s: float = QUEUE_S

    @contextmanager
    def deadline(self) -> Generator[Deadline]:
        """Start the clock of one operation; `notify` is called from another thread."""
        with self.told("waiting for your keyring"):
            yield Deadline(self.limit_s)

    @contextmanager
    def told(self, words: str) -> Generator[None]:
        """Report a wait that takes long; `notify` is called from another thread."""
        if self.notify is None:
            yield
            return
        notice = threading.Timer(self.notice_after_s, self.notify, [words])
        notice.daemon = True
        notice.start()
        try:
            yield
        finally:
            notice.cancel()


def time_limit_for(notify: Callable[[str], None], *, interactive: bool) -> TimeLimit:
    """Return a minute for a person, who may have to answer a dialog, five seconds for a script."""
    return TimeLimit(ATTENDED_S, notify) if interactive else TimeLimit()


def open_store(
    name: StoreName,
    *,
    folder: Path,
    environ: Mapping[str, str],
    interactive: bool,
    notify: Callable[[str], None],
) -> SecretStore:
    """Return the store of that name. Nothing is opened, loaded or made before its first use.

    `folder` is the one of the settings; it holds the file, the locks and a note of the keyring's
    name. `notify` is told when a person has to wait for the keyring, so only if `interactive`.
    """
    if name is StoreName.NONE:
        return NoneStore()
    if name is StoreName.FILE:
        from glomex_cli.storage.file_store import FileStore

        return FileStore(folder / CREDENTIALS_FILE)
    return _keyring_store(folder, environ, time_limit_for(notify, interactive=interactive))


def _keyring_store(folder: Path, environ: Mapping[str, str], time_limit: TimeLimit) -> SecretStore:
    from glomex_cli.storage.keyring_backends import Backend, SystemBackend
    from glomex_cli.storage.keyring_store import KeyringStore

    backend: Backend = SystemBackend(folder=folder, environ=environ)
    if sys.platform == "win32":
        from glomex_cli.storage.keyring_store import ChunkedBackend

        backend = ChunkedBackend(backend)
    return KeyringStore(backend, time_limit=time_limit, lock_file=folder / "keyring")
