"""Over TLS nothing is sent to whom certificates do not vouch for, and there is no off switch."""

import ssl
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import trustme

from glomex_cli.concurrency import Deadline
from glomex_cli.errors import ConfigurationError, ExitCode, GlomexError, NetworkError
from glomex_cli.services.glomex.service import GlomexService
from support.servers.fault_answers import Framing, cut, http, silent, whole
from support.servers.fault_server import FaultServer
from support.servers.network import ANSWER, ROWS, TOKEN, each_call, failure_of, report, service

pytestmark = pytest.mark.fault("F4")

GOOD = whole(http(200, body=ANSWER))


@pytest.fixture
def authority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> trustme.CA:
    """Return an authority that this test's environment trusts, and it alone."""
    made = trustme.CA()
    path = tmp_path / "authority.pem"
    made.cert_pem.write_to_path(path)
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    return made


def server_side(certificate: trustme.LeafCert) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)  # pyright: ignore[reportUnknownMemberType] - pyOpenSSL's
    return context


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_own_authority_in_the_environment_is_trusted(host: str, authority: trustme.CA) -> None:
    with FaultServer(GOOD, tls=server_side(authority.issue_cert(host))) as server:
        assert report(service(f"https://{host}:{server.port}/v1")) == ROWS
    (request,) = server.requests
    assert request.headers["authorization"] == f"Bearer {TOKEN}"


def other_host(authority: trustme.CA) -> trustme.LeafCert:
    return authority.issue_cert("other.example")


def other_address(authority: trustme.CA) -> trustme.LeafCert:
    return authority.issue_cert("127.0.0.2", "localhost")


def expired(authority: trustme.CA) -> trustme.LeafCert:
    return authority.issue_cert("127.0.0.1", not_after=datetime.now(UTC) - timedelta(days=1))


def not_yet(authority: trustme.CA) -> trustme.LeafCert:
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    return authority.issue_cert("127.0.0.1", not_before=tomorrow)


def unknown(_: trustme.CA) -> trustme.LeafCert:
    return trustme.CA().issue_cert("127.0.0.1")


@each_call
@pytest.mark.parametrize("issue", [other_host, other_address, expired, not_yet, unknown])
def test_certificate_that_proves_nothing_gets_nothing(
    issue: Callable[[trustme.CA], trustme.LeafCert],
    call: Callable[[GlomexService], object],
    authority: trustme.CA,
) -> None:
    with FaultServer(GOOD, tls=server_side(issue(authority))) as server:
        error = failure_of(call, server.url)
    assert isinstance(error, NetworkError)
    assert "certificate of 127.0.0.1 is not trusted" in error.message
    assert "SSL_CERT_FILE" in error.hint
    assert server.requests == []


def test_without_own_authority_only_public_ones_are_trusted() -> None:
    certificate = trustme.CA().issue_cert("127.0.0.1")
    with FaultServer(GOOD, tls=server_side(certificate)) as server:
        assert "is not trusted" in failure_of(report, server.url).message
    assert server.requests == []


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion:DeprecationWarning")
def test_old_protocol_is_refused(authority: trustme.CA) -> None:
    context = server_side(authority.issue_cert("127.0.0.1"))
    context.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
    context.maximum_version = ssl.TLSVersion.TLSv1_1
    with FaultServer(GOOD, tls=context) as server:
        error = failure_of(report, server.url)
    assert isinstance(error, NetworkError)
    assert "TLS" in error.message
    assert server.requests == []


@each_call
def test_port_without_tls_learns_nothing(call: Callable[[GlomexService], object]) -> None:
    with FaultServer(whole(http(400))) as server:
        error = failure_of(call, server.url.replace("http:", "https:"))
    assert isinstance(error, NetworkError)
    (request,) = server.requests
    assert request.method == ""
    assert b"canary" not in request.body


def test_handshake_that_never_ends_is_given_up_in_time() -> None:
    with FaultServer(silent) as server:
        began = time.monotonic()
        error = failure_of(report, server.url.replace("http:", "https:"), deadline=Deadline(0.4))
    assert isinstance(error, NetworkError)
    assert time.monotonic() - began < 5


def test_answer_cut_inside_tls_is_not_taken_for_whole(authority: trustme.CA) -> None:
    answer = http(200, body=ANSWER, framing=Framing.CLOSE)
    context = server_side(authority.issue_cert("127.0.0.1"))
    with FaultServer(cut(answer, len(answer) - 1), tls=context) as server:
        assert isinstance(failure_of(report, server.url), NetworkError)


@pytest.mark.parametrize("content", [None, "", "canary", "-----BEGIN CERTIFICATE-----\ncanary\n"])
def test_unusable_certificate_file_is_a_matter_of_configuration(
    content: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "authority.pem"
    if content is not None:
        path.write_text(content)
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    with FaultServer(GOOD) as server:
        error: GlomexError = failure_of(report, server.url.replace("http:", "https:"))
        assert isinstance(error, ConfigurationError)
        assert error.exit_code is ExitCode.CONFIGURATION
        assert "SSL_CERT_FILE" in error.hint
        assert server.connections == 0
        assert report(service(server.url)) == ROWS
