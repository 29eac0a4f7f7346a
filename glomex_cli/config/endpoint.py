"""The address of a service: parsed strictly, because a token is sent there.

The defaults of each service are here too.
"""

import re
from contextlib import suppress
from enum import StrEnum
from typing import NamedTuple

from glomex_cli.errors import ConfigurationError
from glomex_cli.models import ReportKind

DEFAULT_ENDPOINT = "https://graphql.glomex.com/v1"
MUX_ENDPOINT = "https://api.mux.com"
DEFAULT_PROFILE = "default"
DEFAULT_TIMEOUT_S = 30.0
SANDBOX = "sandbox"
MUX_SANDBOX = "mux-sandbox"
# What the embedded sandboxes are called; no request leaves this process.
_SANDBOX_URLS = {
    SANDBOX: "http://sandbox.invalid/v1",
    MUX_SANDBOX: "http://mux-sandbox.invalid/",
}
_MUX_HOST = "api.mux.com"
_ADDRESSES = {"mux": MUX_ENDPOINT, "glomex": DEFAULT_ENDPOINT}
_PORTS = {"https": 443, "http": 80}
# Letters, digits and hyphens in labels (RFC 1123, section 2.1) of at most 63 characters, 253 in
# all (RFC 1035, section 2.3.4); an international name is written in its ASCII form. Brackets
# hold an IPv6 address.
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_HOST = re.compile(rf"(?=.{{1,253}}$)(?:{_LABEL}\.)*{_LABEL}")
_NUMBERED = re.compile(r"(.*):([0-9]{1,9})")
_LAST_PORT = 65535
_PATH = re.compile(r"[A-Za-z0-9._~!$&'()*+,;=:@%/-]*")
# Exactly the numbers of RFC 1122: 127.999.0.1 would be a name, which anyone may register.
_OCTET = r"(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)"
_LOOPBACK_V4 = re.compile(rf"127(?:\.{_OCTET}){{3}}")
# No name ends in a number (RFC 3696, section 2), so what does is an address or nothing.
_NUMERIC = re.compile(r"(?:.*\.)?[0-9]+")
_V4 = re.compile(rf"{_OCTET}(?:\.{_OCTET}){{3}}")


class ServiceName(StrEnum):
    """The services that can be asked: the values of `--service`."""

    GLOMEX = "glomex"
    MUX = "mux"


class ServiceDefaults(NamedTuple):
    """Where a service is, which profile is its own, and whose reports are asked for.

    `after_logout` is what remains true of a token once it is forgotten here.
    """

    endpoint: str
    profile: str
    kind: ReportKind
    after_logout: str = ""


DEFAULTS = {
    ServiceName.GLOMEX: ServiceDefaults(
        DEFAULT_ENDPOINT, DEFAULT_PROFILE, ReportKind.CONTENT_OWNER
    ),
    ServiceName.MUX: ServiceDefaults(
        MUX_ENDPOINT,
        "mux",
        ReportKind.DATA,
        after_logout="the token itself is valid until it is revoked in the Mux dashboard",
    ),
}


class Endpoint(NamedTuple):
    """The address of a service. A token is bound to `origin`: scheme, host and port."""

    url: str
    host: str
    origin: str
    is_encrypted: bool
    is_sandbox: bool = False

    @property
    def name(self) -> str:
        """The value of `--endpoint` that selects it."""
        return self.host if self.is_sandbox else self.url

    @property
    def service(self) -> ServiceName:
        """The service that answers there, judged by the address alone."""
        is_mux = self.host in {_MUX_HOST, MUX_SANDBOX}
        return ServiceName.MUX if is_mux else ServiceName.GLOMEX


def parse_endpoint(text: str) -> Endpoint:
    """Parse a URL, or `mux`, `sandbox` or `mux-sandbox`; ConfigurationError for anything else.

    `http` is for loopback addresses only; user names, queries and fragments are refused,
    since none belongs to an endpoint and each has leaked secrets elsewhere.

    >>> parse_endpoint("https://graphql.glomex.com/v1").origin
    'https://graphql.glomex.com:443'
    """
    if url := _SANDBOX_URLS.get(text):
        return Endpoint(url, text, f"{text}:", is_encrypted=False, is_sandbox=True)
    try:
        return _parse_url(_ADDRESSES.get(text, text))
    except ValueError as error:
        raise ConfigurationError(
            f"this endpoint cannot be used: {error}",
            f"for example: --endpoint {DEFAULT_ENDPOINT}, or --endpoint {SANDBOX}",
        ) from None


def _parse_url(text: str) -> Endpoint:
    """Read a URL by our own grammar: libraries differ in what they take, and quote what not."""
    if not text.isascii() or not text.isprintable() or set(' "<>\\^`{|}') & set(text):
        raise ValueError("it contains a character that is not allowed in URLs")
    scheme, _, rest = text.partition("://")
    authority, _, path = rest.partition("/")
    scheme = scheme.lower()
    if scheme not in _PORTS or not authority:
        raise ValueError("it does not start with https://")
    _refuse_extras(text, authority, path)
    host, port = _split(authority)
    if scheme == "http" and not is_loopback(host):
        raise ValueError(
            "http:// is for loopback addresses only, a token would be sent unencrypted"
        )
    shown = f"[{host}]" if ":" in host else host
    origin = f"{scheme}://{shown}:{port or _PORTS[scheme]}"
    return Endpoint(f"{origin}/{path}", shown, origin, is_encrypted=scheme == "https")


def _refuse_extras(text: str, authority: str, path: str) -> None:
    if "@" in authority:
        raise ValueError("it contains a user name or password")
    if "?" in text or "#" in text:
        raise ValueError("it contains a query or a fragment")
    if not _PATH.fullmatch(path):
        raise ValueError("its path is invalid")


def _split(authority: str) -> tuple[str, int | None]:
    host, port = authority, None
    if numbered := _NUMBERED.fullmatch(authority):
        host, port = numbered[1], int(numbered[2])
        if not 0 < port <= _LAST_PORT:
            raise ValueError("its port is not between 1 and 65535")
    return _checked_host(host.lower()), port


def _checked_host(host: str) -> str:
    """Return a host's name, or an IPv6 address in its one short form, without the brackets."""
    if host.startswith("[") and host.endswith("]"):
        from ipaddress import AddressValueError, IPv6Address

        with suppress(AddressValueError):
            if "%" not in host:
                return str(IPv6Address(host[1:-1]))
    elif _V4.fullmatch(host) or (_HOST.fullmatch(host) and _is_name(host)):
        return host
    raise ValueError("its host name is invalid")


def _is_name(host: str) -> bool:
    """Return whether a host can be a name whose encoded labels can be decoded (RFC 5891)."""
    if _NUMERIC.fullmatch(host) or "xn--" not in host:
        return not _NUMERIC.fullmatch(host)
    import idna

    try:
        return bool(idna.decode(host))
    except (idna.IDNAError, UnicodeError):
        return False


def is_loopback(host: str) -> bool:
    """Return whether `host` can only be this machine (RFC 1122, 3.2.1.3; RFC 6761, 6.3)."""
    return host in {"localhost", "::1"} or _LOOPBACK_V4.fullmatch(host) is not None
