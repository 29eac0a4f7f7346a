"""Long secrets in a keyring of short items: Windows takes 2560 bytes, which are 1280 characters.

A long text is kept as numbered parts and a head that counts them and holds their hash. The
head is written last: until then the old text is read, from then on the new one.
"""

import hashlib
import json
import re

from glomex_cli.errors import StoreError
from glomex_cli.storage.keyring_backends import Backend

WINDOWS_LIMIT = 1000
_MARK = "glomex-parts:"
_HEAD = re.compile(_MARK + r"(?P<generation>[ab]):(?P<count>\d{1,4}):(?P<digest>[0-9a-f]{64})")
_TRIES = 3


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
        raise StoreError("the keyring holds damaged credentials", "glomex logout")

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
