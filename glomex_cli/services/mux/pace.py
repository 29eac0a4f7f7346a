"""At most four requests at once and five in any second, of all commands on this machine.

The limit is that of the environment, so no command alone can keep it. A file that they share
has five places: a request takes one, and gives it back with its answer. The next may have it a
second later, since only then it is sure that the service counted the one before. After status
429 nobody asks for as long as the service said, and for a minute one asks at a time.
"""

import math
import os
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from glomex_cli.concurrency import Deadline
from glomex_cli.errors import RateLimitedError
from glomex_cli.storage.files import locked, read_plain

PER_SECOND = 5
AT_ONCE = 4
_SECOND_S = 1.0
_LOOK_S = 0.05  # another request may end at any time
# A place that is not given back, as by a command that was killed, is free after this.
_ABANDONED_S = 5.0
_USUAL_HOLD_S, _LONGEST_HOLD_S = 1.0, 60.0
_SHORTEST_STEP_S, _LONGEST_STEP_S = 0.5, 10.0
_SLOW_S = 60.0
# Moments further ahead were written while the clock was wrong.
_FAR_AHEAD_S = 600.0
_NUMBER = "{:020.6f}"
_MOST_BYTES = 1024


class _State(NamedTuple):
    """Epoch seconds: when each place was given back, or will be at the latest.

    Nobody asks before `hold`. Until `slow_until` one asks at a time, `step` seconds apart.
    """

    places: tuple[float, ...] = (0.0,) * PER_SECOND
    hold: float = 0.0
    slow_until: float = 0.0
    step: float = 0.0

    def wait_s(self, now: float) -> float:
        """Return in how many seconds it is worth to look again; 0 where a place is free."""
        if now < self.hold:
            return self.hold - now
        is_slow = now < self.slow_until
        if sum(place > now for place in self.places) >= (1 if is_slow else AT_ONCE):
            return _LOOK_S
        if is_slow:
            return max(0.0, max(self.places) + self.step - now)
        return max(0.0, min(self.places) + _SECOND_S - now)

    def with_place(self, index: int, moment: float) -> "_State":
        """Return the state in which a place is taken until `moment`, or was given back then."""
        places = (*self.places[:index], moment, *self.places[index + 1 :])
        return self._replace(places=places)

    def refused(self, now: float, wait_s: float) -> "_State":
        """Return the state after status 429; refusals of one moment count once."""
        hold = max(self.hold, now + wait_s)
        if now < self.hold:
            return self._replace(hold=hold)
        before = self.step if now < self.slow_until else 0.0
        step = min(max(wait_s, 2 * before, _SHORTEST_STEP_S), _LONGEST_STEP_S)
        return self._replace(hold=hold, slow_until=hold + _SLOW_S, step=step)


class Pace:
    """Makes requests wait for their turn; without a file, none waits."""

    def __init__(self, file: Path | None, clock: Callable[[], float] = time.time) -> None:
        self._file = file
        self._clock = clock

    @contextmanager
    def turn(self, deadline: Deadline) -> Generator[None]:
        """Wait for a place, and hold it during the block.

        Raises RateLimitedError where there is none before the deadline. A file that cannot be
        used costs the pace, not the report: status 429 is obeyed all the same.
        """
        place = self._wait(deadline)
        try:
            yield
        finally:
            if place is not None:
                self._change(lambda state, now: state.with_place(place, now))

    def refused(self, retry_after_s: float | None) -> None:
        """Let all wait: the service answered with status 429, and with Retry-After if any."""
        wait_s = _USUAL_HOLD_S if retry_after_s is None else retry_after_s
        self._change(lambda state, now: state.refused(now, min(wait_s, _LONGEST_HOLD_S)))

    def take(self) -> tuple[float, int | None]:
        """Take a place that is free; return 0 and which, else in how many seconds to look again."""
        taken: tuple[float, int | None] = (0.0, None)

        def change(state: _State, now: float) -> _State:
            nonlocal taken
            if wait_s := state.wait_s(now):
                taken = (wait_s, None)
                return state
            place = state.places.index(min(state.places))
            taken = (0.0, place)
            return state.with_place(place, now + _ABANDONED_S)

        self._change(change)
        return taken

    def _wait(self, deadline: Deadline) -> int | None:
        while True:
            wait_s, place = self.take()
            if not wait_s:
                return place
            if wait_s >= deadline.left_s():
                raise _too_late(wait_s)
            deadline.wait(wait_s)

    def _change(self, change: Callable[[_State, float], _State]) -> None:
        if self._file is None:
            return
        with suppress(OSError), locked(self._file):  # TimeoutError is one
            now = self._clock()
            before = _read(self._file, now)
            if (after := change(before, now)) != before:
                _write(self._file, after)


def open_pace(folder: Path | None, origin: str) -> Pace:
    """Return the pace of an origin, kept in `folder`; without a folder, none waits."""
    if folder is None:
        return Pace(None)
    return Pace(folder / f"pace-{sha256(origin.encode()).hexdigest()[:16]}")


def _read(file: Path, now: float) -> _State:
    try:
        *places, hold, slow_until, step = map(float, read_plain(file, limit=_MOST_BYTES).split())
    except (OSError, ValueError):
        return _State()
    moments = (*places, hold, slow_until)
    is_right = len(places) == PER_SECOND and all(0 <= each < now + _FAR_AHEAD_S for each in moments)
    return _State(tuple(places), hold, slow_until, step) if is_right else _State()


def _write(file: Path, state: _State) -> None:
    """Write in place: what a crash cuts short is merely forgotten, so that nothing is synced."""
    numbers = (*state.places, state.hold, state.slow_until, state.step)
    no_wait = getattr(os, "O_NONBLOCK", 0)  # for the reader of a pipe in its place
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | no_wait, 0o600)
    with open(descriptor, "wb", buffering=0) as stream:  # noqa: PTH123 - of a descriptor
        stream.write(" ".join(map(_NUMBER.format, numbers)).encode())
        stream.truncate()


def _too_late(wait_s: float) -> RateLimitedError:
    error = RateLimitedError(
        "Mux Data allows few requests per second, and --timeout is too short to wait",
        f"use a longer --timeout, or try again in {math.ceil(wait_s)} s",
    )
    error.retry_after_s = wait_s
    return error
