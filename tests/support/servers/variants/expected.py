"""What a report must say, from the sandbox's tables alone: no schema, no query, no resolver."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import TypeAlias

from glomex_cli.sandbox.metrics import (
    INTEGRATIONS,
    Day,
    Figures,
    Video,
    days_with_data,
    figures_on,
    videos,
)
from glomex_cli.sandbox.sessions import Right
from glomex_cli.sandbox.variants.variant import Variant

Cell: TypeAlias = str | int | None
_NUMBERS = {"video_views": "views", "ad_impressions": "impressions"}
METRICS = tuple(_NUMBERS)


def expected(  # noqa: PLR0913, PLR0917 - a report has as many sides
    variant: Variant,
    right: Right,
    dimensions: Sequence[str],
    first: date,
    last: date,
    now: datetime,
) -> list[dict[str, Cell]]:
    """Return the rows from `first` to `last`, both included, with buckets as the ISO form.

    Labels come before the counts of `METRICS`. Order is that of time, then of the tables.
    """
    seen = _sums(right, tuple(dimensions), first, last, now)
    rows = [
        {**dict(zip(dimensions, key, strict=True)), **_counts(counts, variant)}
        for key, counts in seen.items()
    ]
    return sorted(rows + _gaps(variant, dimensions, first, last, seen), key=_time)


@lru_cache(maxsize=64)
def _sums(
    right: Right, dimensions: tuple[str, ...], first: date, last: date, now: datetime
) -> Mapping[tuple[str, ...], tuple[int, int]]:
    """Return views and impressions by label; what saw no views has no row."""
    sums: dict[tuple[str, ...], tuple[int, int]] = {}
    for video, day, views, impressions in _lines(right, first, last, now):
        key = tuple(_label(name, video, day) for name in dimensions)
        before = sums.get(key, (0, 0))
        sums[key] = (before[0] + views, before[1] + impressions)
    return {key: counts for key, counts in sums.items() if counts[0]}


@lru_cache(maxsize=64)
def starts_of(bucket: str, first: date, last: date) -> Sequence[tuple[date, str]]:
    """Return the first day and the ISO label of each bucket that the range touches."""
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return sorted({(_start(bucket, day), Day(day).bucket(bucket)) for day in days})


def _start(bucket: str, day: date) -> date:
    if bucket == "week":
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if bucket == "month" else day


def _lines(
    right: Right, first: date, last: date, now: datetime
) -> Iterator[tuple[Video, Day, int, int]]:
    for day in days_with_data(first, last, now=now):
        for video in videos():
            if day.date >= video.published:
                yield video, day, *_shares(right, figures_of(video, day))


@lru_cache(maxsize=20_000)
def figures_of(video: Video, day: Day) -> Figures:
    """Return what the tables say of a video on a day."""
    return figures_on(video, day)


def _shares(right: Right, figures: Figures) -> tuple[int, int]:
    if right is Right.CONTENT_OWNER:
        return figures.views, figures.impressions
    parts = [figures.part(share) for share in INTEGRATIONS.values()]
    return sum(part.views for part in parts), sum(part.impressions for part in parts)


def _label(name: str, video: Video, day: Day) -> str:
    return {"video": video.ident, "channel": video.channel.ident}.get(name) or day.bucket(name)


def _counts(counts: Sequence[int | None], variant: Variant) -> dict[str, Cell]:
    scaled = [None if each is None else each * variant.values.scale for each in counts]
    return dict(zip(METRICS, scaled, strict=True))


def _gaps(
    variant: Variant,
    dimensions: Sequence[str],
    first: date,
    last: date,
    seen: Collection[tuple[str, ...]],
) -> list[dict[str, Cell]]:
    if variant.rows.gaps == "missing" or tuple(dimensions) != ("day",):
        return []
    nothing: list[int | None] = [0, 0] if variant.rows.gaps == "zero" else [None, None]
    labels = [label for _, label in starts_of("day", first, last) if (label,) not in seen]
    return [{"day": label, **_counts(nothing, variant)} for label in labels]


def _time(row: dict[str, Cell]) -> str:
    return str(row.get("day") or row.get("week") or row.get("month") or "")
