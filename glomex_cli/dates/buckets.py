"""The time bucket of a report: its column, its values parsed and formatted, and which are final.

How the API writes a week or a month is not documented, so each known form is parsed, and a
value formatted here follows the form of those beside it. A bucket is partial where a range cuts
it, or where it has not ended.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from glomex_cli.dates.calendar import counted, move, start_of
from glomex_cli.dates.moments import (
    LENGTHS,
    bucket_starts,
    end_of_bucket,
    midnight,
    span_of,
    start_of_moment,
)
from glomex_cli.models import Bucket, Cell, Column, Period, Report, Role, Span, TimeRange

_DATE = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[T ].*)?")
_WEEK = re.compile(r"([0-9]{4})-?W([0-9]{1,2})")
_MONTH = re.compile(r"([0-9]{4})-([0-9]{1,2})")
# A time of day and what follows it, its fraction and zone: an hour is named by its beginning.
_MOMENT = re.compile(r"([0-9-]{10})[T ]([0-9]{2}:[0-9]{2}(?::[0-9]{2})?)(?:\.[0-9]+)?(.*)")
_DATE_LENGTH = len("2025-06-01")
_MONTH_LENGTH = len("2025-06")


def dimension_names(columns: Iterable[Column]) -> list[str]:
    """Return the names of the dimensions, the time bucket included, in the order of columns."""
    return [column.name for column in columns if column.role is Role.DIMENSION]


def metric_names(columns: Iterable[Column]) -> list[str]:
    """Return the names of the metrics, in the order of columns."""
    return [column.name for column in columns if column.role is Role.METRIC]


def bucket_of(columns: Iterable[Column]) -> Bucket | None:
    """Return the report's time bucket, if it has one."""
    return bucket_in(dimension_names(columns))


def written_day(cell: Cell, bucket: Bucket) -> date | None:
    """Return the day that a value of the time bucket names, or None where it names none.

    A day is `2025-06-01` or a timestamp, whose date counts as written, whatever its zone. A
    week is also `2025-W23`, a month `2025-06`: the day is then the first of it. Of a bucket
    shorter than a day it is the moment, in UTC, which is also assumed where no zone is written.

    >>> written_day("2025-W23", Bucket.WEEK), written_day("2025-06-01T22:00:00Z", Bucket.DAY)
    (datetime.date(2025, 6, 2), datetime.date(2025, 6, 1))
    """
    return _read(cell, bucket) if isinstance(cell, str) else None


def first_day_of(cell: Cell, bucket: Bucket) -> date | None:
    """Return the first day of the bucket that a value names, or None where it names none.

    Of a bucket shorter than a day it is the moment that the value names: its beginning.
    """
    day = written_day(cell, bucket)
    return None if day is None else start_of(day, bucket)


def time_order(cell: Cell, bucket: Bucket) -> float | None:
    """Return a number to sort the values of a time bucket by; None for what names no time."""
    start = first_day_of(cell, bucket)
    if isinstance(start, datetime):
        return start.timestamp()
    return None if start is None else start.toordinal()


def bucket_label(start: date, bucket: Bucket, *, like: Cell = None) -> str:
    """Format the bucket that begins at `start` in the form of `like`, a value beside it.

    >>> monday = date(2025, 6, 2)
    >>> bucket_label(monday, Bucket.WEEK), bucket_label(monday, Bucket.WEEK, like="2025-05-26")
    ('2025-W23', '2025-06-02')
    """
    text = like if isinstance(like, str) else ""
    if isinstance(start, datetime):
        return _moment_label(start, text)
    if _DATE.fullmatch(text):
        return f"{start}{text[_DATE_LENGTH:]}"
    if bucket is Bucket.DAY:
        return str(start)
    if bucket is Bucket.MONTH:
        return str(start)[:_MONTH_LENGTH]
    year, week, _ = start.isocalendar()
    dash = "" if text and "-" not in text else "-"
    return f"{year:04}{dash}W{week:02}"


# A report of a million rows names a thousand days.
@lru_cache(maxsize=8192)
def _read(text: str, bucket: Bucket) -> date | None:
    try:
        return _parsed(text, bucket)
    except ValueError:
        return None


def _parsed(text: str, bucket: Bucket) -> date | None:
    if bucket in LENGTHS:
        return _moment(text)
    if match := _DATE.fullmatch(text):
        return date.fromisoformat(match.group(1))
    if bucket is Bucket.WEEK and (match := _WEEK.fullmatch(text)):
        return date.fromisocalendar(int(match.group(1)), int(match.group(2)), 1)
    if bucket is Bucket.MONTH and (match := _MONTH.fullmatch(text)):
        return date(int(match.group(1)), int(match.group(2)), 1)
    return None


def _moment(text: str) -> datetime | None:
    match = _MOMENT.fullmatch(text)
    if match is None:
        return None
    moment = datetime.fromisoformat("{}T{}{}".format(*match.groups()))
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)


def _moment_label(start: datetime, like: str) -> str:
    """Format a moment with the fraction and in the zone of `like`, by default as UTC with `Z`."""
    match = _MOMENT.fullmatch(like)
    if match is None or _read(like, Bucket.MINUTE) is None:
        return f"{start.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    zone = datetime.fromisoformat(like).tzinfo or UTC
    time = "%H:%M:%S" if len(match.group(2)) > len("14:00") else "%H:%M"
    return start.astimezone(zone).strftime(f"%Y-%m-%d{like[10]}{time}") + like[match.end(2) :]


def bucket_in(names: Sequence[str]) -> Bucket | None:
    """Return the time bucket among the names of dimensions, if there is one."""
    return next((bucket for bucket in Bucket if bucket in names), None)


class Ends(NamedTuple):
    """How many buckets in a row are partial at the beginning and at the end of a series."""

    first: int = 0
    last: int = 0


def is_partial(start: date, bucket: Bucket, period: TimeRange, *, now: datetime) -> bool:
    """Return whether `period` does not hold all of the bucket, or the bucket ends after `now`.

    `start` is a day, or a moment for a bucket shorter than a day. The zone of `now` is that of
    the service's days.
    """
    if isinstance(period, Period) and bucket not in LENGTHS:
        last = move(start, bucket, 1) - timedelta(days=1)
        return start < period.first or last > period.last or last >= now.date()
    span = span_of(period, now.tzinfo)
    begins = _moment_of_day(start, bucket, span)
    end = end_of_bucket(begins, bucket)
    return begins.astimezone(UTC) < span.start.astimezone(UTC) or end > min(
        span.end.astimezone(UTC), now.astimezone(UTC)
    )


def partial_labels(
    cells: Iterable[Cell], bucket: Bucket, period: TimeRange, *, now: datetime
) -> set[str]:
    """Return those of a time bucket's cells that name a partial bucket."""
    texts = {cell for cell in cells if isinstance(cell, str)}
    starts = {text: start for text in texts if (start := first_day_of(text, bucket))}
    return {text for text, day in starts.items() if is_partial(day, bucket, period, now=now)}


def ends_of(labels: Sequence[str], partial: Collection[str]) -> Ends:
    """Count the partial labels in a row at the beginning and at the end of `labels`.

    Where all are partial they count at both ends.

    >>> ends_of(["2025-W23", "2025-W24", "2025-W25"], {"2025-W25"})
    Ends(first=0, last=1)
    """
    return Ends(_run(labels, partial), _run(labels[::-1], partial))


def complete_rows(report: Report, bucket: Bucket) -> Report:
    """Return the report without the rows of partial buckets."""
    rows = [row for row in report.rows if row.get(bucket) not in report.partial]
    return report._replace(rows=rows)


def _run(labels: Sequence[str], partial: Collection[str]) -> int:
    return next((index for index, label in enumerate(labels) if label not in partial), len(labels))


def _moment_of_day(start: date, bucket: Bucket, span: Span) -> datetime:
    if isinstance(start, datetime):
        return start.astimezone(span.start.tzinfo)
    zone = span.start.tzinfo
    return start_of_moment(midnight(start, zone).astimezone(zone), bucket)


def missing_starts(cells: Iterable[Cell], bucket: Bucket, period: TimeRange) -> list[date]:
    """Return the starts of those buckets of `period` that none of a time bucket's cells names."""
    named = {first_day_of(cell, bucket) for cell in set(cells)}
    return [start for start in bucket_starts(period, bucket) if start not in named]


def lacks(count: int, bucket: Bucket) -> str:
    """Return the note on a range to compare with that has no figures for `count` buckets.

    >>> lacks(2, Bucket.DAY)
    'the previous range lacks 2 days'
    """
    name = {Bucket.TEN_MINUTES: "ten-minute bucket"}.get(bucket, str(bucket))
    return f"the previous range lacks {counted(count, name)}"


def mark_partial(report: Report, bucket: Bucket) -> Report:
    """Return the report, for people, with `*` after each value of the bucket that is partial.

    Its `partial` are then the values as they were, of the rows that are there.
    """
    rows = list(report.rows)
    shown = {text for row in rows if isinstance(text := row.get(bucket), str)}
    partial = shown & set(report.partial)
    marked = [
        {**row, bucket: f"{row.get(bucket)}*"} if row.get(bucket) in partial else row
        for row in rows
    ]
    return report._replace(rows=marked, partial=partial)


def note_on(partial: Collection[str], *, left_out_of: str = "") -> str:
    """Return the note that explains the marks of `mark_partial`, and what is without them.

    >>> note_on({"2025-W25"})
    '* 2025-W25 is not complete: the range cuts it, or it has not ended'
    """
    names = sorted(partial)
    verb = "are" if len(names) > 1 else "is"
    left_out = f", and {verb} left out of {left_out_of}" if left_out_of else ""
    it, has = ("them", "they have") if len(names) > 1 else ("it", "it has")
    return (
        f"* {' and '.join(names)} {verb} not complete:"
        f" the range cuts {it}, or {has} not ended{left_out}"
    )
