"""Retries, of queries only: a sign-in sent twice may lock an account or burn a code.

The dates by which a service says when to try again are parsed here.
"""

import math
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TypeVar

from glomex_cli.concurrency import Deadline
from glomex_cli.errors import GlomexError, NotConnectedError, RateLimitedError, UnavailableError

_T = TypeVar("_T")

_PAUSES_S = (0.5, 2.0)  # before the second and the third try


def with_retries(call: Callable[[], _T], deadline: Deadline, tell: Callable[[str], None]) -> _T:
    """Return what `call` returns, tried at most three times while the deadline lasts.

    Another try follows only on: no connection, status 429, 502, 503, 504. The service's own
    Retry-After is obeyed; a wait that outlasts the deadline is not begun. `tell` is called with
    a sentence before each wait.
    """
    for pause_s in _PAUSES_S:
        try:
            return call()
        except (NotConnectedError, RateLimitedError, UnavailableError) as failure:
            _wait(failure, pause_s, deadline, tell)
    return call()


def _wait(
    failure: GlomexError, pause_s: float, deadline: Deadline, tell: Callable[[str], None]
) -> None:
    wait_s = pause_s if failure.retry_after_s is None else failure.retry_after_s
    if wait_s >= deadline.left_s():
        raise failure
    tell(f"{failure.message}: trying again in {math.ceil(wait_s)} s")
    deadline.wait(wait_s)


def parse_http_date(text: str) -> datetime | None:
    """Parse the date of a header (RFC 9110, section 5.6.7); return None for anything else.

    >>> parse_http_date("Sun, 01 Jun 2025 12:00:00 GMT")
    datetime.datetime(2025, 6, 1, 12, 0, tzinfo=datetime.timezone.utc)
    """
    try:
        moment = parsedate_to_datetime(text)
    except (TypeError, ValueError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
