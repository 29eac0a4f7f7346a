"""Moments as headers write them (RFC 9110, section 5.6.7). No effects.

When a token ends, read from its own claims (RFC 7519, section 4.1) without verifying them.

The claims are a hint for us: the service's refusal decides. Nothing here fails on a bad token.
"""

import base64
import json
import math
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import cast

# Longer lives are no claim we believe; also keeps the arithmetic inside what datetime can hold.
_LONGEST_LIFE_S = 400 * 24 * 3600
# Less is no time at all to a datetime.
_SHORTEST_LIFE_S = 1e-6


def parse_http_date(text: str) -> datetime | None:
    """Give the moment that `text` names, or None for what is no date.

    >>> parse_http_date("Sun, 01 Jun 2025 12:00:00 GMT")
    datetime.datetime(2025, 6, 1, 12, 0, tzinfo=datetime.timezone.utc)
    """
    try:
        moment = parsedate_to_datetime(text)
    except (TypeError, ValueError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def expiry_of(token: str, *, date: str, now: datetime) -> datetime | None:
    """Say when `token`, given just now, ends on our clock; None where it does not say.

    A life counted from `iat` needs no clock but ours. Without `iat`, the service's Date header
    tells how far its clock is from ours.
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


def _claims(token: str) -> dict[str, object]:
    parts = token.split(".")
    if len(parts) != 3:  # noqa: PLR2004 - header, payload, signature
        return {}
    try:
        payload = base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4))
        claims: object = json.loads(payload)
    except (ValueError, RecursionError):
        return {}
    return cast("dict[str, object]", claims) if isinstance(claims, dict) else {}


def _number(claim: object) -> float | None:
    if isinstance(claim, bool) or not isinstance(claim, (int, float)):
        return None
    try:
        number = float(claim)
    except OverflowError:
        return None
    return number if math.isfinite(number) else None
