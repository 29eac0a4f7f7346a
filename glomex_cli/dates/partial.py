"""Buckets whose figures are not final: a range cuts them, or they have not ended."""

from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from glomex_cli.dates.buckets import first_day_of
from glomex_cli.dates.calendar import counted, move
from glomex_cli.dates.spans import (
    LENGTHS,
    bucket_starts,
    end_of_bucket,
    midnight,
    span_of,
    start_of_moment,
)
from glomex_cli.models import Bucket, Cell, Period, Report, Span, TimeRange


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
    begins = _moment(start, bucket, span)
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


def _moment(start: date, bucket: Bucket, span: Span) -> datetime:
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
    'the range before lacks 2 days'
    """
    name = {Bucket.TEN_MINUTES: "ten-minute bucket"}.get(bucket, str(bucket))
    return f"the range before lacks {counted(count, name)}"


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
