"""What the status and headers of an answer mean, before its body is read. No effects."""

import re
from collections.abc import Mapping
from http import HTTPStatus
from urllib.parse import urlsplit

from glomex_cli.errors import (
    GlomexError,
    RateLimitedError,
    ServiceError,
    SessionExpiredError,
    UnavailableError,
)
from glomex_cli.http.request import REDIRECT_TARGET, Head
from glomex_cli.http.retries import parse_http_date

_JSON = re.compile(r"application/(?:[a-z0-9.-]+\+)?json")
_SAFE_HOST = re.compile(r"[A-Za-z0-9.-]{1,253}")
_DOWN = {HTTPStatus.BAD_GATEWAY, HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.GATEWAY_TIMEOUT}
_WORTH_TELLING_S = 3600  # a longer wait is told as "later"
_NO_SESSION = {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}


def is_json(head: Head) -> bool:
    """Return whether the body claims to be JSON; gateways answer with pages instead."""
    kind = head.headers.get("content-type", "").split(";", 1)[0].strip().lower()
    return _JSON.fullmatch(kind) is not None


def is_success(head: Head) -> bool:
    """Return whether the status is any 2xx: drafts of protocols over HTTP add to the known."""
    return 200 <= head.status < 300  # noqa: PLR2004 - the class of status codes itself


def failure_of_head(head: Head, host: str, *, language: str) -> GlomexError | None:
    """Return the failure that the head alone proves, whatever the body says; None without one.

    `language` is what the service was expected to speak, such as GraphQL.
    """
    if head.status == HTTPStatus.TOO_MANY_REQUESTS:
        return _later(RateLimitedError, f"{host} is rate limiting requests", head.headers)
    if 300 <= head.status < 400:  # noqa: PLR2004 - the class of status codes itself
        return _redirected(head.headers, host)
    if head.status in _DOWN:
        message = f"{host} is not available (status {head.status})"
        return _later(UnavailableError, message, head.headers)
    return None if is_json(head) else failure_of_status(head, host, language=language)


def failure_of_status(head: Head, host: str, *, language: str) -> GlomexError:
    """Return the failure of an answer in another language, judged by its status alone."""
    if head.status in _NO_SESSION:
        return SessionExpiredError(
            f"{host} did not accept the session (status {head.status})",
            "sign in again: glomex login",
        )
    if head.status == HTTPStatus.NOT_FOUND:
        message = f"there is no {language} API at this address of {host}"
        return ServiceError(message, "glomex status")
    return ServiceError(
        f"{host} sent a response that is not {language} (status {head.status})",
        "check the endpoint: glomex status",
    )


def _redirected(headers: Mapping[str, str], host: str) -> ServiceError:
    """Name the target but never follow it: with status 307 the password would be sent there."""
    target = "another address"
    try:
        named = urlsplit(headers.get(REDIRECT_TARGET, "")).hostname or ""
    except ValueError:
        named = ""
    if _SAFE_HOST.fullmatch(named):
        target = named
    return ServiceError(
        f"{host} redirects to {target}, which is not followed",
        "if that is right, use it as --endpoint",
    )


def _later(
    family: type[RateLimitedError | UnavailableError], message: str, headers: Mapping[str, str]
) -> GlomexError:
    wait_s = _seconds(headers.get("retry-after", ""), headers.get("date", ""))
    is_near = wait_s is not None and wait_s <= _WORTH_TELLING_S
    failure = family(message, f"try again in {wait_s:.0f} s" if is_near else "try again later")
    failure.retry_after_s = wait_s
    return failure


def _seconds(retry_after: str, date: str) -> float | None:
    """Read Retry-After, seconds or a date (RFC 9110, section 10.2.3), by the service's clock."""
    if retry_after.isascii() and retry_after.isdigit():
        return float(retry_after[:9])
    until, now = parse_http_date(retry_after), parse_http_date(date)
    return max(0.0, (until - now).total_seconds()) if until and now else None
