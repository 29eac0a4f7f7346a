"""Timestamps in their many spellings, parsed to times with a zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_EARLIEST_EPOCH_S = 1e8  # 1973; a smaller number is an index or an amount, not a time
_FIRST_EPOCH_MS = 1e11
_MONTH_LENGTH = len("2017-07")
_YEAR_LENGTH = len("2017")


def parse_timestamps(cells: Iterable[object]) -> tuple[datetime, ...] | None:
    """Parse a column of times: ISO 8601, `date`, seconds or milliseconds since 1970.

    None if a single one is not a time. What has no zone is read as UTC.
    """
    times: list[datetime] = []
    for cell in cells:
        moment = parse_timestamp(cell)
        if moment is None:
            return None
        times.append(moment)
    return tuple(times)


def parse_timestamp(cell: object) -> datetime | None:
    """Parse one time; None if it is not one.

    >>> parse_timestamp("2017-07").isoformat(), parse_timestamp("soon")
    ('2017-07-01T00:00:00+00:00', None)
    """
    try:
        match cell:
            case str():
                return _zoned(_of_text(cell.strip()))
            case datetime():
                return _zoned(cell)
            case date():
                return datetime.combine(cell, time(), UTC)
            case int() | float() if cell >= _EARLIEST_EPOCH_S:
                return datetime.fromtimestamp(cell / (1000 if cell >= _FIRST_EPOCH_MS else 1), UTC)
            case _:
                return None
    except (ValueError, OverflowError, OSError):
        return None


def _of_text(text: str) -> datetime:
    if len(text) == _MONTH_LENGTH and text[4] == "-" and text[5:].isdigit():
        text += "-01"
    if len(text) == _YEAR_LENGTH and text.isdigit():
        text += "-01-01"
    return datetime.fromisoformat(text)


def _zoned(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
