"""Reading a file that must be ours alone. The open file is judged, not its name."""

import errno
import os
import stat
import sys
from pathlib import Path

from glomex_cli.errors import StoreError
from glomex_cli.storage.file_errors import quoted

# Where a link is met, POSIX says ELOOP, FreeBSD EMLINK.
_LINK_ERRORS = (errno.ELOOP, errno.EMLINK)
# A named pipe would wait for a writer.
_FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


def read_private(path: Path, *, limit: int) -> bytes | None:
    """Give up to `limit` bytes of a file, or None where there is none.

    Raises StoreError, with what to type, for a link, a device, and a file or folder that is
    another user's or open to others. Errors of the system come out as OSError.
    """
    try:
        descriptor = os.open(path, _FLAGS | getattr(os, "O_BINARY", 0))
    except FileNotFoundError:
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
            f"{path} belongs to another user", f'sudo chown "$(id -un)" {quoted(path)}'
        )
    if status.st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise StoreError(f"{path} is open to other users", f"chmod {mode} {quoted(path)}")


def _not_plain(path: Path) -> StoreError:
    return StoreError(f"{path} is not a plain file", f"rm {quoted(path)}")
