"""Which hosts NO_PROXY exempts, in every spelling that curl, Go, requests and Windows know.

An entry that cannot be understood exempts nothing, and the others still count.
"""

import re
from collections.abc import Iterator
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import NamedTuple

_SCHEME = re.compile(r"(?:(https?|all)://)(.*)", re.IGNORECASE)
_PORT = re.compile(r"(.*):([0-9]{1,5})")
_BRACKETS = re.compile(r"\[([^]]*)\](?::([0-9]{1,5}))?")
_NAME = re.compile(r"\*?\.?[a-z0-9_-]+(?:\.[a-z0-9_-]+)*\.?")


class Target(NamedTuple):
    """What is asked for: `host` in small letters, without brackets."""

    scheme: str
    host: str
    port: int


def is_exempt(target: Target, no_proxy: str) -> bool:
    """Return whether requests to `target` go without a proxy."""
    return any(_matches(entry, target) for entry in _entries(no_proxy))


def has_unreadable(no_proxy: str) -> bool:
    """Return whether an entry is no host, network or pattern."""
    return not all(_is_readable(entry) for entry in _entries(no_proxy))


class _Entry(NamedTuple):
    """An entry in its parts; empty where it names no scheme or port."""

    scheme: str
    host: str
    port: str


def _entries(no_proxy: str) -> Iterator[_Entry]:
    for text in re.split(r"[\s,;]+", no_proxy.lower()):
        if text:
            yield _parsed(text)


def _parsed(text: str) -> _Entry:
    schemed = _SCHEME.fullmatch(text)
    scheme, rest = (schemed[1].lower(), schemed[2]) if schemed else ("", text)
    rest = rest.rstrip("/") if schemed else rest
    if bracketed := _BRACKETS.fullmatch(rest):
        return _Entry(scheme, bracketed[1], bracketed[2] or "")
    if rest.count(":") == 1 and (numbered := _PORT.fullmatch(rest)):
        return _Entry(scheme, numbered[1], numbered[2])
    return _Entry(scheme, rest, "")


def _matches(entry: _Entry, target: Target) -> bool:
    if entry.scheme not in {"", "all", target.scheme}:
        return False
    if entry.port and int(entry.port) != target.port:
        return False
    if entry.host in {"", "*"}:
        return entry.host == "*" or bool(entry.scheme)
    if entry.host == "<local>":
        return "." not in target.host and ":" not in target.host
    if (address := _address(target.host)) is not None:
        return _holds(entry.host, address)
    return _names(entry.host, target.host)


def _holds(host: str, address: IPv4Address | IPv6Address) -> bool:
    """Return whether an address is the one of an entry, or in its network (`10.0.0.0/8`)."""
    try:
        return address in ip_network(host, strict=False)
    except ValueError:
        return False


def _names(pattern: str, host: str) -> bool:
    """Return whether a domain covers a host: itself and what is below, `*.` what is below alone."""
    domain, host = pattern.rstrip("."), host.rstrip(".")
    if domain == "localhost":
        return host == domain
    bare = domain.removeprefix("*").removeprefix(".")
    return host.endswith(f".{bare}") or (host == bare and not domain.startswith("*."))


def _address(host: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(host)
    except ValueError:
        return None


def _is_readable(entry: _Entry) -> bool:
    if entry.host in {"*", "<local>"} or (entry.scheme and not entry.host):
        return True
    try:
        ip_network(entry.host, strict=False)
    except ValueError:
        return _NAME.fullmatch(entry.host) is not None
    return True
