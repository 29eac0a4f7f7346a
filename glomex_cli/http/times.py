"""Moments that a service names: the dates of its headers, and the end of a token.

Light: no import of the HTTP library. The claims of a token (RFC 7519, section 4.1) are read
without checking its signature: they are a hint for us, the service's refusal decides. Nothing
here fails on a bad token.
"""

import math
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

# A claim of more is not believed, which also keeps sums inside what datetime can hold.
_LONGEST_LIFE_S = 400 * 24 * 3600
# The smallest difference that datetime knows.
_SHORTEST_LIFE_S = 1e-6


def parse_http_date(text: str) -> datetime | None:
    """Parse the date of a header (RFC 9110, section 5.6.7); return None for anything else.

    >>> parse_http_date("Sun, 01 Jun 2025 12:00:00 GMT")
    datetime.datetime(2025, 6, 1, 12, 0, tzinfo=datetime.timezone.utc)
    """
    try:
        moment = parsedate_to_datetime(text)
    except (TypeError, ValueError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def expiry_of(token: str, *, date: str, now: datetime) -> datetime | None:
    """Return when `token`, received just now, ends on our clock; None where it does not say.

    A life counted from its claim `iat` needs no clock but ours. Without it `date`, the service's
    Date header, tells how far its clock is from ours. A life beyond 400 days is not believed.
    """
    claims = _claims(token)
    end, start = _number(claims.get("exp")), _number(claims.get("iat"))
    if end is None:
        return None
    if start is None:
        start = (parse_http_date(date) or now).timestamp()
    life = end - start
    if not _SHORTEST_LIFE_S <= life <= _LONGEST_LIFE_S:
        return None
    return now + timedelta(seconds=life)


def _claims(token: str) -> dict[str, Any]:
    """Return the claims of a JWT; none for any other text."""
    # Only a sign-in pays for this import, which takes 40 ms.
    import jwt

    try:
        return jwt.decode(token, options={"verify_signature": False})
    # Beside its own errors PyJWT lets through those of odd text and of deeply nested JSON.
    except (jwt.InvalidTokenError, ValueError, RecursionError):
        return {}


def _number(claim: object) -> float | None:
    if isinstance(claim, bool) or not isinstance(claim, (int, float)):
        return None
    try:
        number = float(claim)
    except OverflowError:
        return None
    return number if math.isfinite(number) else None
