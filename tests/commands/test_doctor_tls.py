"""What `glomex doctor` says of TLS: whose certificates are trusted, and whether they vouch."""

import os
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.cli import Glomex
from support.doctoring import GOOD, examined, trusted_server
from support.files import posix_only
from support.programs import needs
from support.servers.fault_answers import http, whole
from support.servers.fault_server import FaultServer

pytestmark = pytest.mark.fault("F4")


@pytest.fixture
def secure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FaultServer]:
    """Return a server behind TLS that this test's environment trusts."""
    with trusted_server(tmp_path, monkeypatch) as server:
        yield server


def test_own_authority_vouches_for_the_endpoint(
    cli: Glomex, secure: FaultServer, tmp_path: Path
) -> None:
    found = examined(cli, "--endpoint", secure.url)
    assert found["TLS"].state == "ok"
    assert found["TLS"].text == (
        f"127.0.0.1 is verified by 1 certificate of SSL_CERT_FILE ({tmp_path}/authority.pem)"
    )
    assert (found["service"].state, found["proxy"].text) == ("ok", "none for 127.0.0.1")


def test_without_own_authority_those_of_certifi_count(
    cli: Glomex, secure: FaultServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    found = examined(cli, "--endpoint", secure.url)
    assert (found.code, found.states("fail")) == (7, {"TLS", "sign-in"})
    assert "is not trusted; trusted: " in found["TLS"].text
    assert found["TLS"].text.endswith(" certificates of certifi")
    assert "SSL_CERT_FILE" in (found["TLS"].hint or "")
    assert found["service"].text == "skipped: depends on TLS"


def test_port_without_tls_is_no_secure_connection(cli: Glomex) -> None:
    with FaultServer(whole(http(400))) as server:
        found = examined(cli, "--endpoint", server.url.replace("http:", "https:"))
    assert (found.code, found["TLS"].state) == (7, "fail")


def test_where_nobody_answers_there_is_no_handshake_to_judge(cli: Glomex) -> None:
    with FaultServer(GOOD) as server:
        url = server.url.replace("http:", "https:")
    found = examined(cli, "--endpoint", url)
    assert (found.code, found["TLS"].state, found["service"].state) == (7, "skip", "fail")
    assert "certificates of certifi" in found["TLS"].text


@pytest.mark.parametrize(
    ("content", "words"),
    [(None, "no such file or directory"), ("", "no certificate in it"), ("x", "no certificate in")],
)
def test_certificate_file_that_is_none_is_named(
    cli: Glomex, secure: FaultServer, tmp_path: Path, content: str | None, words: str
) -> None:
    path = tmp_path / "authority.pem"
    path.unlink()
    if content is not None:
        path.write_text(content)
    found = examined(cli, "--endpoint", secure.url)
    assert (found.code, found.states("fail")) == (9, {"TLS", "sign-in"})
    assert f"SSL_CERT_FILE cannot be used ({path}): " in found["TLS"].text
    assert words in found["TLS"].text
    assert "unset SSL_CERT_FILE" in (found["TLS"].hint or "")
    assert secure.connections == 0


@posix_only
def test_certificate_file_that_never_ends_is_given_up_in_time(
    cli: Glomex, secure: FaultServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    monkeypatch.setenv("SSL_CERT_FILE", str(pipe))
    began = time.monotonic()
    found = examined(cli, "--endpoint", secure.url, "--timeout", "2")
    assert time.monotonic() - began < 10
    assert (found.code, found["TLS"].state) == (9, "fail")
    os.close(os.open(pipe, os.O_RDWR | os.O_NONBLOCK))  # lets the one who waits go


@needs("openssl")
def test_folder_of_certificates_counts_once_openssl_has_named_them(
    cli: Glomex, secure: FaultServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "trusted"
    monkeypatch.delenv("SSL_CERT_FILE")
    monkeypatch.setenv("SSL_CERT_DIR", str(folder))
    argv = ["--endpoint", secure.url]
    assert "no such file" in examined(cli, *argv)["TLS"].text
    folder.mkdir()
    (folder / "authority.pem").write_bytes((tmp_path / "authority.pem").read_bytes())
    found = examined(cli, *argv)
    assert (found.code, found["TLS"].state) == (9, "fail")
    assert "openssl rehash" in found["TLS"].text
    subprocess.run(["openssl", "rehash", str(folder)], check=True, capture_output=True)
    found = examined(cli, *argv)
    assert found["TLS"].text == f"127.0.0.1 is verified by SSL_CERT_DIR ({folder})"
    monkeypatch.setenv("SSL_CERT_DIR", f"{tmp_path / 'none'}{os.pathsep}{folder}")
    assert examined(cli, *argv)["TLS"].state == "ok"
