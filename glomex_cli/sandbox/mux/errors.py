"""Refusals, in the three shapes of body that the documents of Mux show."""

from collections.abc import Mapping
from http import HTTPStatus


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
