"""The address of a service: parsed strictly, because a token is sent there."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from glomex_cli.errors import ConfigurationError

DEFAULT_ENDPOINT = "https://graphql.glomex.com/v1"
SANDBOX = "sandbox"

_SANDBOX_URL = "http://sandbox.invalid/v1"
_PORTS = {"https": 443, "http": 80}
# Letters, digits and hyphens in labels (RFC 1123, section 2.1); an international name is
# written in its ASCII form. Brackets hold an IPv6 address.
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]*[a-z0-9])?")
_IPV6 = re.compile(r"[0-9a-f:.]*:[0-9a-f:.]*")
_PATH = re.compile(r"(?:/[A-Za-z0-9._~!$&'()*+,;=:@%-]*)*")
_LOOPBACK_V4 = re.compile(r"127(?:\.\d{1,3}){3}")


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a service answers. `origin` is what a token is bound to: scheme, host and port."""

    url: str
    host: str
    origin: str
    is_encrypted: bool
    is_sandbox: bool = False

    @property
    def name(self) -> str:
        """How a person names it with `--endpoint`."""
        return SANDBOX if self.is_sandbox else self.url


def parse_endpoint(text: str) -> Endpoint:
    """Give the endpoint `text` names, or raise ConfigurationError.

    `http` is for loopback addresses only; user names, queries and fragments are refused,
    since none belongs to a GraphQL endpoint and each has leaked secrets elsewhere.

    >>> parse_endpoint("https://graphql.glomex.com/v1").origin
    'https://graphql.glomex.com:443'
    """
    if text == SANDBOX:
        return Endpoint(_SANDBOX_URL, SANDBOX, "sandbox:", is_encrypted=False, is_sandbox=True)
    try:
        return _parse_url(text)
    except ValueError as error:
        raise ConfigurationError(
            f"this endpoint cannot be used: {error}",
            f"type it like --endpoint {DEFAULT_ENDPOINT}, or --endpoint {SANDBOX}",
        ) from None


def _parse_url(text: str) -> Endpoint:
    if not text.isascii() or not text.isprintable() or set(' "<>\\^`{|}') & set(text):
        raise ValueError("it holds a character that no URL has")
    parts = urlsplit(text)
    scheme, port = parts.scheme, parts.port
    if scheme not in _PORTS or not parts.netloc:
        raise ValueError("it does not begin with https://")
    host = _checked_host(parts.hostname or "")
    _refuse_extras(text, parts.path)
    if scheme == "http" and not is_loopback(host):
        raise ValueError("http:// is for loopback addresses only, a token would travel in clear")
    shown = f"[{host}]" if ":" in host else host
    port = _PORTS[scheme] if port is None else port
    if not port:
        raise ValueError("its port is not between 1 and 65535")
    origin = f"{scheme}://{shown}:{port}"
    return Endpoint(f"{origin}{parts.path or '/'}", shown, origin, is_encrypted=scheme == "https")


def _checked_host(host: str) -> str:
    if not (_HOST.fullmatch(host) or _IPV6.fullmatch(host)):
        raise ValueError("its host name is not one")
    return host


def _refuse_extras(text: str, path: str) -> None:
    if "@" in text.split("://", 1)[1].split("/", 1)[0]:
        raise ValueError("it holds a user name or password")
    if "?" in text or "#" in text:
        raise ValueError("it holds a query or a fragment")
    if not _PATH.fullmatch(path):
        raise ValueError("its path is not one")


def is_loopback(host: str) -> bool:
    """Say whether `host` can only be this machine (RFC 1122, 3.2.1.3; RFC 6761, 6.3)."""
    return host in {"localhost", "::1"} or _LOOPBACK_V4.fullmatch(host) is not None
