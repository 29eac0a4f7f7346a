"""Figures summed into the rows of a report. Which columns a client wants is not asked here."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime

from glomex_cli.sandbox.accounts import Right
from glomex_cli.sandbox.catalogue import INTEGRATIONS, Video, videos
from glomex_cli.sandbox.days import days_with_data
from glomex_cli.sandbox.figures import Figures, figures_on
from glomex_cli.sandbox.questions import Question

Row = dict[str, str | int | float | None]
_EVERYWHERE = {"": 1.0}


def report_rows(question: Question, *, now: datetime) -> list[Row]:
    """Answer a question: a row per label and bucket that saw any views, in no promised order.

    A row holds its labels and all metrics. Counts are sums over videos and days, so that any
    two reports over the same days agree; rates are made of those sums.
    """
    sums: dict[tuple[str, str], Figures] = {}
    for key, figures in _keyed_figures(question, now):
        known = sums.get(key)
        sums[key] = figures if known is None else known.plus(figures)
    titles = _titles(question.primary)
    return [
        _labels(question, key, titles) | _metrics(total)
        for key, total in sums.items()
        if total.views
    ]


def _keyed_figures(question: Question, now: datetime) -> Iterator[tuple[tuple[str, str], Figures]]:
    """Give all figures asked for, each with the primary id and the bucket it counts towards."""
    chosen = [video for video in videos() if _is_chosen(video, question)]
    first = max([question.first, *_earliest(chosen)])
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


def _earliest(chosen: list[Video]) -> list[date]:
    return sorted(video.published for video in chosen)[:1]


def _is_chosen(video: Video, question: Question) -> bool:
    filters = question.filters
    return video.ident in filters.get(
        "video", (video.ident,)
    ) and video.channel.ident in filters.get("channel", (video.channel.ident,))


def _places(question: Question) -> Mapping[str, float]:
    """Give the integrations that count with their share; a content owner sees all views at once."""
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


def _labels(question: Question, key: tuple[str, str], titles: Mapping[str, str]) -> Row:
    """Fill only what belongs to the dimensions asked for; the rest of a row stays null."""
    ident, when = key
    labels: Row = {}
    if question.primary:
        labels[question.primary] = ident
    if ident in titles:
        labels[f"{question.primary}_title"] = titles[ident]
    if question.bucket:
        labels[question.bucket] = when
    return labels


def _metrics(total: Figures) -> Row:
    return {
        "video_views": total.views,
        "completed_views": total.completed,
        "completion_rate": _rate(total.completed, total.views),
        "watch_time_s": total.watch_s,
        "avg_watch_time_s": _rate(total.watch_s, total.views),
        "ad_requests": total.requests,
        "ad_impressions": total.impressions,
        "fill_rate": _rate(total.impressions, total.requests),
        "revenue": total.cents / 100,
        "ecpm": _rate(total.cents * 10, total.impressions),
    }


def _rate(part: int, whole: int) -> float | None:
    """Divide to six digits after the point; nothing divided by nothing is unknown, not zero."""
    return round(part / whole, 6) if whole else None
