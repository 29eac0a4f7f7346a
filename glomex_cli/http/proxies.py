"""Which proxy requests to an endpoint go through, by the library's rules, which it does not expose.

Source: httpx 0.28, "Environment variables", which asks `urllib.request.getproxies`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from ipaddress import ip_address
from urllib.request import getproxies

import httpx

from glomex_cli.config.endpoint import Endpoint
from glomex_cli.errors import ConfigurationError

# A client prepares a transport for each of them, so one bad address makes all requests fail.
_KINDS = ("http", "https", "all")
_MASK = "***:***@"
_NO_ADDRESS = "is no address of a proxy"
_HOST = re.compile(r"[a-z0-9._:-]+")
_LAST_PORT = 65535


@dataclass(frozen=True, slots=True)
class Proxy:
    """A proxy in force: its address without user and password, and the setting that names it."""

    shown: str
    source: str


def proxy_before(endpoint: Endpoint, environ: Mapping[str, str]) -> Proxy | None:
    """Return the proxy that requests to an encrypted endpoint go through; None without one.

    Raises ConfigurationError, naming the variable and never its value, for a bad address.
    """
    named = getproxies()
    exempt = [entry.strip() for entry in named.get("no", "").split(",") if entry.strip()]
    if "*" in exempt:
        return None
    urls = {kind: _url(kind, named, environ) for kind in _KINDS if named.get(kind)}
    url = httpx.URL(endpoint.url)
    is_exempt = [_matches(_pattern(entry), url) for entry in exempt]
    kind = next((kind for kind in ("https", "all") if kind in urls), None)
    if kind is None or any(is_exempt):
        return None
    return Proxy(_shown(urls[kind], named[kind], source := _source(kind, named, environ)), source)


def _url(kind: str, named: Mapping[str, str], environ: Mapping[str, str]) -> httpx.URL:
    """Read an address as the library does when it prepares a client."""
    try:
        url = httpx.URL(named[kind] if "://" in named[kind] else f"http://{named[kind]}")
        httpx.Proxy(url)
    except (httpx.InvalidURL, ValueError):
        raise _unusable(_source(kind, named, environ), _NO_ADDRESS) from None
    if url.scheme.startswith("socks") and not find_spec("socksio"):
        problem = "names a SOCKS proxy, which is not supported"
        raise _unusable(_source(kind, named, environ), problem)
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
        f"{source} {problem}", f"set it like http://proxy.example:3128, or: unset {source}"
    )


def _source(kind: str, named: Mapping[str, str], environ: Mapping[str, str]) -> str:
    """Name the variable; of two spellings the lower one counts."""
    names = sorted((name for name in environ if name.lower() == f"{kind}_proxy"), reverse=True)
    return next((name for name in names if environ[name] == named[kind]), "the system's settings")


def _pattern(entry: str) -> httpx.URL:
    """Parse an entry of NO_PROXY: addresses and localhost match exactly, domains do not."""
    is_exact = entry.lower() == "localhost" or _is_address(entry.split("/", 1)[0])
    host = f"[{entry}]" if is_exact and ":" in entry else entry
    text = entry if "://" in entry else f"all://{'' if is_exact else '*'}{host}"
    try:
        return httpx.URL(text)
    except httpx.InvalidURL:
        raise ConfigurationError(
            "NO_PROXY holds an entry that is no host", "set it like: localhost,.example.com"
        ) from None


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def _matches(pattern: httpx.URL, url: httpx.URL) -> bool:
    """Return whether `url` matches: `*.domain` the names below it, `*domain` itself as well."""
    if pattern.scheme not in {"all", url.scheme} or pattern.port not in {None, url.port}:
        return False
    domain = pattern.host.removeprefix("*")
    if not domain or domain == pattern.host:
        return domain in {"", url.host}
    return url.host.endswith(f".{domain.removeprefix('.')}") or url.host == domain
