"""What a refusal of Mux means: three shapes of body, and statuses that mean more than they say.

The documents show `{"error": {"type", "messages"}}`, `{"error": "…"}` and `{"errors": ["…"]}`.
"""

from http import HTTPStatus

from glomex_cli.errors import (
    GlomexError,
    InvalidQueryError,
    RateLimitedError,
    ServiceError,
    SessionExpiredError,
)
from glomex_cli.models import Json
from glomex_cli.terminal.sanitize import clip

_LONGEST = 200
_REFUSED = {HTTPStatus.BAD_REQUEST, HTTPStatus.UNPROCESSABLE_ENTITY}


class NotFoundError(ServiceError):
    """Status 404: nothing is there, or the token may not see it."""


def message_of(body: Json) -> str:
    """Return the first message of a refusal, made safe to show; empty where it holds none.

    >>> message_of({"error": {"type": "x", "messages": ["no such metric"]}})
    'no such metric'
    """
    if not isinstance(body, dict):
        return ""
    error = body.get("error", body.get("errors"))
    if isinstance(error, dict):
        error = error.get("messages")
    if isinstance(error, list):
        error = error[0] if error else None
    return clip(error, _LONGEST) if isinstance(error, str) else ""


def failure_of_refusal(status: int, body: Json, *, host: str, asked: str) -> GlomexError:
    """Return the failure that an answer with a status of 400 or more means."""
    if status == HTTPStatus.UNAUTHORIZED:
        return SessionExpiredError(
            f"{host} does not accept the token", "check its id and secret: glomex login"
        )
    if status in {HTTPStatus.NOT_FOUND, HTTPStatus.FORBIDDEN}:
        return NotFoundError(f"{host} has nothing at {asked}", "glomex schema")
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return RateLimitedError(f"{host} asks to slow down", "try again later")
    reason = message_of(body) or "no reason given"
    if status in _REFUSED:
        return InvalidQueryError(f"Mux Data refused {asked}: {reason}", "glomex schema")
    return ServiceError(
        f"Mux Data failed at {asked} (status {status}): {reason}", "try again later"
    )


def without(secret: str, error: GlomexError) -> GlomexError:
    """Return the error with the secret blotted out, should the service have quoted it."""
    for part in filter(None, (secret, secret.partition(":")[2])):
        if part in error.message:
            error.message = error.message.replace(part, "***")
    return error
