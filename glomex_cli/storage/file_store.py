"""Credentials in a file of ours, for people who ask for it: plain text, for its owner only.

The open file is judged, not its name: another file may get that name at any time.
"""

import errno
import json
import os
import stat
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

from glomex_cli.errors import StoreError
from glomex_cli.models import Secret, StoreName
from glomex_cli.storage.base import checked_key, probe_item
from glomex_cli.storage.errors import explained_files, not_kept, shell_quoted
from glomex_cli.storage.files import locked, replace_file

# Where a link is met, POSIX says ELOOP, FreeBSD EMLINK.
_LINK_ERRORS = (errno.ELOOP, errno.EMLINK)
# A named pipe would wait for a writer.
_FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
# A thousand profiles take a tenth of it; a larger file is not ours.
_MOST_BYTES = 16 * 1024 * 1024


def read_private(path: Path, *, limit: int) -> bytes | None:
    """Read up to `limit` bytes of a file that must be ours alone; None where there is no file.

    Raises StoreError, with what to type, for a link, a device, and a file or folder that is
    another user's or open to others. Errors of the system come out as OSError.
    """
    try:
        descriptor = os.open(path, _FLAGS | getattr(os, "O_BINARY", 0))
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        if error.errno in _LINK_ERRORS:
            raise _not_plain(path) from error
        raise
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise _not_plain(path)
        _require_ours(path, status, mode="600")
        with os.fdopen(descriptor, "rb", closefd=False) as stream:
            return stream.read(limit)
    finally:
        os.close(descriptor)


def require_private_folder(folder: Path) -> None:
    """Raise StoreError unless a folder, or what a link leads to, is ours and closed to others."""
    _require_ours(folder, folder.stat(), mode="700")


def _require_ours(path: Path, status: os.stat_result, *, mode: str) -> None:
    if sys.platform == "win32":
        return  # the user's folder is closed to others there, and mode bits say nothing
    if status.st_uid != os.geteuid():
        raise StoreError(
            f"{path} belongs to another user", f'sudo chown "$(id -un)" {shell_quoted(path)}'
        )
    if status.st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise StoreError(
            f"{path} is accessible to other users", f"chmod {mode} {shell_quoted(path)}"
        )


def _not_plain(path: Path) -> StoreError:
    return StoreError(f"{path} is not a plain file", f"rm {shell_quoted(path)}")


class FileStore:
    """One JSON object, profile to text, in a 0600 file of a 0700 folder.

    A reader sees the file before or after a change, never in between. A broken file is
    reported and left as it is; when the last entry goes, so does the file.
    """

    name: StoreName = StoreName.FILE

    def __init__(self, path: Path, *, lock_wait_s: float = 30.0) -> None:
        self._path = path
        self._lock_wait_s = lock_wait_s

    def probe(self) -> None:
        """Write, read and erase a throw-away entry."""
        key, text = probe_item()
        self._change(key, text)
        self._change(key, None)

    def read(self, key: str) -> Secret | None:
        """Return what is kept for a profile, or None."""
        account = checked_key(key)
        with explained_files(self._path, StoreError):
            text = self._entries().get(account)
        return None if text is None else Secret(text)

    def write(self, key: str, value: Secret) -> None:
        """Write a secret; those of other profiles are left as they are."""
        self._change(checked_key(key), value.reveal())

    def replace(self, key: str, value: Secret, *, expected: Secret | None) -> bool:
        """Write a secret only while `expected` is what is kept; return whether it was written."""
        account = checked_key(key)
        with self._alone():
            text = self._entries().get(account)
            if text != (None if expected is None else expected.reveal()):
                return False
            self._set(account, value.reveal())
            return True

    def erase(self, key: str) -> bool:
        """Erase what is kept for a profile; return whether there was anything."""
        account = checked_key(key)
        return self.read(account) is not None and self._change(account, None) is not None

    def _change(self, key: str, text: str | None) -> str | None:
        """Set an entry, or drop it; return what it was before."""
        with self._alone():
            return self._set(key, text)

    def _set(self, key: str, text: str | None) -> str | None:
        entries = _without_probes(self._entries())
        before = entries.pop(key, None)
        if text is not None:
            entries[key] = text
        self._save(entries)
        if self._entries().get(key) != text:
            raise not_kept(str(self._path))
        return before

    @contextmanager
    def _alone(self) -> Generator[None]:
        with explained_files(self._path, StoreError), locked(self._path, wait_s=self._lock_wait_s):
            yield

    def _entries(self) -> dict[str, str]:
        data = read_private(self._path, limit=_MOST_BYTES + 1)
        if data is None:
            return {}
        require_private_folder(self._path.parent)
        entries = _parsed(data)
        if entries is None:
            raise StoreError(
                f"{self._path} does not contain credentials in a known format",
                f"rm {shell_quoted(self._path)}, then glomex login",
            )
        return entries

    def _save(self, entries: dict[str, str]) -> None:
        require_private_folder(self._path.parent)
        if entries:
            replace_file(self._path, json.dumps(entries, indent=1).encode(), mode=0o600)
        else:
            self._path.unlink(missing_ok=True)


def _without_probes(entries: dict[str, str]) -> dict[str, str]:
    """Drop the throw-away entries of probes that were killed; no profile's name begins so.

    A probe that lives does not miss its own: it was read back under the same lock.
    """
    return {key: text for key, text in entries.items() if not key.startswith("#")}


def _parsed(data: bytes) -> dict[str, str] | None:
    """Return the entries, or None. A parser's error holds the whole text, so it is dropped here."""
    if len(data) > _MOST_BYTES:
        return None
    try:
        entries: object = json.loads(data)
    except (ValueError, RecursionError):
        return None
    if not isinstance(entries, dict):
        return None
    pairs = cast("dict[str, object]", entries)
    texts = {key: text for key, text in pairs.items() if isinstance(text, str)}
    return texts if len(texts) == len(pairs) else None
