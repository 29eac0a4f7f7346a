"""At most five requests a second, shared by all commands on this machine.

The limit is that of the environment, so each command alone cannot keep it. A file holds the
moment until which requests are planned (the generic cell rate algorithm); it is read and
written under a lock, and a command that had to wait sleeps after the lock is free again.
"""

import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from glomex_cli.concurrency import Deadline
from glomex_cli.storage.files import locked, replace_file

PER_SECOND = 5
_BURST = 5
_STEP_S = 1 / PER_SECOND
# A plan further ahead was made while the clock was wrong.
_FAR_AHEAD_S = 60.0


class Pace:
    """Makes requests wait for their turn; without a file, none waits."""

    def __init__(self, file: Path | None, clock: Callable[[], float] = time.time) -> None:
        self._file = file
        self._clock = clock

    def wait(self, deadline: Deadline) -> None:
        """Wait for the next turn, or until the deadline."""
        if self._file is None:
            return
        if wait_s := self.reserve():
            deadline.wait(wait_s)

    def reserve(self) -> float:
        """Take the next turn; return in how many seconds it is.

        A file that cannot be used costs the pace, not the report: the service's own refusal,
        status 429, is obeyed all the same.
        """
        if self._file is None:
            return 0.0
        try:
            with locked(self._file):
                now = self._clock()
                planned = max(now, self._planned(now))
                replace_file(self._file, f"{planned + _STEP_S:.6f}".encode(), mode=0o600)
        except (OSError, TimeoutError):
            return 0.0
        return max(0.0, planned - (_BURST - 1) * _STEP_S - now)

    def _planned(self, now: float) -> float:
        try:
            planned = float(self._file.read_bytes()[:32]) if self._file else 0.0
        except (OSError, ValueError):
            return 0.0
        return planned if planned <= now + _FAR_AHEAD_S else 0.0


def open_pace(folder: Path | None, origin: str) -> Pace:
    """Return the pace of an origin, kept in `folder`; without a folder, none waits."""
    if folder is None:
        return Pace(None)
    return Pace(folder / f"pace-{sha256(origin.encode()).hexdigest()[:16]}")
