"""A proxy carries what it cannot read, and only where TLS hides it; bad settings are named."""

import os
import ssl
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme

from glomex_cli.concurrency import Deadline
from glomex_cli.config.endpoint import parse_endpoint
from glomex_cli.errors import ConfigurationError, ExitCode, NetworkError, NotConnectedError
from glomex_cli.http.proxies import proxy_before
from support.servers.fault_answers import http, silent, whole
from support.servers.fault_server import FaultServer
from support.servers.network import (
    ANSWER,
    ROWS,
    SECRETS,
    TOKEN,
    assert_silent,
    failure_of,
    report,
    service,
    sign_in,
)
from support.servers.recording_proxy import Tunnel

FOR_HTTPS = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"]
GOOD = whole(http(200, body=ANSWER))


@pytest.fixture
def secure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FaultServer]:
    """Yield a server behind TLS that this test's environment trusts."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "authority.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)  # pyright: ignore[reportUnknownMemberType]
    with FaultServer(GOOD, tls=context) as server:
        yield server


@pytest.mark.fault("F6")
@pytest.mark.parametrize("variable", FOR_HTTPS)
@pytest.mark.parametrize("user", ["", "user:canary-pw@"])
def test_proxy_of_the_environment_carries_what_it_cannot_read(
    variable: str, user: str, secure: FaultServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    tunnel = Tunnel()
    with FaultServer(tunnel) as proxy:
        monkeypatch.setenv(variable, f"http://{user}127.0.0.1:{proxy.port}")
        assert report(service(secure.url)) == ROWS
    (request,) = proxy.requests
    assert (request.method, request.target) == ("CONNECT", f"127.0.0.1:{secure.port}")
    assert "authorization" not in request.headers
    assert ("proxy-authorization" in request.headers) == bool(user)
    assert len(tunnel.carried) > 500
    assert not any(secret.encode() in tunnel.carried for secret in (*SECRETS, "canary-pw"))
    assert "proxy-authorization" not in secure.requests[0].headers


@pytest.mark.fault("F6")
@pytest.mark.parametrize("variable", [*FOR_HTTPS, "HTTP_PROXY", "http_proxy"])
def test_what_is_not_encrypted_never_meets_a_proxy(
    variable: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with FaultServer(GOOD) as proxy, FaultServer(GOOD) as server:
        monkeypatch.setenv(variable, f"http://127.0.0.1:{proxy.port}")
        assert report(service(server.url)) == ROWS
    assert proxy.connections == 0


def test_proxy_for_plain_http_is_no_proxy_for_https(
    secure: FaultServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    with FaultServer(GOOD) as proxy:
        monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{proxy.port}")
        assert report(service(secure.url)) == ROWS
    assert proxy.connections == 0


def test_exempt_host_goes_without_proxy(
    secure: FaultServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    with FaultServer(GOOD) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{proxy.port}")
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        assert report(service(secure.url)) == ROWS
    assert proxy.connections == 0


@pytest.mark.fault("F6")
@pytest.mark.parametrize("variable", FOR_HTTPS)
@pytest.mark.parametrize(
    "value",
    ["socks5://canary:canary@127.0.0.1:1080", "::::", "http://canary@:x", "ftp://canary/",
     "user:canary@proxy.invalid", "http://[canary", "http://ca nary:1",
     "http://canary:99999999999", "http://\x1b[2J/"],
    ids=ascii,
)  # fmt: skip
def test_proxy_that_cannot_be_used_is_named_but_not_quoted(
    variable: str, value: str, secure: FaultServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, value)
    error = failure_of(report, secure.url)
    assert isinstance(error, (ConfigurationError, NotConnectedError))
    assert isinstance(error, NotConnectedError) or error.exit_code is ExitCode.CONFIGURATION
    assert variable in f"{error.message} {error.hint}"
    assert_silent(error, "canary")
    assert secure.requests == []


@pytest.mark.bug("B16")
@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("http://user:canary-pw@127.0.0.1:9", "cannot connect to the proxy 127.0.0.1:9"),
        ("http://canary-pw@proxy.invalid:9", "cannot resolve the proxy proxy.invalid:9"),
    ],
)
def test_a_proxy_that_is_down_is_named(
    value: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", value)
    error = failure_of(report, "https://glomex.invalid/v1")
    assert isinstance(error, NotConnectedError)
    assert error.message.endswith(f"{words} (HTTPS_PROXY)")
    assert_silent(error, "canary-pw")


def test_a_socks_proxy_is_used_where_the_library_for_it_is_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    endpoint = parse_endpoint("https://glomex.invalid/v1")
    monkeypatch.setenv("ALL_PROXY", "socks5://127.0.0.1:9")
    with pytest.raises(ConfigurationError, match="SOCKS proxy, which is not supported"):
        proxy_before(endpoint, os.environ)
    (tmp_path / "socksio.py").touch()
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    assert str(proxy_before(endpoint, os.environ)) == "127.0.0.1:9 (ALL_PROXY)"


@pytest.mark.bug("B16")
@pytest.mark.parametrize("value", ["http://", " "])
def test_an_empty_proxy_is_refused_by_name(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", value)
    error = failure_of(report, "https://glomex.invalid/v1")
    assert (error.exit_code, error.message) == (9, "HTTPS_PROXY is not the address of a proxy")


@pytest.mark.parametrize("status", [302, 400, 403, 407, 502])
def test_proxy_that_refuses_is_blamed(
    status: int, secure: FaultServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    with FaultServer(whole(http(status, "Location: http://127.0.0.1:1/"))) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", f"http://user:canary-pw@127.0.0.1:{proxy.port}")
        error = failure_of(report, secure.url)
    assert isinstance(error, NotConnectedError)
    assert "the proxy for 127.0.0.1" in error.message
    assert_silent(error, "canary-pw")
    assert secure.connections == 0


def test_silent_proxy_is_given_up_in_time(
    secure: FaultServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    with FaultServer(silent) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{proxy.port}")
        began = time.monotonic()
        error = failure_of(report, secure.url, deadline=Deadline(0.4))
        assert time.monotonic() - began < 5
    assert isinstance(error, NetworkError)


@pytest.mark.fault("F5")
@pytest.mark.parametrize("name", [".netrc", "_netrc"])
def test_netrc_is_not_read(
    name: str, tmp_path: Path, secure: FaultServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / name).write_text("machine 127.0.0.1 login canary password canary\n")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("NETRC", str(tmp_path / name))
    assert report(service(secure.url)) == ROWS
    assert secure.requests[0].headers["authorization"] == f"Bearer {TOKEN}"
    with FaultServer(whole(http(500))) as server:
        failure_of(sign_in, server.url)
    assert "authorization" not in server.requests[0].headers
