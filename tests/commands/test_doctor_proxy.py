"""What `glomex doctor` says of proxies is what happens, and no password of theirs is told."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from support.cli import Glomex
from support.doctoring import examined, trusted_server
from support.servers.fault_answers import http, whole
from support.servers.fault_server import FaultServer
from support.servers.recording_proxy import Tunnel


@pytest.fixture
def secure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FaultServer]:
    """Return a server behind TLS that this test's environment trusts."""
    with trusted_server(tmp_path, monkeypatch) as server:
        yield server


@pytest.mark.parametrize(
    ("variable", "user"),
    [("HTTPS_PROXY", ""), ("https_proxy", "canary:canary@"), ("ALL_PROXY", "canary@"),
     ("all_proxy", "me:a@canary@")],
)  # fmt: skip
def test_proxy_is_named_without_its_user(
    cli: Glomex,
    secure: FaultServer,
    monkeypatch: pytest.MonkeyPatch,
    variable: str,
    user: str,
) -> None:
    with FaultServer(Tunnel()) as proxy:
        address = f"127.0.0.1:{proxy.port}"
        monkeypatch.setenv(variable, f"http://{user}{address}")
        found = examined(cli, "--endpoint", secure.url)
    shown = f"http://{'***:***@' if user else ''}{address}"
    assert found["proxy"].text == f"{shown} for 127.0.0.1, from {variable}"
    assert (found["proxy"].state, found["service"].state) == ("ok", "ok")
    assert proxy.connections == 1


@pytest.mark.parametrize(
    ("value", "words"),
    [("socks5://canary:canary@127.0.0.1:1080", "a SOCKS proxy"), ("::::", "address of a proxy"),
     ("http://canary@:x", "the address"), ("ftp://canary/", "the address"),
     ("http://[canary", "no"),
     ("http://ca nary:1", "no"), ("http://canary:99999999999", "no"), ("http://\x1b[2J/", "no"),
     ("http://me:12/canary@127.0.0.1:1", "not the address")],
    ids=ascii,
)  # fmt: skip
def test_proxy_that_cannot_be_used_is_named_but_not_quoted(
    cli: Glomex, monkeypatch: pytest.MonkeyPatch, value: str, words: str
) -> None:
    monkeypatch.setenv("all_proxy", value)
    found = examined(cli, "--endpoint", "https://127.0.0.1:1/")
    assert (found.code, found.states("fail")) == (9, {"proxy", "sign-in"})
    assert found["proxy"].text.startswith("all_proxy ")
    assert words in found["proxy"].text
    assert "unset all_proxy" in (found["proxy"].hint or "")
    assert "canary" not in str(found)
    assert "\x1b" not in str(found)
    assert found["service"].state == "skip"


@pytest.mark.parametrize(
    ("no_proxy", "host"),
    [
        ("", "127.0.0.1"),
        ("127.0.0.1", "127.0.0.1"),
        ("127.0.0.1:1", "127.0.0.1"),
        ("127.0.0.1/8", "127.0.0.1"),
        ("127.0.0.0/8", "127.0.0.1"),
        ("0.0.1", "127.0.0.1"),
        ("::1", "[::1]"),
        ("::1, example.com", "127.0.0.1"),
        ("*", "127.0.0.1"),
        ("x,*", "127.0.0.1"),
        ("localhost", "localhost"),
        ("localhost", "a.localhost"),
        (".localhost", "a.localhost"),
        (".localhost", "localhost"),
        ("a.localhost", "b.a.localhost"),
        ("a.localhost", "ba.localhost"),
        ("https://127.0.0.1", "127.0.0.1"),
        ("http://127.0.0.1", "127.0.0.1"),
        ("https://*.localhost", "a.localhost"),
        ("https://", "127.0.0.1"),
    ],
)
def test_what_is_said_of_exempt_hosts_is_what_happens(
    cli: Glomex, monkeypatch: pytest.MonkeyPatch, no_proxy: str, host: str
) -> None:
    with FaultServer(whole(http(502))) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{proxy.port}")
        monkeypatch.setenv("NO_PROXY", no_proxy)
        found = examined(cli, "--endpoint", f"https://{host}:1/", "--timeout", "4")
    assert (found["proxy"].state, found["service"].state) == ("ok", "fail")
    assert found["proxy"].text.startswith("none") == (proxy.connections == 0)


@pytest.mark.parametrize("value", ["socks4://x", "socks5://x", "::::"])
def test_bad_proxy_for_plain_http_spoils_the_way_for_all(
    cli: Glomex, secure: FaultServer, monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("HTTP_PROXY", value)
    found = examined(cli, "--endpoint", secure.url)
    assert (found.code, found.states("fail")) == (9, {"proxy", "sign-in"})
    assert found["proxy"].text.startswith("HTTP_PROXY ")
    assert "no connection to check" in found["TLS"].text  # so a report would not get through either


def test_unusable_exemption_is_named(cli: Glomex, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "canary:canary:1")
    found = examined(cli, "--endpoint", "https://127.0.0.1:1/")
    assert found["proxy"].state == "warn"
    assert (
        found["proxy"].text
        == "NO_PROXY contains an entry that is not a host name and has no effect"
    )
    assert found["service"].text.startswith("cannot connect to 127.0.0.1")


def test_of_two_spellings_the_one_in_force_is_named(
    cli: Glomex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://upper.invalid:1")
    monkeypatch.setenv("https_proxy", "http://lower.invalid:2")
    monkeypatch.setenv("ALL_PROXY", "http://all.invalid:3")
    found = examined(cli, "--endpoint", "https://127.0.0.1:1/", "--timeout", "2")
    assert "http://lower.invalid:2 for 127.0.0.1, from https_proxy" in found["proxy"].text
