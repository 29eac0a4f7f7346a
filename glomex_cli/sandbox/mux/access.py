"""Who may ask the Mux sandbox, and how often: tokens, requests a second, and refusals.

Refusals have the three shapes of body that the documents of Mux show. The tokens are public:
nothing here guards anything.
"""

import base64
import binascii
import hmac
import threading
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

MUX_TOKEN_ID = "mux-sandbox"  # noqa: S105 - public, it opens made-up figures
# A real secret may hold these three characters, which clients have to carry unchanged.
MUX_TOKEN_SECRET = "sandbox/only+mux="  # noqa: S105
VIDEO_TOKEN_ID = "mux-sandbox-video"  # noqa: S105 - may not read data
DATA_READ = "data:read"
_WINDOW_S = 1.0


class RefusedError(Exception):
    """Carries the status, the body and the extra headers of a refusal."""

    def __init__(
        self,
        status: HTTPStatus,
        body: Mapping[str, object],
        headers: tuple[tuple[str, str], ...] = (),
    ) -> None:
        super().__init__(status.phrase)
        self.status = status
        self.body = body
        self.headers = headers


def invalid(message: str) -> RefusedError:
    """Return the refusal of a parameter: status 400, type `invalid_parameters`."""
    return _typed(HTTPStatus.BAD_REQUEST, "invalid_parameters", message)


def invalid_filter(message: str) -> RefusedError:
    """Return the refusal of a filter: status 400, where `error` is a string."""
    return RefusedError(HTTPStatus.BAD_REQUEST, {"error": message})


def unauthorized() -> RefusedError:
    """Return the refusal of a missing or wrong token: status 401."""
    return _typed(HTTPStatus.UNAUTHORIZED, "unauthorized", "Unauthorized request")


def not_found() -> RefusedError:
    """Return status 404: for an unknown path, and for a token without the permission."""
    return _typed(HTTPStatus.NOT_FOUND, "not_found", "The resource was not found")


def method_not_allowed() -> RefusedError:
    """Return the refusal of everything but GET and HEAD: status 405."""
    allow = (("Allow", "GET, HEAD"),)
    return _typed(HTTPStatus.METHOD_NOT_ALLOWED, "not_allowed", "Use GET", allow)


def too_many_requests(headers: tuple[tuple[str, str], ...]) -> RefusedError:
    """Return the refusal of a request too soon: status 429, where `errors` lists strings."""
    body = {"errors": ["Too many requests, retry later."]}
    return RefusedError(HTTPStatus.TOO_MANY_REQUESTS, body, headers)


def unexpected() -> RefusedError:
    """Return the answer to a fault of the sandbox itself: status 500."""
    return _typed(HTTPStatus.INTERNAL_SERVER_ERROR, "internal_error", "Unexpected error")


def _typed(
    status: HTTPStatus, name: str, message: str, headers: tuple[tuple[str, str], ...] = ()
) -> RefusedError:
    return RefusedError(status, {"error": {"type": name, "messages": [message]}}, headers)


@dataclass(frozen=True, slots=True)
class Token:
    """An access token: its permissions, and its name on the dashboard."""

    ident: str
    name: str
    permissions: tuple[str, ...]
    secret: str = MUX_TOKEN_SECRET

    @property
    def reads_data(self) -> bool:
        """Return whether the token may use the Data API."""
        return DATA_READ in self.permissions


_TOKENS = {
    token.ident: token
    for token in (
        Token(MUX_TOKEN_ID, "Sandbox, data", ("video:read", DATA_READ)),
        Token(VIDEO_TOKEN_ID, "Sandbox, video only", ("video:read", "video:write")),
    )
}


def token_of(authorization: str | None) -> Token:
    """Return the token behind a Basic `Authorization` header.

    Raises RefusedError with status 401, in the same words for everything that is wrong.

    >>> token_of("Basic bXV4LXNhbmRib3g6c2FuZGJveC9vbmx5K211eD0=").ident
    'mux-sandbox'
    """
    scheme, _, encoded = (authorization or "").partition(" ")
    try:
        decoded = base64.b64decode(encoded.strip(), validate=True).decode()
    except (binascii.Error, ValueError):
        raise unauthorized() from None
    ident, _, secret = decoded.partition(":")
    token = _TOKENS.get(ident)
    if scheme.lower() != "basic" or token is None or not _is_same(secret, token.secret):
        raise unauthorized()
    return token


def whoami(token: Token) -> Mapping[str, object]:
    """Return the answer of `/system/v1/whoami`, which every token may ask."""
    return {
        "data": {
            "access_token_name": token.name,
            "environment_id": "env-sandbox",
            "environment_name": "Sandbox",
            "environment_type": "development",
            "organization_id": "org-sandbox",
            "organization_name": "Glomex Sandbox",
            "permissions": list(token.permissions),
        }
    }


def announce(url: str) -> list[tuple[str, str]]:
    """List label and value of all that somebody needs to use the sandbox at `url`."""
    return [("URL", url), ("token id", MUX_TOKEN_ID), ("token secret", MUX_TOKEN_SECRET)]


def _is_same(given: str, expected: str) -> bool:
    return hmac.compare_digest(given.encode("utf-8", "surrogatepass"), expected.encode())


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
