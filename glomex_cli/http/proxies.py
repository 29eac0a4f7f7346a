"""Which proxy requests to an endpoint go through: decided here, so that the library reads nothing.

The variables are those of httpx 0.28, which asks `urllib.request.getproxies`; httpx itself would
refuse every request for one entry of NO_PROXY that it cannot read. NO_PROXY is read in every
spelling that curl, Go, requests and Windows know; an entry that cannot be understood exempts
nothing, and the others still count.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import NamedTuple
from urllib.request import getproxies

import httpx

from glomex_cli.config.endpoint import Endpoint
from glomex_cli.errors import ConfigurationError

_SCHEME = re.compile(r"(?:(https?|all)://)(.*)", re.IGNORECASE)
_PORT = re.compile(r"(.*):([0-9]{1,5})")
_BRACKETS = re.compile(r"\[([^]]*)\](?::([0-9]{1,5}))?")
_NAME = re.compile(r"\*?\.?[a-z0-9_-]+(?:\.[a-z0-9_-]+)*\.?")
# A client prepares a transport for each of them, so one bad address makes all requests fail.
_KINDS = ("http", "https", "all")
_MASK = "***:***@"
_NO_ADDRESS = "is not the address of a proxy"
_HOST = re.compile(r"[a-z0-9._:-]+")
_LAST_PORT = 65535
_HTTPS_PORT = 443


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


@dataclass(frozen=True, slots=True)
class Proxy:
    """A proxy in force: its address without user and password, and the setting that names it.

    `url` is the whole address, for the library alone.
    """

    shown: str
    source: str
    url: httpx.URL = field(repr=False)

    def __str__(self) -> str:
        return f"{self.shown.partition('//')[2].removeprefix(_MASK)} ({self.source})"


def proxy_before(endpoint: Endpoint, environ: Mapping[str, str]) -> Proxy | None:
    """Return the proxy that requests to an encrypted endpoint go through; None without one.

    Raises ConfigurationError, naming the variable and never its value, for a bad address.
    """
    named = getproxies()
    if is_exempt(_target(endpoint), named.get("no", "")):
        return None
    urls = {kind: _url(kind, named, environ) for kind in _KINDS if named.get(kind)}
    kind = next((kind for kind in ("https", "all") if kind in urls), None)
    if kind is None:
        return None
    source = _source(kind, named, environ)
    return Proxy(_shown(urls[kind], named[kind], source), source, urls[kind])


def doubtful_exemptions() -> bool:
    """Return whether NO_PROXY holds an entry that cannot be understood, and so exempts nothing."""
    return has_unreadable(getproxies().get("no", ""))


def _target(endpoint: Endpoint) -> Target:
    url = httpx.URL(endpoint.url)
    return Target(url.scheme, url.host, url.port or _HTTPS_PORT)


def _url(kind: str, named: Mapping[str, str], environ: Mapping[str, str]) -> httpx.URL:
    """Read an address as the library does when it prepares a client."""
    url = _parsed_url(named[kind])
    if url is None or not url.host:
        raise _unusable(_source(kind, named, environ), _NO_ADDRESS)
    if url.scheme.startswith("socks") and not find_spec("socksio"):
        problem = "names a SOCKS proxy, which is not supported"
        raise _unusable(_source(kind, named, environ), problem)
    return url


def _parsed_url(text: str) -> httpx.URL | None:
    """Return an address, or None. The library's error quotes it, so it is dropped here."""
    try:
        url = httpx.URL(text if "://" in text else f"http://{text}")
        httpx.Proxy(url)
    except (httpx.InvalidURL, ValueError):
        return None
    return url


def _shown(url: httpx.URL, value: str, source: str) -> str:
    """Mask an address; refuse one whose password would be taken for its host."""
    is_plain = ("@" in value) == bool(url.userinfo) and _HOST.fullmatch(url.host)
    if not is_plain or (url.port or 0) > _LAST_PORT:
        raise _unusable(source, _NO_ADDRESS)
    port = f":{url.port}" if url.port else ""
    return f"{url.scheme}://{_MASK * bool(url.userinfo)}{url.host}{port}"


def _unusable(source: str, problem: str) -> ConfigurationError:
    return ConfigurationError(
        f"{source} {problem}", f"for example: http://proxy.example:3128, or: unset {source}"
    )


def _source(kind: str, named: Mapping[str, str], environ: Mapping[str, str]) -> str:
    """Name the variable; of two spellings the lower one counts."""
    names = sorted((name for name in environ if name.lower() == f"{kind}_proxy"), reverse=True)
    return next((name for name in names if environ[name] == named[kind]), "the system's settings")
