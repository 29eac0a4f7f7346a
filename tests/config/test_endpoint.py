"""An endpoint is an address that a token may be sent to, or it is refused before any socket."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from glomex_cli.config.endpoint import (
    DEFAULT_ENDPOINT,
    SANDBOX,
    Endpoint,
    is_loopback,
    parse_endpoint,
)
from glomex_cli.errors import ConfigurationError, ExitCode
from glomex_cli.sandbox.app import create_app
from glomex_cli.sandbox.server import serve
from glomex_cli.sandbox.sessions import ROBOT_LOGIN, SANDBOX_PASSWORD, SANDBOX_TENANT
from support.cli import Glomex
from support.servers.fault_answers import http, whole
from support.servers.fault_server import FaultServer
from support.servers.network import ANSWER

PIECES = st.sampled_from(
    ["http", "https", "HTTPS", "://", ":", "/", "//", "@", "[", "]", "::1", "%", "?", "#", "..",
     ".", "localhost", "127.0.0.1", "127.1", "host", "xn--", "xn--a", "-", "_", "443", "0", "65536",
     "user", "v1", " ", "\n", "\0", "\\", "。", "ß", "\ud800", "\x1b[2J", "9" * 30, "a" * 64]
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "url", "origin"),
    [
        ("https://graphql.glomex.com/v1", None, "https://graphql.glomex.com:443"),
        ("HTTPS://GraphQL.Glomex.COM", "https://graphql.glomex.com:443/", None),
        ("https://host:0443/a/b", "https://host:443/a/b", None),
        ("https://host:65535", "https://host:65535/", "https://host:65535"),
        ("https://10.1.2.3:1/", None, "https://10.1.2.3:1"),
        ("https://[2001:DB8:0::1]:8443/v1", None, "https://[2001:db8::1]:8443"),
        ("https://xn--bcher-kva.example/", None, "https://xn--bcher-kva.example:443"),
        ("https://ab--cd.example/", None, "https://ab--cd.example:443"),
        ("https://host/a%20b/~c;d=1", "https://host:443/a%20b/~c;d=1", None),
        ("http://localhost:8080/v1", None, "http://localhost:8080"),
        ("http://127.0.0.1", "http://127.0.0.1:80/", "http://127.0.0.1:80"),
        ("http://127.255.255.254:9", None, "http://127.255.255.254:9"),
        ("http://[0:0:0:0:0:0:0:1]:8080", None, "http://[::1]:8080"),
    ],
)
def test_address_has_one_spelling_to_bind_a_token_to(
    text: str, url: str | None, origin: str | None
) -> None:
    found = parse_endpoint(text)
    assert url in {None, found.url}
    assert origin in {None, found.origin}
    assert found.is_encrypted == found.url.startswith("https")
    assert parse_endpoint(found.url) == found


@pytest.mark.fault("F8")
@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "start with https://"),
        ("graphql.glomex.com/v1", "start with https://"),
        ("//graphql.glomex.com/v1", "start with https://"),
        ("https:/graphql.glomex.com", "start with https://"),
        ("https:///v1", "start with https://"),
        ("ftp://host/", "start with https://"),
        ("javascript://host/", "start with https://"),
        ("https://user@host/", "user name or password"),
        ("https://user:canary-secret@host/", "user name or password"),
        ("https://user:canary-secret/rest@host/", "host name"),
        ("https://host:canary-secret/", "host name"),
        ("https://[canary-secret]/", "host name"),
        ("https://host/?token=canary-secret", "query or a fragment"),
        ("https://host/#canary-secret", "query or a fragment"),
        ("https://host:0/", "port"),
        ("https://host:65536/", "port"),
        ("https://host:99999/", "port"),
        ("https://host:/", "host name"),
        ("https://host:-1/", "host name"),
        ("https://host:" + "9" * 5000, "host name"),
        ("https://host./", "host name"),
        ("https://.host/", "host name"),
        ("https://a..b/", "host name"),
        ("https://-host/", "host name"),
        ("https://xn--/", "host name"),
        ("https://xn--a/", "host name"),
        ("https://xn--zzzzz9/", "host name"),
        ("https://256.1.1.1/", "host name"),
        ("https://1.2.3/", "host name"),
        ("https://1.2.3.4.5/", "host name"),
        ("https://name.0/", "host name"),
        ("https://0/", "host name"),
        ("https://under_score/", "host name"),
        ("https://" + "a" * 64, "host name"),
        ("https://" + "a." * 127 + "aa", "host name"),
        ("https://::1/", "host name"),
        ("https://[::1/", "host name"),
        ("https://[::1]host/", "host name"),
        ("https://host[::1]/", "host name"),
        ("https://[fe80::1%eth0]/", "host name"),
        ("https://[1::2::3]/", "host name"),
        ("https://host/a b", "character"),
        ("https://host\\@other/", "character"),
        ("https://ho\nst/", "character"),
        ("https://host/\x1b[2J", "character"),
        ("https://glomex。com/", "character"),
        ("https://ｇlomex.com/", "character"),
        ("https://host/[x]", "path"),
        ("https://host:1:2", "host name"),
        ("http://graphql.glomex.com/v1", "loopback"),
        ("HTTP://graphql.glomex.com/v1", "loopback"),
        ("http://127.0.0.1.example/", "loopback"),
        ("http://127.999.0.1/", "host name"),
        ("http://127.0.0.01/", "host name"),
        ("http://localhost.example/", "loopback"),
        ("http://[::ffff:127.0.0.1]/", "loopback"),
        ("http://[::2]/", "loopback"),
    ],
)
def test_what_is_no_safe_address_is_refused_without_quoting_it(text: str, words: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        parse_endpoint(text)
    message = caught.value.message
    assert words in message
    assert "canary" not in message
    assert message.isprintable()
    assert "--endpoint" in caught.value.hint


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("https://me@host/", "it contains a user name or password"),
        ("https://host/?x", "it contains a query or a fragment"),
        ("https://host/#x", "it contains a query or a fragment"),
        ("https://host/[x]", "its path is invalid"),
        ("https://h\\ost/", "it contains a character that is not allowed in URLs"),
    ],
)
def test_a_refusal_says_what_to_mend(text: str, reason: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        parse_endpoint(text)
    assert caught.value.message == f"this endpoint cannot be used: {reason}"


@pytest.mark.fault("F8")
@given(st.text() | st.lists(PIECES).map("".join))
@example(DEFAULT_ENDPOINT)
@example(SANDBOX)
def test_any_text_is_an_endpoint_or_a_configuration_error(text: str) -> None:
    try:
        found = parse_endpoint(text)
    except ConfigurationError:
        return
    assert isinstance(found, Endpoint)
    bare = found.host.strip("[]")
    assert found.is_encrypted or found.is_sandbox or is_loopback(bare)
    if not found.is_sandbox:
        assert parse_endpoint(found.url) == found
        assert found.url.startswith(f"{found.origin}/")


@pytest.mark.parametrize("text", ["Sandbox", "sandbox ", "sandbox/v1"])
def test_only_the_very_word_means_the_sandbox(text: str) -> None:
    with pytest.raises(ConfigurationError):
        parse_endpoint(text)


@pytest.mark.fault("F3")
@pytest.mark.parametrize(
    "address",
    ["http://0.0.0.0:{port}", "http://127.1:{port}", "http://2130706433:{port}",
     "//127.0.0.1:{port}", "http://0x7f.0.0.1:{port}", "http://localhost.:{port}",
     "http:/127.0.0.1:{port}", "http://127.0.0.1。:{port}", "http://user@127.0.0.1:{port}",
     "http://[::ffff:127.0.0.1]:{port}", "http://[::]:{port}", "http://127.0.0.1:{port}?",
     "HTTP://0:{port}"],
)  # fmt: skip
def test_refused_address_is_never_connected_to(
    address: str, cli: Glomex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GLOMEX_TOKEN", "canary")
    with FaultServer(whole(http(200, body=ANSWER))) as server:
        outcome = cli("report", "--endpoint", address.format(port=server.port))
    assert (outcome.code, outcome.out) == (ExitCode.CONFIGURATION, "")
    assert server.connections == 0


@pytest.mark.fault("F2")
@pytest.mark.parametrize("difference", ["port", "name"])
def test_token_is_never_sent_to_another_origin(difference: str, cli: Glomex) -> None:
    answer = whole(http(200, body=ANSWER))
    with serve(create_app()) as own, FaultServer(answer) as foreign:
        login = ("--login", ROBOT_LOGIN, "--tenant", SANDBOX_TENANT, "--password-stdin")
        cli("login", *login, "--endpoint", own.url, stdin=f"{SANDBOX_PASSWORD}\n")
        by_name = own.url.replace("127.0.0.1", "localhost")
        other = foreign.url if difference == "port" else by_name
        outcome = cli("report", "--endpoint", other)
        assert outcome.code == ExitCode.SIGN_IN
        assert "not signed in to" in outcome.err
        assert foreign.connections == 0
        assert cli("report", "--endpoint", own.url).code == ExitCode.DONE
