"""Figures added up into the rows of a report, as the schema has them.

A row holds labels and sums; its metrics are worked out only when a query selects them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from glomex_cli.sandbox.arguments import Question
from glomex_cli.sandbox.metrics import (
    INTEGRATIONS,
    Figures,
    Video,
    days_with_data,
    figures_on,
    videos,
)
from glomex_cli.sandbox.sessions import Right

# The id of the primary dimension and the time bucket; either may be empty.
_Key = tuple[str, str]
_EVERYWHERE = {"": 1.0}


@dataclass(slots=True)
class Row:
    """Labels of the dimensions asked for, the rest None; metrics follow from the sums."""

    sums: Figures
    day: str | None = None
    week: str | None = None
    month: str | None = None
    video: str | None = None
    video_title: str | None = None
    channel: str | None = None
    channel_title: str | None = None
    integration: str | None = None

    @property
    def video_views(self) -> int:
        """The number of times a video was started."""
        return self.sums.views

    @property
    def completed_views(self) -> int:
        """The number of times a video was watched to its end."""
        return self.sums.completed

    @property
    def completion_rate(self) -> float | None:
        """Completed views per view, from 0 to 1."""
        return _rate(self.sums.completed, self.sums.views)

    @property
    def watch_time_s(self) -> int:
        """Seconds watched."""
        return self.sums.watch_s

    @property
    def avg_watch_time_s(self) -> float | None:
        """Seconds watched per view."""
        return _rate(self.sums.watch_s, self.sums.views)

    @property
    def ad_requests(self) -> int:
        """The number of times an advertisement was requested."""
        return self.sums.requests

    @property
    def ad_impressions(self) -> int:
        """The number of times an advertisement was shown."""
        return self.sums.impressions

    @property
    def fill_rate(self) -> float | None:
        """Impressions per request, from 0 to 1."""
        return _rate(self.sums.impressions, self.sums.requests)

    @property
    def revenue(self) -> float:
        """Euros earned."""
        return self.sums.cents / 100

    @property
    def ecpm(self) -> float | None:
        """Euros per thousand impressions."""
        return _rate(self.sums.cents * 10, self.sums.impressions)


def _rate(part: int, whole: int) -> float | None:
    """Divide, rounded to six decimal places; a division by zero is unknown, not zero."""
    return round(part / whole, 6) if whole else None


def video_days(question: Question, *, now: datetime) -> int:
    """Count what a report adds up: the days of each video it is about, outages included."""
    last = min(question.last, now.astimezone(UTC).date())
    starts = (
        max(question.first, each.published) for each in videos() if _is_chosen(each, question)
    )
    return sum(max(0, (last - first).days + 1) for first in starts)


def report_rows(question: Question, *, now: datetime) -> list[Row]:
    """Answer a question: a row per label and bucket that saw any views, oldest first.

    Counts are sums over videos and days, so that any two reports over the same days agree.
    """
    sums: dict[_Key, Figures] = {}
    for key, figures in _keyed_figures(question, now):
        known = sums.get(key)
        sums[key] = figures if known is None else known.plus(figures)
    titles = _titles(question.primary)
    return [
        Row(sums[key], **_labels(question, key, titles))
        for key in sorted(sums, key=_when)
        if sums[key].views
    ]


def _keyed_figures(question: Question, now: datetime) -> Iterator[tuple[_Key, Figures]]:
    """Yield all requested figures, each with the primary id and the bucket it counts towards."""
    chosen = [video for video in videos() if _is_chosen(video, question)]
    if not chosen:
        return
    first = max(question.first, min(video.published for video in chosen))
    bucket = question.bucket
    days = [
        (day, day.bucket(bucket) if bucket else "")
        for day in days_with_data(first, question.last, now=now)
    ]
    places = _places(question)
    for video in chosen:
        primaries = [(_primary(question, video, place), share) for place, share in places.items()]
        for day, when in days:
            if day.date >= video.published:
                figures = figures_on(video, day)
                for primary, share in primaries:
                    yield (primary, when), figures if share == 1 else figures.part(share)


def _when(key: _Key) -> str:
    return key[1]


def _is_chosen(video: Video, question: Question) -> bool:
    facts = {"video": video.ident, "channel": video.channel.ident}
    return all(fact in question.filters.get(name, (fact,)) for name, fact in facts.items())


def _places(question: Question) -> Mapping[str, float]:
    """Return the integrations that count with their share; a content owner has one for all."""
    if question.right is Right.CONTENT_OWNER:
        return _EVERYWHERE
    wanted = question.filters.get("integration", INTEGRATIONS)
    return {place: share for place, share in INTEGRATIONS.items() if place in wanted}


def _primary(question: Question, video: Video, place: str) -> str:
    of = {"video": video.ident, "channel": video.channel.ident, "integration": place}
    return of[question.primary] if question.primary else ""


def _titles(primary: str | None) -> Mapping[str, str]:
    if primary == "video":
        return {video.ident: video.title for video in videos()}
    if primary == "channel":
        return {video.channel.ident: video.channel.title for video in videos()}
    return {}


def _labels(question: Question, key: _Key, titles: Mapping[str, str]) -> dict[str, str]:
    """Fill only what belongs to the dimensions asked for; the rest of a row stays null."""
    ident, when = key
    labels: dict[str, str] = {}
    if question.primary:
        labels[question.primary] = ident
    if ident in titles:
        labels[f"{question.primary}_title"] = titles[ident]
    if question.bucket:
        labels[question.bucket] = when
    return labels
