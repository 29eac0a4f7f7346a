"""Moments as headers write them (RFC 9110, section 5.6.7). No effects."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime


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
