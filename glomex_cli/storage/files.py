"""Files that other processes see whole or not at all, and a lock that processes share.

Nothing here knows what a file holds. Errors of the system come out as `OSError`.
"""

import errno
import os
import re
import stat
import sys
import time
from collections.abc import Generator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

if sys.platform == "win32":
    import msvcrt

    def _try_lock(descriptor: int) -> bool:
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
else:
    import fcntl

    def _try_lock(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


_RETRY_S = 0.01
_SUFFIX = ".glomex-tmp"
# Windows knows no links to refuse, and would turn every newline into two bytes.
_NO_WAIT = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_NO_LINK = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


def read_plain(path: Path, *, limit: int) -> bytes:
    """Return the bytes of a plain file; OSError for one of more than `limit` bytes.

    So for what is no plain file: a named pipe would wait for a writer, and a device never ends.
    """
    descriptor = os.open(path, os.O_RDONLY | _NO_WAIT)
    with os.fdopen(descriptor, "rb") as stream:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise _system_error(errno.EINVAL, path)
        data = stream.read(limit + 1)
    if len(data) > limit:
        raise _system_error(errno.EFBIG, path)
    return data


def _system_error(number: int, path: Path) -> OSError:
    return OSError(number, os.strerror(number), str(path))


@contextmanager
def locked(path: Path, *, wait_s: float = 30.0) -> Generator[None]:
    """Hold the lock of a path: every other process and thread that asks for it waits.

    Guards a read and the write that follows from it; a reader alone needs no lock. The
    lock is a file of its own beside `path`, and ends with the process at the latest. A
    missing folder is made, for the owner only. Raises TimeoutError after `wait_s`.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = path.with_name(f".{path.name}.lock")
    descriptor = os.open(lock, os.O_RDWR | os.O_CREAT | _NO_LINK, 0o600)
    try:
        give_up_at = time.monotonic() + wait_s
        while not _try_lock(descriptor):
            if time.monotonic() >= give_up_at:
                raise TimeoutError
            time.sleep(_RETRY_S)
        yield
    finally:
        os.close(descriptor)


@contextmanager
def locked_if_possible(path: Path, *, wait_s: float) -> Generator[None]:
    """Hold the lock of a path where it comes in time and can be held at all; else go on without.

    For work that is merely better done by one process at a time.
    """
    with ExitStack() as held:
        with suppress(OSError):  # TimeoutError is one
            held.enter_context(locked(path, wait_s=wait_s))
        yield


def replace_file(path: Path, data: bytes, *, mode: int) -> None:
    """Write `data` to `path`: after a crash at any moment the old or the new file is there.

    The file has exactly `mode`, whatever the umask. A link at `path` is replaced, and what
    it points to is left alone.
    """
    with _replacing(path, mode=mode) as stream:
        stream.write(data)


@contextmanager
def writing(path: Path) -> Generator[BinaryIO]:
    """Open a stream that becomes the file `path` when the block ends without an error.

    An error leaves an older file as it was. An older file's mode is kept and obeyed, a new
    one's follows the umask. Devices and pipes (`/dev/stdout`) are written directly.
    """
    if _is_direct(path):
        with path.open("wb") as stream:
            yield stream
        return
    mode = _mode_of(path)
    if mode is not None:
        os.close(os.open(path, os.O_WRONLY | _NO_LINK))  # asks the system, and changes nothing
    with _replacing(path, mode=mode) as stream:
        yield stream


def _is_direct(path: Path) -> bool:
    """Below /dev and /proc, even a name that leads to a plain file means an open stream."""
    if path.absolute().parts[1:2] in {("dev",), ("proc",)}:
        return True
    try:
        return not stat.S_ISREG(path.stat().st_mode)
    except OSError:
        return False


def _mode_of(path: Path) -> int | None:
    try:
        status = path.lstat()
    except OSError:
        return None
    return stat.S_IMODE(status.st_mode) if stat.S_ISREG(status.st_mode) else None


@contextmanager
def _replacing(path: Path, *, mode: int | None) -> Generator[BinaryIO]:
    _sweep(path)
    descriptor, temporary = _claim_temporary(path, mode=0o666 if mode is None else 0o600)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            yield stream
            stream.flush()
            if mode is not None and sys.platform != "win32":
                os.fchmod(descriptor, mode)
            os.fsync(descriptor)
            if sys.platform == "win32":
                stream.close()  # an open file cannot be renamed there
            temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    _sync_folder(path.parent)


def _claim_temporary(path: Path, *, mode: int) -> tuple[int, Path]:
    """Make a temporary file and hold its lock, which tells others that its writer lives."""
    while True:
        temporary = path.with_name(f".{path.name}.{os.urandom(4).hex()}{_SUFFIX}")
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NO_LINK
        descriptor = os.open(temporary, flags, mode)
        if _is_claimed(descriptor):
            return descriptor, temporary
        os.close(descriptor)


def _is_claimed(descriptor: int) -> bool:
    """Return whether the file is still there: it may be swept before its lock is held."""
    try:
        return _try_lock(descriptor) and os.fstat(descriptor).st_nlink > 0
    except OSError:
        return True  # a file system without locks: nobody can sweep there either


def _sweep(path: Path) -> None:
    """Remove what killed writers of `path` left behind; a living writer holds a lock."""
    temporary = re.compile(rf"\.{re.escape(path.name)}\.[0-9a-f]{{8}}\{_SUFFIX}")
    with suppress(OSError):
        for name in filter(temporary.fullmatch, os.listdir(path.parent)):  # noqa: PTH208 - faster
            _remove_if_left(path.with_name(name))


def _remove_if_left(temporary: Path) -> None:
    with suppress(OSError):
        descriptor = os.open(temporary, os.O_RDWR | _NO_LINK)
        try:
            if _try_lock(descriptor):
                temporary.unlink()
        finally:
            os.close(descriptor)


def _sync_folder(folder: Path) -> None:
    """Make the new name last through a power cut, where the system lets folders be synced."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
