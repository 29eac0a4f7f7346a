"""Credentials in the operating system's keyring: bounded in time, checked, one writer at a time."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from glomex_cli.concurrency import Deadline, call_within
from glomex_cli.errors import StoreError
from glomex_cli.models import Secret, StoreName
from glomex_cli.storage.base import TimeLimit, checked_key, probe_item
from glomex_cli.storage.errors import explained_files, keyring_refused, not_kept, to_store_error
from glomex_cli.storage.files import locked
from glomex_cli.storage.keyring_backends import Backend

SERVICE = "glomex-cli"
# More than one item for one profile is the work of another program: `secret-tool store`.
_MOST_ITEMS = 8

_T = TypeVar("_T")


class KeyringStore:
    """One item per profile, found by any tool under the service `glomex-cli`.

    A failure is never taken for "nothing kept", and never answered by another store.
    """

    name: StoreName = StoreName.KEYRING

    def __init__(self, backend: Backend, *, time_limit: TimeLimit, lock_file: Path) -> None:
        self._backend = backend
        self._time_limit = time_limit
        self._lock_file = lock_file

    def probe(self) -> None:
        """Write, read and erase a throw-away item."""
        key, text = probe_item()
        with self._alone() as deadline:
            self._ask(lambda: self._try_out(key, text), deadline=deadline)

    def read(self, key: str) -> Secret | None:
        """Return what is kept for a profile, or None where the keyring says that nothing is."""
        account = checked_key(key)
        with self._time_limit.deadline() as deadline:
            text = self._ask(
                lambda: self._backend.get_password(SERVICE, account), deadline=deadline
            )
        return None if text is None else Secret(text)

    def write(self, key: str, value: Secret) -> None:
        """Write a secret, read it back and compare."""
        account = checked_key(key)
        with self._alone() as deadline:
            self._ask(lambda: self._keep(account, value.reveal()), deadline=deadline)

    def replace(self, key: str, value: Secret, *, expected: Secret | None) -> bool:
        """Write a secret only while `expected` is what is kept; return whether it was written."""
        account = checked_key(key)
        text = None if expected is None else expected.reveal()
        with self._alone() as deadline:
            return self._ask(lambda: self._swap(account, value.reveal(), text), deadline=deadline)

    def erase(self, key: str) -> bool:
        """Erase every item of a profile; return whether there was one."""
        account = checked_key(key)
        with self._alone() as deadline:
            return self._ask(lambda: self._forget(account), deadline=deadline)

    @contextmanager
    def _alone(self) -> Generator[Deadline]:
        """Keep other processes from writing: one would read back what another wrote."""
        with (
            self._time_limit.deadline() as deadline,
            explained_files(self._lock_file.parent, StoreError),
            locked(self._lock_file, wait_s=deadline.left_s()),
        ):
            yield deadline

    def _ask(self, job: Callable[[], _T], *, deadline: Deadline) -> _T:
        try:
            return call_within(deadline, job)
        except Exception as error:  # noqa: BLE001 - each keyring has errors of its own
            failure = to_store_error(error)
        raise failure  # outside `except`: an error kept as its context may hold the secret

    def _try_out(self, key: str, text: str) -> None:
        self._keep(key, text)
        self._forget(key)

    def _keep(self, account: str, text: str) -> None:
        self._backend.set_password(SERVICE, account, text)
        if self._backend.get_password(SERVICE, account) != text:
            raise not_kept("the keyring")

    def _swap(self, account: str, text: str, expected: str | None) -> bool:
        if self._backend.get_password(SERVICE, account) != expected:
            return False
        self._keep(account, text)
        return True

    def _forget(self, account: str) -> bool:
        for found in range(_MOST_ITEMS):
            try:
                self._backend.delete_password(SERVICE, account)
            except Exception as error:
                if not _says_missing(error):
                    raise
                if self._backend.get_password(SERVICE, account) is not None:
                    raise
                return found > 0
        raise keyring_refused()


def _says_missing(error: Exception) -> bool:
    """Compare by name, to leave keyring unimported; some raise the same for "not allowed"."""
    return any(cls.__name__ == "PasswordDeleteError" for cls in type(error).__mro__)
