"""What may be told of a request. No import of the HTTP library, so that anyone may speak of it."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and the head of its answer: never its body, headers or query."""

    host: str
    operation: str
    status: int
    seconds: float
    request_id: str


@dataclass(frozen=True, slots=True)
class Listener:
    """Who hears of the talk with a service: `observe` of each exchange, `tell` of each wait."""

    tell: Callable[[str], None]
    observe: Callable[[Exchange], None] | None = None
