"""The limit of requests a second, and the headers that speak of it."""

import threading
from collections import deque
from collections.abc import Callable
from datetime import datetime

from glomex_cli.sandbox.mux.errors import too_many_requests

_WINDOW_S = 1.0


class Throttle:
    """Lets `limit` requests pass in any second by the clock; 0 lets all pass."""

    def __init__(self, limit: int, now: Callable[[], datetime], *, retry_after: bool) -> None:
        self._limit = limit
        self._now = now
        self._retry_after = retry_after
        self._passed: deque[float] = deque()
        self._lock = threading.Lock()

    def admit(self) -> tuple[tuple[str, str], ...]:
        """Return the headers for a request that may pass, or raise RefusedError."""
        if not self._limit:
            return ()
        with self._lock:
            now = self._now().timestamp()
            while self._passed and self._passed[0] <= now - _WINDOW_S:
                self._passed.popleft()
            if len(self._passed) >= self._limit:
                wait = (("Retry-After", "1"),) if self._retry_after else ()
                raise too_many_requests((*self._headers(), *wait))
            self._passed.append(now)
            return self._headers()

    def _headers(self) -> tuple[tuple[str, str], ...]:
        remaining = self._limit - len(self._passed)
        return (
            ("X-RateLimit-Limit", str(self._limit)),
            ("X-RateLimit-Remaining", str(remaining)),
        )
