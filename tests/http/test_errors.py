"""Every fault of the HTTP library has words of ours, and none of the library's."""

import errno
import socket
import ssl
from collections.abc import Iterator

import httpx
import pytest

from glomex_cli.errors import (
    LIMIT_REACHED,
    ConfigurationError,
    GlomexError,
    NetworkError,
    NotConnectedError,
    ServiceError,
)
from glomex_cli.http.errors import HandshakeError, to_glomex_error
from support.servers.network import assert_silent

ROOTS = (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, httpx.CookieConflict)
EXPECTED: dict[type[Exception], type[GlomexError]] = {
    httpx.ConnectError: NotConnectedError,
    httpx.ConnectTimeout: NotConnectedError,
    httpx.PoolTimeout: NotConnectedError,
    httpx.ProxyError: NotConnectedError,
    httpx.ReadTimeout: NetworkError,
    httpx.WriteTimeout: NetworkError,
    httpx.ReadError: NetworkError,
    httpx.WriteError: NetworkError,
    httpx.CloseError: NetworkError,
    httpx.RemoteProtocolError: NetworkError,
    httpx.DecodingError: NetworkError,
    httpx.LocalProtocolError: ServiceError,
    httpx.InvalidURL: ConfigurationError,
    httpx.UnsupportedProtocol: ConfigurationError,
}


def family(kind: type[Exception]) -> Iterator[type[Exception]]:
    yield kind
    for child in kind.__subclasses__():
        yield from family(child)


def made(kind: type[Exception]) -> Exception:
    """Make an error that says something secret, without caring what its class wants to know."""
    error = kind.__new__(kind)
    error.args = ("Illegal header value b'Bearer canary-token'\n\x1b[31m",)
    return error


FAMILY = sorted({kind for root in ROOTS for kind in family(root)}, key=lambda kind: kind.__name__)


def test_all_errors_that_the_library_exports_are_in_the_family() -> None:
    exported = {
        each
        for name in httpx.__all__
        if isinstance(each := getattr(httpx, name), type) and issubclass(each, Exception)
    }
    assert exported == {kind for kind in FAMILY if kind.__module__.startswith("httpx")}


@pytest.mark.parametrize("kind", FAMILY)
def test_each_error_of_the_library_is_explained_in_our_words(kind: type[Exception]) -> None:
    error = to_glomex_error(made(kind), "glomex.example")
    assert isinstance(error, GlomexError)
    assert type(error) is EXPECTED.get(kind, type(error))
    assert "glomex.example" in error.message
    assert error.hint
    assert_silent(error, "canary", "Illegal")


@pytest.mark.parametrize(
    ("cause", "kind", "words"),
    [
        (ssl.SSLCertVerificationError(), HandshakeError, "certificate"),
        (ssl.SSLError(), HandshakeError, "TLS"),
        (socket.gaierror(), NotConnectedError, "cannot resolve"),
        (ConnectionRefusedError(), NotConnectedError, "cannot connect"),
        (OSError(errno.EMFILE, "x"), NetworkError, f"cannot connect to host: {LIMIT_REACHED}"),
    ],
)
@pytest.mark.parametrize("link", ["__cause__", "__context__"])
def test_what_lies_behind_a_failed_connection_is_named(
    cause: Exception, kind: type[GlomexError], words: str, link: str
) -> None:
    error = httpx.ConnectError("canary")
    setattr(error, link, cause)
    found = to_glomex_error(error, "host")
    assert type(found) is kind
    assert words in str(found)


def test_a_request_that_http_cannot_carry_blames_the_credentials() -> None:
    found = to_glomex_error(httpx.LocalProtocolError("canary"), "host")
    assert found is not None
    assert found.message == "the request to host is not valid HTTP"
    assert found.hint == "glomex login"


@pytest.mark.parametrize("error", [ValueError("x"), OSError("x"), KeyError("x"), Exception("x")])
def test_other_errors_are_left_to_others(error: Exception) -> None:
    assert to_glomex_error(error, "host") is None
