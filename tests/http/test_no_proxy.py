"""NO_PROXY is read in every spelling that people have, and an odd entry costs nothing."""

import pytest

from glomex_cli.http.proxies import Target, has_unreadable, is_exempt
from support.servers.network import failure_of, report

NAME = Target("https", "graphql.glomex.com", 443)
V4 = Target("https", "10.1.2.3", 8443)
V6 = Target("https", "::1", 443)


@pytest.mark.bug("B1")
@pytest.mark.parametrize(
    ("target", "entry"),
    [
        (NAME, "*"),
        (NAME, "graphql.glomex.com"),
        (NAME, "GLOMEX.com"),
        (NAME, ".glomex.com"),
        (NAME, "*.glomex.com"),
        (NAME, "glomex.com."),
        (NAME, "graphql.glomex.com:443"),
        (NAME, "https://graphql.glomex.com"),
        (NAME, "https://graphql.glomex.com/"),
        (NAME, "x, glomex.com"),
        (NAME, "x glomex.com"),
        (NAME, "[::1],fe80::/10,glomex.com"),
        (V4, "10.1.2.3"),
        (V4, "10.0.0.0/8"),
        (V4, "10.1.2.3:8443"),
        (V4, "10.1.2.3/24"),
        (V6, "::1"),
        (V6, "[::1]"),
        (V6, "[::1]:443"),
        (V6, "0:0:0:0:0:0:0:1"),
        (V6, "::/64"),
        (Target("https", "intranet", 443), "<local>"),
        (Target("https", "localhost", 443), "localhost"),
    ],
)
def test_an_entry_exempts(target: Target, entry: str) -> None:
    assert is_exempt(target, entry)
    assert not has_unreadable(entry)


@pytest.mark.bug("B1")
@pytest.mark.parametrize(
    ("target", "entry"),
    [
        (NAME, ""),
        (NAME, ","),
        (NAME, "lomex.com"),
        (NAME, "com.glomex"),
        (NAME, "graphql.glomex.com:8443"),
        (NAME, "http://graphql.glomex.com"),
        (NAME, "a.graphql.glomex.com"),
        (NAME, "*.graphql.glomex.com"),
        (NAME, "<local>"),
        (V6, "<local>"),
        (NAME, "10.0.0.0/8"),
        (V4, "11.0.0.0/8"),
        (V4, "1.2.3"),
        (V6, "[::2]"),
        (V6, "fe80::/10"),
        (Target("https", "a.localhost", 443), "localhost"),
    ],
)
def test_an_entry_exempts_no_other_host(target: Target, entry: str) -> None:
    assert not is_exempt(target, entry)


@pytest.mark.bug("B1")
@pytest.mark.parametrize("entry", ["a:b:c", "[::", "10.0.0.0/99", "a b/c", "fe80::/x", "\x1b[2J"])
def test_an_entry_that_cannot_be_read_is_known_and_exempts_nothing(entry: str) -> None:
    assert has_unreadable(entry)
    assert not any(is_exempt(target, entry) for target in (NAME, V4, V6))
    assert is_exempt(NAME, f"{entry},glomex.com")


@pytest.mark.bug("B1")
@pytest.mark.parametrize("entry", ["[::1]", "fe80::/10", "localhost,[::1]", "a:b:c"])
def test_no_entry_stops_a_request(entry: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", entry)
    error = failure_of(report, "https://127.0.0.1:9/v1")
    assert error.message == "cannot connect to 127.0.0.1"
