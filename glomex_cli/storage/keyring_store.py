"""Credentials in the operating system's keyring: bounded in time, checked, one writer at a time.

Windows takes items of 2560 bytes, which are 1280 characters. A longer text is kept as numbered
parts and a head that counts them and holds their hash. The head is written last: until then the
old text is read, from then on the new one.
"""

import hashlib
import json
import re
from collections.abc import Callable, Generator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TypeVar

from glomex_cli.concurrency import Deadline, call_within
from glomex_cli.errors import StoreError
from glomex_cli.models import Secret, StoreName
from glomex_cli.storage.base import TimeLimit, checked_key, probe_item
from glomex_cli.storage.errors import explained_files, keyring_refused, not_kept, to_store_error
from glomex_cli.storage.files import locked
from glomex_cli.storage.keyring_backends import Backend

WINDOWS_LIMIT = 1000
_MARK = "glomex-parts:"
_HEAD = re.compile(_MARK + r"(?P<generation>[ab]):(?P<count>\d{1,4}):(?P<digest>[0-9a-f]{64})")
_TRIES = 3
SERVICE = "glomex-cli"
# More than one item for one profile is the work of another program: `secret-tool store`.
_MOST_ITEMS = 8
_T = TypeVar("_T")


class ChunkedBackend:
    """A keyring for texts of any length, on one for texts of up to `limit` UTF-16 units.

    The caller lets one process write or erase at a time; reading needs no such care.
    """

    def __init__(self, backend: Backend, *, limit: int = WINDOWS_LIMIT) -> None:
        self._backend = backend
        self._limit = limit

    def get_password(self, service: str, username: str, /) -> str | None:
        """Return the whole text, or None where there is none; never a mixture of two."""
        for _ in range(_TRIES):
            head = self._backend.get_password(service, username)
            if head is None or not head.startswith(_MARK):
                return head
            text = self._joined(service, username, head=head)
            if text is not None:
                return text
        raise StoreError("the keyring contains damaged credentials", "glomex logout")

    def set_password(self, service: str, username: str, password: str, /) -> None:
        """Write a text in place of the older one; remove what that one and crashes left."""
        head = _HEAD.fullmatch(self._backend.get_password(service, username) or "")
        old, new = ("a", "b") if head and head["generation"] == "a" else ("b", "a")
        parts = self._parts(password)
        for number, part in enumerate(parts):
            self._backend.set_password(service, _name(username, new, number), part)
        self._backend.set_password(service, username, _head(new, parts) if parts else password)
        self._clean(service, username, generation=new, kept=len(parts))
        self._clean(service, username, generation=old, kept=0)

    def delete_password(self, service: str, username: str, /) -> None:
        """Erase head and parts; raise as the keyring does where there was no head."""
        try:
            self._backend.delete_password(service, username)
        finally:
            for generation in "ab":
                self._clean(service, username, generation=generation, kept=0)

    def _parts(self, text: str) -> list[str]:
        """Cut a text that is too long. JSON keeps to ASCII, of which each character is a unit."""
        units = len(text.encode("utf-16-le", "surrogatepass")) // 2
        if units <= self._limit and not text.startswith(_MARK):
            return []
        coded = json.dumps(text)
        return [coded[at : at + self._limit] for at in range(0, len(coded), self._limit)]

    def _joined(self, service: str, username: str, *, head: str) -> str | None:
        """Return the text of a head, or None: a writer may have replaced it meanwhile."""
        match = _HEAD.fullmatch(head)
        if match is None:
            return None
        names = (_name(username, match["generation"], n) for n in range(int(match["count"])))
        coded = "".join(self._backend.get_password(service, name) or "" for name in names)
        return str(json.loads(coded)) if _digest(coded) == match["digest"] else None

    def _clean(self, service: str, username: str, *, generation: str, kept: int) -> None:
        """Remove parts from the last one down, so that a crash leaves no gap to stop at."""
        end = kept
        while self._backend.get_password(service, _name(username, generation, end)) is not None:
            end += 1
        for number in reversed(range(kept, end)):
            self._backend.delete_password(service, _name(username, generation, number))


def _name(username: str, generation: str, number: int) -> str:
    return f"{username}#{generation}{number}"


def _head(generation: str, parts: list[str]) -> str:
    return f"{_MARK}{generation}:{len(parts)}:{_digest(''.join(parts))}"


def _digest(coded: str) -> str:
    return hashlib.sha256(coded.encode()).hexdigest()


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
        limit, folder = self._time_limit, self._lock_file.parent
        with ExitStack() as held:
            with limit.told("waiting for another command"), explained_files(folder, StoreError):
                held.enter_context(locked(self._lock_file, wait_s=limit.queue_s))
            yield held.enter_context(limit.deadline())

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
