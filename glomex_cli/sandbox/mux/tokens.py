"""The access tokens of the Mux sandbox. All of it is public: nothing here guards anything."""

import base64
import binascii
import hmac
from collections.abc import Mapping
from dataclasses import dataclass

from glomex_cli.sandbox.mux.errors import unauthorized

MUX_TOKEN_ID = "mux-sandbox"  # noqa: S105 - public, it opens made-up figures
# A real secret may hold these three characters, which clients have to carry unchanged.
MUX_TOKEN_SECRET = "sandbox/only+mux="  # noqa: S105
VIDEO_TOKEN_ID = "mux-sandbox-video"  # noqa: S105 - may not read data
DATA_READ = "data:read"


@dataclass(frozen=True, slots=True)
class Token:
    """An access token: its permissions, and its name on the dashboard."""

    ident: str
    name: str
    permissions: tuple[str, ...]
    secret: str = MUX_TOKEN_SECRET

    @property
    def reads_data(self) -> bool:
        """Return whether the token may use the Data API."""
        return DATA_READ in self.permissions


_TOKENS = {
    token.ident: token
    for token in (
        Token(MUX_TOKEN_ID, "Sandbox, data", ("video:read", DATA_READ)),
        Token(VIDEO_TOKEN_ID, "Sandbox, video only", ("video:read", "video:write")),
    )
}


def token_of(authorization: str | None) -> Token:
    """Return the token behind a Basic `Authorization` header.

    Raises RefusedError with status 401, in the same words for everything that is wrong.

    >>> token_of("Basic bXV4LXNhbmRib3g6c2FuZGJveC9vbmx5K211eD0=").ident
    'mux-sandbox'
    """
    scheme, _, encoded = (authorization or "").partition(" ")
    try:
        decoded = base64.b64decode(encoded.strip(), validate=True).decode()
    except (binascii.Error, ValueError):
        raise unauthorized() from None
    ident, _, secret = decoded.partition(":")
    token = _TOKENS.get(ident)
    if scheme.lower() != "basic" or token is None or not _is_same(secret, token.secret):
        raise unauthorized()
    return token


def whoami(token: Token) -> Mapping[str, object]:
    """Return the answer of `/system/v1/whoami`, which every token may ask."""
    return {
        "data": {
            "access_token_name": token.name,
            "environment_id": "env-sandbox",
            "environment_name": "Sandbox",
            "environment_type": "development",
            "organization_id": "org-sandbox",
            "organization_name": "Glomex Sandbox",
            "permissions": list(token.permissions),
        }
    }


def announce(url: str) -> list[tuple[str, str]]:
    """List label and value of all that somebody needs to use the sandbox at `url`."""
    return [("URL", url), ("token id", MUX_TOKEN_ID), ("token secret", MUX_TOKEN_SECRET)]


def _is_same(given: str, expected: str) -> bool:
    return hmac.compare_digest(given.encode("utf-8", "surrogatepass"), expected.encode())
