"""What may be told of a request. No import of the HTTP library, so that anyone may speak of it."""

from collections.abc import Callable
from typing import NamedTuple


class Exchange(NamedTuple):
    """One request and the head of its answer: never its body, headers or query."""

    host: str
    operation: str
    status: int
    seconds: float
    request_id: str


class Listener(NamedTuple):
    """Who hears of the talk with a service: `observe` of each exchange, `tell` of each wait.

    `meanwhile` is called once a request is on its way: time to get ready for the answer.
    """

    tell: Callable[[str], None]
    observe: Callable[[Exchange], None] | None = None
    meanwhile: Callable[[], None] = lambda: None
