"""What a token may look like, checked before it meets a header or a terminal."""

import re

from glomex_cli.errors import SignInError
from glomex_cli.models import Secret

# b64token, RFC 6750, section 2.1. Libraries quote a header they refuse, so a token with any
# other character must never reach them.
_GRAMMAR = re.compile(r"[A-Za-z0-9._~+/-]+=*")
# What RFC 7617, section 2, joins with a colon, without what a terminal or header could stumble on.
_PAIR = re.compile(r"[!-9;-~]+:[!-~]+")


def bearer_token(text: str, *, source: str) -> Secret:
    """Return `text` as a token, or raise SignInError that names only its `source`."""
    if text.lower().startswith("bearer "):
        raise SignInError(f"{source} begins with the word Bearer", "leave that word out")
    if not _GRAMMAR.fullmatch(text):
        raise SignInError(f"the token from {source} is not a bearer token", "glomex login")
    return Secret(text)


def access_token(text: str, *, source: str) -> Secret:
    """Return `text` as a token: a bearer token, or an id and its secret joined by a colon.

    Raises SignInError, which names only the `source`, for anything else.

    >>> access_token("id:secret", source="here").reveal()
    'id:secret'
    """
    if _PAIR.fullmatch(text):
        return Secret(text)
    return bearer_token(text, source=source)
