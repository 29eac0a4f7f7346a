"""Questions about the shape of values that came as JSON or as GraphQL input."""

from collections.abc import Mapping
from typing import TypeGuard


def is_object(value: object) -> TypeGuard[Mapping[str, object]]:
    """Say whether it is an object; its keys are strings in JSON and in GraphQL."""
    return isinstance(value, dict)


def is_list(value: object) -> TypeGuard[list[object]]:
    """Say whether it is a list."""
    return isinstance(value, list)
