"""What can go wrong between here and a service, in our own words.

The library's messages are never shown: some quote headers, and so the token.
"""

import socket
import ssl
from collections.abc import Callable, Iterator

import httpx

from glomex_cli.errors import (
    LIMIT_HINT,
    LIMIT_REACHED,
    ConfigurationError,
    GlomexError,
    NetworkError,
    NotConnectedError,
    ServiceError,
    is_limit,
)

_CHECK_NETWORK = "check the network, and the endpoint with: glomex status"
_NOT_CONNECTED = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
_CHECK_PROXY = "check HTTPS_PROXY, or exempt the host with NO_PROXY"


class HandshakeError(NetworkError):
    """TLS failed: the other side cannot prove its identity, or uses another protocol."""


def to_glomex_error(error: Exception, host: str, proxy: str = "") -> GlomexError | None:
    """Return our error for one of httpx, or None where `error` did not come from the network.

    Where requests go through a proxy, it is what cannot be connected to: `proxy` names it.
    """
    if isinstance(error, _NOT_CONNECTED) and any(map(is_limit, _causes(error))):
        return NetworkError(f"cannot connect to {host}: {LIMIT_REACHED}", LIMIT_HINT)
    if proxy and isinstance(error, _NOT_CONNECTED) and not _is_tls(error):
        problem = "cannot resolve" if _is_nameless(error) else "cannot connect to"
        return NotConnectedError(f"{problem} the proxy {proxy}", _CHECK_PROXY)
    for classes, words in _CONVERSIONS:
        if isinstance(error, classes):
            return words(error, host)
    return None


def timeout_error(host: str) -> NetworkError:
    """Return the error for an answer that did not arrive in time."""
    return NetworkError(f"{host} timed out", "use a longer --timeout")


def _proxy(_: Exception, host: str) -> GlomexError:
    return NotConnectedError(f"the proxy for {host} refused the connection", _CHECK_PROXY)


def _address(_: Exception, host: str) -> GlomexError:
    return ConfigurationError(f"the address of {host} or of its proxy is invalid", _CHECK_PROXY)


def _unsendable(_: Exception, host: str) -> GlomexError:
    return ServiceError(f"the request to {host} is not valid HTTP", "glomex login")


def _broken(_: Exception, host: str) -> GlomexError:
    return NetworkError(
        f"the connection to {host} was lost before the response was complete", "try again"
    )


def _connect_error(error: Exception, host: str) -> GlomexError:
    for cause in _causes(error):
        if isinstance(cause, ssl.SSLCertVerificationError):
            return HandshakeError(
                f"the certificate of {host} is not trusted",
                "set SSL_CERT_FILE to the certificates of your authority",
            )
        if isinstance(cause, ssl.SSLError):
            return HandshakeError(f"no secure connection to {host}: TLS failed", _CHECK_NETWORK)
        if isinstance(cause, socket.gaierror):
            return NotConnectedError(f"cannot resolve {host}", _CHECK_NETWORK)
    return NotConnectedError(f"cannot connect to {host}", _CHECK_NETWORK)


def _is_tls(error: Exception) -> bool:
    """Return whether TLS failed, which is spoken with the host behind the proxy."""
    return any(isinstance(cause, ssl.SSLError) for cause in _causes(error))


def _is_nameless(error: Exception) -> bool:
    return any(isinstance(cause, socket.gaierror) for cause in _causes(error))


def _causes(error: BaseException) -> Iterator[BaseException]:
    seen: BaseException | None = error
    while seen is not None:
        yield seen
        seen = seen.__cause__ or seen.__context__


# The first match counts, so a class comes before its parents.
_CONVERSIONS: tuple[
    tuple[tuple[type[Exception], ...], Callable[[Exception, str], GlomexError]], ...
] = (
    ((httpx.ProxyError,), _proxy),
    (_NOT_CONNECTED, _connect_error),
    ((httpx.TimeoutException,), lambda _, host: timeout_error(host)),
    ((httpx.InvalidURL, httpx.UnsupportedProtocol), _address),
    ((httpx.LocalProtocolError,), _unsendable),
    ((httpx.HTTPError, httpx.StreamError, httpx.CookieConflict), _broken),
)
