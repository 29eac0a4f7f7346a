"""Figures by bucket, by the values of a dimension, by both, or as a whole; all pages joined.

`SendAll` sends questions, several at once, and returns their answers in the same order. Figures
of buckets that have ended may still grow, by views that are not yet complete.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple, TypeAlias

from glomex_cli.dates.buckets import bucket_label
from glomex_cli.errors import UsageError
from glomex_cli.models import Bucket, Cell, Json, Problem
from glomex_cli.services.mux.client import PathQuestion
from glomex_cli.services.mux.requests import (
    PAGE,
    MuxSource,
    Parameters,
    filter_on,
    overall_question,
    page_question,
    series_question,
    top_question,
)
from glomex_cli.services.mux.rows import (
    Figure,
    breakdown_figures,
    label_of,
    overall_figure,
    row_count,
    series_figures,
)
from glomex_cli.services.mux.timeframes import STEPS_S, Timeframe, calendar_parts, request_windows

# Counted when a view starts, but only once it is complete: it may stay open for an hour after
# the playback has stopped. All other metrics count a view when it ends.
_ENGAGEMENT = frozenset({"views", "unique_viewers", "playing_time"})
_OPEN = timedelta(hours=1)
Body: TypeAlias = dict[str, Json]
SendAll: TypeAlias = Callable[[Sequence[PathQuestion]], list[Body]]
FigureKey: TypeAlias = tuple[Cell, ...]
FigureTable: TypeAlias = dict[MuxSource, dict[FigureKey, Figure]]
_MOST_PARTS = 60
TOP = 10  # values of a dimension that get a series each


def growing_labels(
    within: Timeframe, bucket: Bucket | None, metrics: Collection[str], now: datetime
) -> list[str]:
    """Return the labels, as in the rows, of the buckets whose views may still be open.

    None where no metric counts views at their start, or for days and longer, of which only the
    running one grows by more than a trace.
    """
    step = STEPS_S.get(bucket) if bucket else None
    if not (bucket and step) or bucket is Bucket.DAY or not _ENGAGEMENT.intersection(metrics):
        return []
    first = max(within.first, int((now - _OPEN).timestamp()) // step * step)
    return [label_of(start, bucket) for start in range(first, within.end, step)]


class Scope(NamedTuple):
    """What all questions of a report share."""

    ask: SendAll
    sources: Sequence[MuxSource]
    within: Timeframe
    filters: Parameters


def wholes(scope: Scope) -> FigureTable:
    """Return the figure of the whole range for each source, under an empty key."""
    bodies = scope.ask([overall_question(s, scope.within, scope.filters) for s in scope.sources])
    return {
        source: {(): overall_figure(body)}
        for source, body in zip(scope.sources, bodies, strict=True)
    }


def series(scope: Scope, bucket: Bucket) -> FigureTable:
    """Return the figures by bucket; weeks and months are asked for one by one.

    A week's median follows from none of its days, so it is the service that makes it.
    """
    parts = _parts(scope.within, bucket)
    is_native = bucket in STEPS_S
    bodies = scope.ask(
        [
            series_question(source, part, bucket, scope.filters)
            if is_native
            else overall_question(source, part, scope.filters)
            for source in scope.sources
            for _, part in parts
        ]
    )
    answers = iter(bodies)
    return {
        source: dict(
            each
            for (label, part), body in zip(parts, answers, strict=False)
            for each in _labelled(body, label, part, bucket)
        )
        for source in scope.sources
    }


def breakdown(scope: Scope, dimension: str) -> tuple[FigureTable, list[Problem]]:
    """Return the figures by the values of a dimension, from all pages, and what is missing."""
    firsts = scope.ask([_page(scope, source, dimension, 1) for source in scope.sources])
    more = [
        (source, page)
        for source, body in zip(scope.sources, firsts, strict=True)
        for page in range(2, -(-(row_count(body) or 0) // PAGE) + 1)
    ]
    others = scope.ask([_page(scope, source, dimension, page) for source, page in more])
    bodies: dict[MuxSource, list[Body]] = {
        source: [body] for source, body in zip(scope.sources, firsts, strict=True)
    }
    for (source, _), body in zip(more, others, strict=True):
        bodies[source].append(body)
    for source, pages in bodies.items():
        _read_on(scope, source, dimension, pages)
    figures = {source: _joined(pages) for source, pages in bodies.items()}
    problems = [_lack(source, figures[source], pages) for source, pages in bodies.items()]
    return figures, [problem for problem in problems if problem]


def series_for_top(scope: Scope, dimension: str, bucket: Bucket) -> FigureTable:
    """Return the figures by bucket for each of the ten values that most views have."""
    (top,) = scope.ask(
        [top_question(scope.sources[0], scope.within, dimension, scope.filters, count=TOP)]
    )
    found: FigureTable = {source: {} for source in scope.sources}
    for name, _ in breakdown_figures(top):
        if name is None:
            continue  # no filter says so
        narrowed = scope._replace(
            filters=(*scope.filters, filter_on(dimension, str(name))),
        )
        for source, figures in series(narrowed, bucket).items():
            found[source] |= {(name, *key): figure for key, figure in figures.items()}
    return found


def _parts(within: Timeframe, bucket: Bucket) -> list[tuple[str, Timeframe]]:
    """Return the ranges that are asked for one by one, each with the label of its bucket."""
    if bucket in STEPS_S:
        return [("", part) for part in request_windows(within, bucket)]
    parts = list(calendar_parts(within, bucket))
    if len(parts) > _MOST_PARTS:
        message = f"{len(parts)} {bucket}s need one request each, which is too many"
        raise UsageError(message, f"use at most {_MOST_PARTS}, or group by day: -d day")
    return [(bucket_label(start, bucket), part) for start, part in parts]


def _labelled(
    body: Body, label: str, part: Timeframe, bucket: Bucket
) -> Iterable[tuple[FigureKey, Figure]]:
    if label:
        return [((label,), overall_figure(body))]
    return (((label_of(epoch, bucket),), each) for epoch, each in series_figures(body, part))


def _page(scope: Scope, source: MuxSource, dimension: str, page: int) -> PathQuestion:
    return page_question(source, scope.within, dimension, scope.filters, page=page)


def _read_on(scope: Scope, source: MuxSource, dimension: str, pages: list[Body]) -> None:
    """Read page after page where no answer says how many rows there are, until one is short."""
    while row_count(pages[0]) is None and len(list(breakdown_figures(pages[-1]))) == PAGE:
        pages += scope.ask([_page(scope, source, dimension, len(pages) + 1)])


def _joined(pages: Sequence[Body]) -> dict[FigureKey, Figure]:
    """Join pages; a row that moved to the next page meanwhile counts once."""
    joined: dict[FigureKey, Figure] = {}
    for page in pages:
        for name, figure in breakdown_figures(page):
            joined.setdefault((name,), figure)
    return joined


def _lack(
    source: MuxSource, found: dict[FigureKey, Figure], pages: Sequence[Body]
) -> Problem | None:
    expected = row_count(pages[-1])
    if expected is None or len(found) >= expected:
        return None
    return Problem(f"{len(found)} of {expected} rows received", source.ident)
