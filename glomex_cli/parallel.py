"""Several calls at once, in daemon threads: whoever stops waiting leaves them behind."""

import queue
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias, TypeVar

T = TypeVar("T")
Outcome: TypeAlias = tuple[int, T | Exception]

# Waiting in slices keeps Ctrl-C prompt where a queue's wait is not interruptible (Windows).
_SLICE_S = 0.2


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
