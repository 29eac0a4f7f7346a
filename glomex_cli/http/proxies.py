"""Which proxy requests to an endpoint go through: decided here, so that the library reads nothing.

The variables are those of httpx 0.28, which asks `urllib.request.getproxies`; httpx itself would
refuse every request for one entry of NO_PROXY that it cannot read.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from urllib.request import getproxies

import httpx

from glomex_cli.config.endpoint import Endpoint
from glomex_cli.errors import ConfigurationError
from glomex_cli.http.no_proxy import Target, has_unreadable, is_exempt

# A client prepares a transport for each of them, so one bad address makes all requests fail.
_KINDS = ("http", "https", "all")
_MASK = "***:***@"
_NO_ADDRESS = "is no address of a proxy"
_HOST = re.compile(r"[a-z0-9._:-]+")
_LAST_PORT = 65535
_HTTPS_PORT = 443


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
        f"{source} {problem}", f"set it like http://proxy.example:3128, or: unset {source}"
    )


def _source(kind: str, named: Mapping[str, str], environ: Mapping[str, str]) -> str:
    """Name the variable; of two spellings the lower one counts."""
    names = sorted((name for name in environ if name.lower() == f"{kind}_proxy"), reverse=True)
    return next((name for name in names if environ[name] == named[kind]), "the system's settings")
