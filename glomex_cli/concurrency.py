"""Run something that may hang, and give up in time.

A library's own time-outs bound each step, not the whole: a body that drips, a slow name
look-up or a frozen keyring outlasts them. A daemon thread can be left behind.

Several calls at once, in daemon threads: whoever stops waiting leaves them behind.
"""

import queue
import threading
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from typing import Generic, TypeAlias, TypeVar

T = TypeVar("T")
# Waiting in slices keeps Ctrl-C prompt where a lock's wait is not interruptible (Windows).
_SLICE_S = 0.2
Outcome: TypeAlias = tuple[int, T | Exception]


class Deadline:
    """A moment on the monotonic clock by which everything has to be done."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._at = time.monotonic() + seconds

    def left_s(self) -> float:
        """Seconds left, never below zero."""
        return max(0.0, self._at - time.monotonic())

    def restart(self) -> None:
        """Begin anew, with all the seconds left."""
        self._at = time.monotonic() + self.seconds

    @contextmanager
    def paused(self) -> Generator[None]:
        """Do not count the time of a block: a person types, or a clock has to go on."""
        began = time.monotonic()
        try:
            yield
        finally:
            self._at += time.monotonic() - began

    def wait(self, seconds: float) -> None:
        """Let `seconds` pass, or what is left."""
        time.sleep(min(seconds, self.left_s()))


class _Outcome(Generic[T]):
    """Holds what the thread came back with."""

    def __init__(self) -> None:
        self.done = threading.Event()
        self.values: list[T] = []
        self.error: BaseException | None = None


def call_within(deadline: Deadline, function: Callable[[], T]) -> T:
    """Give what `function` returns or raises, or raise TimeoutError when time is up.

    >>> call_within(Deadline(1), lambda: 6 * 7)
    42
    """
    outcome: _Outcome[T] = _Outcome()
    threading.Thread(target=_record, args=(function, outcome), daemon=True).start()
    while not outcome.done.wait(min(_SLICE_S, deadline.left_s())):
        if not deadline.left_s():
            raise TimeoutError
    if outcome.error is not None:
        raise outcome.error
    return outcome.values[0]


def _record(function: Callable[[], T], outcome: _Outcome[T]) -> None:
    try:
        outcome.values.append(function())
    except BaseException as error:  # noqa: BLE001 - it is raised again where the caller waits
        outcome.error = error
    finally:
        outcome.done.set()


def as_done(calls: Sequence[Callable[[], T]], *, at_once: int) -> Iterator[Outcome[T]]:
    """Give the index of each call and what it returned or raised, the first done first.

    >>> sorted(as_done([lambda: 1, lambda: 4], at_once=2))
    [(0, 1), (1, 4)]
    """
    waiting: queue.SimpleQueue[int] = queue.SimpleQueue()
    done: queue.SimpleQueue[Outcome[T]] = queue.SimpleQueue()
    for index in range(len(calls)):
        waiting.put(index)
    for _ in range(min(at_once, len(calls))):
        threading.Thread(target=_work, args=(calls, waiting, done), daemon=True).start()
    for _ in calls:
        yield _next(done)


def _work(
    calls: Sequence[Callable[[], T]],
    waiting: "queue.SimpleQueue[int]",
    done: "queue.SimpleQueue[Outcome[T]]",
) -> None:
    while True:
        try:
            index = waiting.get_nowait()
        except queue.Empty:
            return
        try:
            done.put((index, calls[index]()))
        except Exception as error:  # noqa: BLE001 - handed to whoever waits
            done.put((index, error))


def _next(done: "queue.SimpleQueue[Outcome[T]]") -> Outcome[T]:
    while True:
        try:
            return done.get(timeout=_SLICE_S)
        except queue.Empty:
            continue
