"""What the system's errors on a file are called. Nothing here opens or reads one."""

import os
import shlex
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from glomex_cli.errors import ConfigurationError


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
        reason = os.strerror(error.errno) if error.errno else "unknown error"
        raise failure(
            f"{path} cannot be used: {reason.lower()}", f"ls -ld {quoted(path.parent)}"
        ) from error


def quoted(path: Path) -> str:
    """Give a path as it can be typed.

    >>> quoted(Path("Application Support"))
    "'Application Support'"
    """
    return shlex.quote(str(path))
