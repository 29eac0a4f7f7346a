"""What may be told of a request. No import of the HTTP library, so that anyone may speak of it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and the head of its answer: never its body, headers or query."""

    host: str
    operation: str
    status: int
    seconds: float
    request_id: str
