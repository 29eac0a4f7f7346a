"""Secrets of this process in text that people will see: replaced by value, in every disguise.

A service may quote the token, password or challenge that it refuses, in its own words; only who
holds the secret can find it there. Every `Secret` is known here from the moment it is made.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from glomex_cli.models import Secret
from glomex_cli.terminal.runtime import given_secrets

if TYPE_CHECKING:
    from collections.abc import Iterator

MASK = "***"
# To replace each `pw` or `x` would say more of the secret than it hides.
_SHORTEST = 4
_BASE64_BLOCK = 3


def mask_secrets(text: str) -> str:
    """Return `text` without any secret of this process, plain or in JSON, a URL or base64.

    Capitals do not matter: a host name, for one, is shown in small letters.

    >>> held = Secret("hunter2/hunter2")
    >>> mask_secrets("refused: hunter2%2Fhunter2")
    'refused: ***'
    """
    held = {*Secret.recent(), *given_secrets}
    known = tuple(sorted(value for value in held if len(value) >= _SHORTEST))
    return _pattern(known).sub(MASK, text) if known else text


@lru_cache(maxsize=4)
def _pattern(values: tuple[str, ...]) -> re.Pattern[str]:
    words = {word for value in values for word in _disguises(value)}
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return re.compile("|".join(map(re.escape, longest_first)), re.IGNORECASE)


def _disguises(value: str) -> Iterator[str]:
    """Yield a secret plain, in JSON, in URLs, and in base64 at each offset within a block."""
    import base64
    import json
    from urllib.parse import quote, quote_plus

    data = value.encode("utf-8", "surrogatepass")
    yield value
    yield value.strip() or value
    for is_ascii in (True, False):
        yield json.dumps(value, ensure_ascii=is_ascii)[1:-1]
    yield quote(data, safe="")
    yield quote(data)
    yield quote_plus(data)
    for encode in (base64.b64encode, base64.urlsafe_b64encode):
        for before in range(_BASE64_BLOCK):
            coded = encode(b"\0" * before + data).decode()
            whole = coded[(before * 8 + 5) // 6 : (before + len(data)) * 8 // 6]
            if len(whole) >= _SHORTEST:
                yield whole
