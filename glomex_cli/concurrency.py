"""Work in other threads: one call with a deadline, several at once, items handed between threads.

A library's own time-outs bound each step, not the whole: a body that drips, a slow name look-up
or a frozen keyring outlasts them. A thread that hangs is left behind instead.
"""

import math
import queue
import threading
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeAlias, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Future

_T = TypeVar("_T")
Outcome: TypeAlias = tuple[int, _T | Exception]

# Waiting in slices keeps Ctrl-C prompt where a lock's wait is not interruptible (Windows).
_SLICE_S = 0.2


class Deadline:
    """A moment on the monotonic clock by which everything has to be done."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._at = time.monotonic() + seconds
        self._pauses = 0
        self._paused_at = 0.0
        self._lock = threading.Lock()

    def left_s(self) -> float:
        """Return the seconds left, never below zero."""
        with self._lock:
            now = self._paused_at if self._pauses else time.monotonic()
            return max(0.0, self._at - now)

    def spent_s(self) -> float:
        """Return the seconds that have passed, without those of the pauses."""
        return self.seconds - self.left_s()

    def restart(self) -> None:
        """Begin anew, with all the seconds left."""
        self._at = time.monotonic() + self.seconds

    @contextmanager
    def paused(self) -> Generator[None]:
        """Stop the clock, for all threads, while one or more of them are in such a block.

        A person types, a code has to change, or a reader of the output takes its time.
        """
        with self._lock:
            if not self._pauses:
                self._paused_at = time.monotonic()
            self._pauses += 1
        try:
            yield
        finally:
            with self._lock:
                self._pauses -= 1
                if not self._pauses:
                    self._at += time.monotonic() - self._paused_at

    def wait(self, seconds: float) -> None:
        """Sleep for `seconds`, or for what is left."""
        time.sleep(min(seconds, self.left_s()))


class Channel(Generic[_T]):
    """Hands items from worker threads to the one that waits, until a deadline has passed."""

    def __init__(self, deadline: Deadline, *, size: int = 0) -> None:
        """Hold at most `size` items that nobody has taken; 0 sets no limit."""
        self._deadline = deadline
        self._items: queue.Queue[_T] = queue.Queue(size)
        self._is_closed = threading.Event()

    def put(self, item: _T) -> bool:
        """Hand over `item`; return False once nobody waits: closed, or the deadline has passed."""
        while not self._is_closed.is_set() and self._deadline.left_s():
            with suppress(queue.Full):
                self._items.put(item, timeout=_SLICE_S)
                return True
        return False

    def get(self, *, meanwhile: Callable[[], None] = lambda: None) -> _T:
        """Wait for the next item; raise TimeoutError once time is up, even if one is there.

        `meanwhile` is called several times a second, in the thread that waits.
        """
        while left := self._deadline.left_s():
            with suppress(queue.Empty):
                return self._items.get(timeout=min(_SLICE_S, left))
            meanwhile()
        self.close()
        raise TimeoutError

    def close(self) -> None:
        """Let the workers know that nobody waits any more."""
        self._is_closed.set()


class _Raised(NamedTuple):
    """What a call in another thread raised."""

    error: BaseException


def call_within(deadline: Deadline, function: Callable[[], _T]) -> _T:
    """Return or raise what `function` does in a daemon thread; TimeoutError when time is up.

    >>> call_within(Deadline(1), lambda: 6 * 7)
    42
    """
    outcomes: Channel[_T | _Raised] = Channel(deadline)

    def run() -> None:
        try:
            outcomes.put(function())
        except BaseException as error:  # noqa: BLE001 - raised again in the thread that waits
            outcomes.put(_Raised(error))

    threading.Thread(target=run, daemon=True).start()
    outcome = outcomes.get()
    if isinstance(outcome, _Raised):
        raise outcome.error
    return outcome


def as_done(
    calls: Sequence[Callable[[], _T]], *, at_once: int
) -> Generator[Outcome[_T], None, None]:
    """Yield the index of each call and what it returned or raised, the first done first.

    Calls that have not begun are dropped when the caller stops early; those under way go on.

    >>> sorted(as_done([lambda: 1, lambda: 4], at_once=2))
    [(0, 1), (1, 4)]
    """
    # Only a report that is split pays for this import.
    from concurrent.futures import ThreadPoolExecutor

    done: Channel[Future[_T]] = Channel(Deadline(math.inf))
    pool = ThreadPoolExecutor(at_once)
    try:
        index_of = {pool.submit(call): index for index, call in enumerate(calls)}
        for future in index_of:
            future.add_done_callback(done.put)
        for _ in calls:
            future = done.get()
            outcome = _outcome(future)
            yield index_of[future], outcome
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _outcome(future: "Future[_T]") -> _T | Exception:
    error = future.exception()
    return error if isinstance(error, Exception) else future.result()
