"""Seeds of an authenticator app as services show them, and the MFA codes they give.

Codes are those of RFC 6238. Nothing here reads a clock, sends or stores.
"""

import math
import re
import unicodedata
from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from glomex_cli.errors import SignInError, StoreError, UsageError
from glomex_cli.models import Secret

# A code that dies on its way is refused, and counts as a try.
LEAST_LIFE_S = 3.0

_ALGORITHMS = ("SHA1", "SHA256", "SHA512")
_DIGITS = range(6, 9)
_PERIODS_S = range(10, 301)
_LONGEST_TEXT = 2048
# 16 characters are the 80 bits of most services; a shorter text is a seed that was cut.
_LENGTHS = range(16, 257)
# What is left over after whole groups of eight (RFC 4648, section 6).
_WHOLE_BYTES = {0, 2, 4, 5, 7}
_BETWEEN = re.compile(r"[\s\u2010-\u2015_-]+")
_BASE32 = re.compile(r"([A-Za-z2-7]+)={0,6}")


class Seed(NamedTuple):
    """What codes are made from; shown masked."""

    secret: Secret
    digits: int = 6
    period_s: int = 30
    algorithm: str = "SHA1"


class Code(NamedTuple):
    """One code, the number of its time window since 1970, and the seconds left in that."""

    digits: str
    window: int
    seconds_left: float


def parse_seed(text: str) -> Seed:
    """Return the seed a person typed or pasted: base32 in any dress, or an otpauth URI.

    Raises UsageError, without a word of the text, for anything else.

    >>> parse_seed("jbsw y3dp-ehpk 3pxp") == parse_seed("otpauth://totp/x?secret=JBSWY3DPEHPK3PXP")
    True
    """
    short = unicodedata.normalize("NFKC", text.strip()[: _LONGEST_TEXT + 1])
    if len(short) <= _LONGEST_TEXT:
        seed = _from_uri(short) if "://" in short else _from_base32(short)
        if seed is not None:
            return seed
    raise UsageError(
        "this is not a TOTP secret",
        "paste the whole secret: at least 16 characters of A-Z and 2-7",
    )


def code_at(seed: Seed, unix_s: float) -> Code:
    """Return the code of a moment in seconds since 1970; before that, the first one."""
    import hashlib

    from pyotp.totp import TOTP

    window, gone_s = divmod(max(0.0, unix_s), seed.period_s)
    digest = getattr(hashlib, seed.algorithm.lower())
    totp = TOTP(seed.secret.reveal(), digits=seed.digits, digest=digest, interval=seed.period_s)
    return Code(totp.generate_otp(int(window)), int(window), seed.period_s - gone_s)


def next_code(  # noqa: PLR0913 - the clock, the memory and the voice belong to the caller
    seed: Seed,
    *,
    now: Callable[[], datetime],
    sleep: Callable[[float], None],
    used: Callable[[int], bool],
    tell: Callable[[str], None],
    last: Callable[[int], int] = lambda _: -1,
    longest_wait_s: float = math.inf,
    skew_s: float = 0.0,
) -> Code:
    """Return a code that was not used and lives for three seconds, after waiting if need be.

    `skew_s` says how far the service's clock is ahead of `now`. `used` is asked last, so a
    false answer may claim the window; `last` returns the last used window that bars a window,
    which lies ahead where the clock was set back. `tell` hears of the first wait, in full.
    Raises SignInError where all waits together would exceed `longest_wait_s`; `sleep` may raise.
    """
    waited_s = 0.0
    while True:
        code = code_at(seed, now().timestamp() + skew_s)
        if code.seconds_left >= LEAST_LIFE_S and not used(code.window):
            return code
        wait_s = code.seconds_left + max(0, last(code.window) - code.window) * seed.period_s
        if waited_s + wait_s > longest_wait_s:
            raise _too_far(wait_s, waited_s)
        if not waited_s:
            tell(f"waiting {math.ceil(wait_s)} s for the next MFA code")
        waited_s += wait_s
        sleep(wait_s)


def _too_far(wait_s: float, waited_s: float) -> SignInError:
    return SignInError(
        f"the next unused MFA code is available in {math.ceil(wait_s)} s",
        f"wait for it with --timeout {math.ceil(wait_s + waited_s) + 5}, or sign in once and"
        " share the session: GLOMEX_STORE=file",
    )


def seed_uri(seed: Seed) -> str:
    """Write a seed as the text that a store keeps: an otpauth URI."""
    return (
        f"otpauth://totp/glomex?secret={seed.secret.reveal()}&algorithm={seed.algorithm}"
        f"&digits={seed.digits}&period={seed.period_s}"
    )


def parse_seed_uri(text: str) -> Seed:
    """Read what `seed_uri` wrote; raises StoreError, without a word of it, for anything else."""
    try:
        return parse_seed(text)
    except UsageError:
        raise StoreError(
            "the saved TOTP secret cannot be read", "glomex login --remember"
        ) from None


def _from_base32(text: str) -> Seed | None:
    match = _BASE32.fullmatch(_BETWEEN.sub("", text))
    if match is None or len(match[1]) not in _LENGTHS or len(match[1]) % 8 not in _WHOLE_BYTES:
        return None
    return Seed(Secret(match[1].upper()))


def _from_uri(text: str) -> Seed | None:
    """Read the URI behind a QR code; None for another kind, and for what pyotp cannot do."""
    from urllib.parse import parse_qsl, urlsplit

    try:
        parts = urlsplit(text)
        pairs = parse_qsl(parts.query, keep_blank_values=True, max_num_fields=16)
    except ValueError:
        return None
    fields = {name.lower(): value for name, value in pairs}
    if (parts.scheme, parts.netloc.lower()) != ("otpauth", "totp") or len(fields) < len(pairs):
        return None
    bare = _from_base32(fields.get("secret", ""))
    algorithm = fields.get("algorithm", "SHA1").upper().replace("-", "")
    digits = _number(fields.get("digits", "6"), _DIGITS)
    period_s = _number(fields.get("period", "30"), _PERIODS_S)
    if bare is None or digits is None or period_s is None or algorithm not in _ALGORITHMS:
        return None
    return Seed(bare.secret, digits, period_s, algorithm)


def _number(text: str, allowed: range) -> int | None:
    is_short = text.isascii() and text.isdigit() and len(text) <= len("300")
    return int(text) if is_short and int(text) in allowed else None
