"""The words for failures of files and keyrings. Nothing here opens or reads one.

No message holds text of a keyring's exception: some quote the secret.
"""

import errno
import os
import shlex
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path

from glomex_cli.errors import (
    LIMIT_HINT,
    LIMIT_REACHED,
    ConfigurationError,
    StoreError,
    is_limit,
)

_FULL = {errno.ENOSPC, errno.EDQUOT}
_OTHER_STORES = "use `glomex login --store file`, or `--store none`"


# Below no folder: reading finds nothing there, and writing fails with what to do.
NO_HOME = Path(os.devnull) / "glomex"


@contextmanager
def explained_files(
    path: Path, failure: type[ConfigurationError] = ConfigurationError
) -> Generator[None]:
    """Turn errors of the system on `path`, and a lock that stays held, into `failure`."""
    try:
        yield
    except TimeoutError as error:
        raise failure(
            f"another command is using {path}", "wait for it to end, then try again"
        ) from error
    except OSError as error:
        if NO_HOME in (path, *path.parents):
            raise failure(
                "there is no usable home folder",
                "set GLOMEX_CONFIG_DIR to a folder of your own",
            ) from error
        if is_limit(error):
            raise failure(LIMIT_REACHED, LIMIT_HINT) from error
        reason = os.strerror(error.errno) if error.errno else "unknown error"
        command = "df -h" if error.errno in _FULL else "ls -ld"
        raise failure(
            f"{path} cannot be used: {reason.lower()}", f"{command} {shell_quoted(path.parent)}"
        ) from error


def shell_quoted(path: Path) -> str:
    """Quote a path so that it can be typed into a shell.

    >>> shell_quoted(Path("Application Support"))
    "'Application Support'"
    """
    return shlex.quote(str(path))


def no_keyring() -> StoreError:
    """Return the error for a system without a usable keyring, or whose keyring is gone."""
    return StoreError("no usable keyring on this system", _OTHER_STORES)


def keyring_locked() -> StoreError:
    """Return the error for a keyring that stayed locked."""
    return StoreError("the keyring is locked", f"unlock it and try again, or {_OTHER_STORES}")


def keyring_timed_out() -> StoreError:
    """Return the error for a missing answer: whether something is kept is not known."""
    return StoreError(
        "the keyring timed out",
        f"answer its dialog or restart it, then try again, or {_OTHER_STORES}",
    )


def keyring_refused() -> StoreError:
    """Return the error for a keyring that failed, or whose dialog a person dismissed."""
    return StoreError(
        "the keyring refused", f"allow access when it asks, then try again, or {_OTHER_STORES}"
    )


def keyring_misconfigured(source: str, way_out: str) -> StoreError:
    """Return the error for a setting that names a keyring that may not keep credentials."""
    return StoreError(f"{source} does not name a keyring that is safe to use", way_out)


def not_kept(place: str) -> StoreError:
    """Return the error for a place where what was read back differs from what was written."""
    return StoreError(f"{place} did not save what was written", "try again, or `glomex doctor`")


# By name, since the classes are of packages that are not installed on every system. A dismissed
# dialog comes before its base class because a class is looked up before its bases.
_KINDS: dict[str, Callable[[], StoreError]] = {
    "KeyringLocked": keyring_locked,
    "LockedException": keyring_locked,
    "TimeoutError": keyring_timed_out,
    "NoKeyringError": no_keyring,
    "SecretServiceNotAvailableException": no_keyring,
    "ImportError": no_keyring,
    "NameError": no_keyring,  # the library lets a missing package pass when it is imported
    "OSError": no_keyring,
    "EOFError": no_keyring,
}


def to_store_error(error: BaseException) -> StoreError:
    """Return the failure that a person is told, with the classes of `error` as its only trace.

    The innermost known cause decides, since libraries wrap what happened in their own errors.
    """
    chain = _causes(error)
    for link in reversed(chain):
        if isinstance(link, StoreError):
            return link
        for name in (cls.__name__ for cls in type(link).__mro__):
            if name in _KINDS:
                return _noted(_KINDS[name](), chain)
    return _noted(keyring_refused(), chain)


def _causes(error: BaseException | None) -> list[BaseException]:
    chain: list[BaseException] = []
    while error is not None and error not in chain:
        chain.append(error)
        error = error.__cause__
    return chain


def _noted(failure: StoreError, chain: list[BaseException]) -> StoreError:
    """Add the names of the classes, which a debugging run shows and no one else."""
    failure.add_note(" from ".join(type(link).__qualname__ for link in chain))
    return failure
