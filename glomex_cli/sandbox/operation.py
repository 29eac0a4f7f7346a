"""The question and the answer that HTTP and GraphQL hand each other."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Request:
    """What a client asks: a document, which of its operations, and values for its variables."""

    query: str
    operation_name: str | None = None
    variables: Mapping[str, object] | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """A response as the GraphQL specification has it; `executed` is false for a request error."""

    body: Mapping[str, object]
    executed: bool
