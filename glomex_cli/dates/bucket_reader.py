"""Read a day, week or month in whichever form a service writes it, given the range asked for.

No document says how the service writes them. A bucket is read once, where it arrives, and goes
on in one form, that of ISO 8601: `2025-06-01`, `2025-W23`, `2025-06`.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta

from glomex_cli.dates.buckets import first_day_of
from glomex_cli.dates.calendar import ONE_DAY, start_of, starts_in
from glomex_cli.errors import ServiceError
from glomex_cli.models import Bucket, Cell, Period
from glomex_cli.suggestions import quoted

# Midnight of Berlin is at 22:00 or 23:00 UTC on the day before; 21:00 is that of Helsinki.
_EVENING = 21
_MILLIS_FROM = 100_000_000_000
_LONGEST = 64
# Patterns as text, which `re` compiles once, and only those that a report needs.
_ISO = {
    Bucket.DAY: r"[0-9]{4}-[0-9]{2}-[0-9]{2}",
    Bucket.WEEK: r"[0-9]{4}-W[0-9]{2}",
    Bucket.MONTH: r"[0-9]{4}-[0-9]{2}",
}
_YEAR = r"(?P<year>(?:19|20|21)[0-9]{2})"
_MOMENT = (
    r"(?i)([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]([0-9]{2}):[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]+)?)?\s*"
    r"(Z|[+-][0-9]{2}:?[0-9]{2})?"
)
_DAYS = (
    rf"{_YEAR}[-/.](?P<month>[0-9]{{1,2}})[-/.](?P<day>[0-9]{{1,2}})",
    rf"{_YEAR}(?P<month>[0-9]{{2}})(?P<day>[0-9]{{2}})",
    rf"(?P<day>[0-9]{{1,2}})\.(?P<month>[0-9]{{1,2}})\.{_YEAR}",
)
# Day first or month first: only the range can tell.
_SLASHED = rf"([0-9]{{1,2}})/([0-9]{{1,2}})/{_YEAR}"
_SPAN = r"(.{8,30}?)(?:/|\s-\s|\s+to\s+|\.\.|--)(.{8,30})"
_W = r"(?:W|KW|CW|WEEK)"
_WEEKS = (
    rf"(?i){_YEAR}[-/ ]?{_W}?[-/ ]?(?P<number>[0-9]{{1,2}})(?:-[1-7])?",
    rf"(?i){_W}?[-/ ]?(?P<number>[0-9]{{1,2}})[-/ .]{_YEAR}",
)
_BARE_WEEK = rf"(?i){_W}?[-/ ]?([0-9]{{1,2}})"
_BARE_MONTH = "([0-9]{1,2})"
_MONTHS = (
    rf"{_YEAR}[-/.]?(?P<number>[0-9]{{1,2}})",
    rf"(?P<number>[0-9]{{1,2}})[-/.]{_YEAR}",
)
_NAMED_MONTH = rf"(?i)([a-zä]{{3,9}})\.?[-/ ]{_YEAR}"
_NAMES = (
    "jan", "feb", "mar mär", "apr", "may mai", "jun", "jul", "aug", "sep", "oct okt", "nov",
    "dec dez",
)  # fmt: skip


class BucketReader:
    """Reads the buckets of one report."""

    def __init__(self, bucket: Bucket, period: Period) -> None:
        self.bucket = bucket
        self._period = period
        self._starts = set(starts_in(period, bucket))
        self._known: dict[Cell, date | None] = {}

    def start(self, cell: Cell) -> date | None:
        """Return the first day of the bucket that a cell names, or None where it names none."""
        if cell not in self._known:
            self._known[cell] = self._read(cell)
        return self._known[cell]

    def label(self, cell: Cell) -> Cell:
        """Return the bucket of a cell in the form of ISO 8601; what cannot be read stays.

        >>> june = Period(date(2025, 6, 1), date(2025, 6, 30))
        >>> BucketReader(Bucket.WEEK, june).label(202523)
        '2025-W23'
        """
        start = self.start(cell)
        return cell if start is None else iso_label(start, self.bucket)

    def holds(self, cell: Cell) -> bool:
        """Return whether the range touches the bucket of a cell that can be read."""
        return self.start(cell) in self._starts

    def _read(self, cell: Cell) -> date | None:
        text = _text(cell)
        if not text:
            return None
        with suppress(ValueError, OverflowError, OSError):
            day = self._day(text)
            return None if day is None else start_of(day, self.bucket)
        return None

    def _day(self, text: str) -> date | None:
        """Return a day in the bucket; ValueError where its numbers make none."""
        if self.bucket is not Bucket.DAY:
            read = _week if self.bucket is Bucket.WEEK else _month
            if found := read(text) or self._bare(text):
                return found
        if span := re.fullmatch(_SPAN, text):
            return self._written(span[1].strip()) if self._written(span[2].strip()) else None
        return self._written(text)

    def _written(self, text: str) -> date | None:
        if found := next(_matches(_DAYS, text), None):
            return date(int(found["year"]), int(found["month"]), int(found["day"]))
        if found := re.fullmatch(_MOMENT, text):
            return _day_of(found[1], int(found[2]), found[3])
        if found := re.fullmatch(_SLASHED, text):
            return self._slashed(int(found[1]), int(found[2]), int(found["year"]))
        return _epoch(int(text)) if text.isdigit() and len(text) in range(9, 15) else None

    def _slashed(self, one: int, other: int, year: int) -> date | None:
        days = set[date]()
        for month, day in ((one, other), (other, one)):
            with suppress(ValueError):
                days.add(date(year, month, day))
        fitting = [day for day in days if start_of(day, self.bucket) in self._starts]
        return fitting[0] if len(fitting) == 1 else None

    def _bare(self, text: str) -> date | None:
        """Return the one bucket of the range that has a number without a year."""
        pattern = _BARE_WEEK if self.bucket is Bucket.WEEK else _BARE_MONTH
        found = re.fullmatch(pattern, text)
        if found is None:
            return None
        fitting = [start for start in self._starts if _number(start, self.bucket) == int(found[1])]
        return fitting[0] if len(fitting) == 1 else None


def readable_start(cell: Cell, bucket: Bucket) -> date | None:
    """Return the first day of a bucket, None where there is none; ServiceError for another form.

    For what is placed in time: a row left out in silence would be a wrong figure.
    """
    start = first_day_of(cell, bucket)
    if start is None and cell is not None:
        raise ServiceError(
            f"the service sent {quoted(str(cell))} as a {bucket}, an unknown format",
            f"its rows can be printed: glomex report -d {bucket}",
        )
    return start


def iso_label(start: date, bucket: Bucket) -> str:
    """Return the bucket that begins at `start` in the form of ISO 8601.

    >>> iso_label(date(2025, 6, 2), Bucket.WEEK)
    '2025-W23'
    """
    if bucket is Bucket.WEEK:
        year, week, _ = start.isocalendar()
        return f"{year:04}-W{week:02}"
    return str(start)[:7] if bucket is Bucket.MONTH else str(start)


def is_iso(cell: Cell, bucket: Bucket) -> bool:
    """Return whether a cell already has the form of ISO 8601."""
    return isinstance(cell, str) and re.fullmatch(_ISO[bucket], cell) is not None


def _text(cell: Cell) -> str:
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = str(cell).strip() if isinstance(cell, str | int) else ""
    return text if len(text) <= _LONGEST and not isinstance(cell, bool) else ""


def _matches(patterns: tuple[str, ...], text: str) -> Iterator[re.Match[str]]:
    return filter(None, (re.fullmatch(pattern, text) for pattern in patterns))


def _week(text: str) -> date | None:
    found = next(_matches(_WEEKS, text), None)
    return date.fromisocalendar(int(found["year"]), int(found["number"]), 1) if found else None


def _month(text: str) -> date | None:
    if found := next(_matches(_MONTHS, text), None):
        return date(int(found["year"]), int(found["number"]), 1)
    if found := re.fullmatch(_NAMED_MONTH, text):
        name = found[1][:3].lower()
        months = [number for number, names in enumerate(_NAMES, 1) if name in names.split()]
        return date(int(found["year"]), months[0], 1) if months else None
    return None


def _number(start: date, bucket: Bucket) -> int:
    return start.isocalendar().week if bucket is Bucket.WEEK else start.month


def _day_of(text: str, hour: int, zone: str | None) -> date:
    """Return the day of a timestamp: as written, but late in the evening of UTC the next one."""
    day = date.fromisoformat(text)
    is_utc = (zone or "").upper().replace(":", "") in {"Z", "+0000", "-0000"}
    return day + ONE_DAY if is_utc and hour >= _EVENING else day


def _epoch(number: int) -> date:
    seconds = number / 1000 if number >= _MILLIS_FROM else number
    moment = datetime.fromtimestamp(seconds, UTC)
    return (moment + timedelta(hours=24 - _EVENING)).date()
