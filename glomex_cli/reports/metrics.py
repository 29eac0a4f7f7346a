"""Metrics over time, as the lines that are drawn of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from glomex_cli.charts.parse.timestamps import parse_timestamps
from glomex_cli.charts.series import Series, SeriesKind, kind_of
from glomex_cli.dates.partial import Ends, ends_of, partial_labels
from glomex_cli.models import Problem, Report, ReportKind, ReportRequest, TimeRange
from glomex_cli.reports.request import parse_dimensions
from glomex_cli.reports.series import Key, Point, series_by, series_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime

    from glomex_cli.models import Bucket


class Question(NamedTuple):
    """Which metrics to fetch, by name.

    With `by` it is the first metric alone, a line for each value of that dimension: those
    `top` whose values are the largest.
    """

    metrics: tuple[str, ...]
    bucket: Bucket
    period: TimeRange
    kind: ReportKind
    by: str | None = None
    top: int = 5


class Timelines(NamedTuple):
    """One line per metric; `partial` counts the buckets at either end that are not final.

    Such a bucket is cut by the range, or has not ended.
    """

    series: tuple[Series, ...]
    partial: Ends
    problems: Sequence[Problem]


def fetch_metrics(
    fetch: Callable[[ReportRequest], Report], question: Question, *, views: str, now: datetime
) -> Timelines:
    """Fetch the metrics over time, with a gap for each bucket the service has nothing for.

    A rate is averaged with the `views` behind it, so that metric is fetched beside it.
    """
    metrics = question.metrics[:1] if question.by else question.metrics
    weight = views if any(kind_of(metric) is SeriesKind.RATE for metric in metrics) else None
    report = fetch(_request(question, (*metrics, weight)))
    report = report._replace(rows=list(report.rows))
    weights = _points(report, weight, question) if weight else {}
    found = [
        (metric, key, points)
        for metric in metrics
        for key, points in _points(report, metric, question).items()
    ]
    lines = [_series(metric, key, points, weights.get(key)) for metric, key, points in found]
    labels = [label for label, _ in found[0][2]] if found else []
    return Timelines(
        tuple(_largest(lines, question.top) if question.by else lines),
        _ends(labels, report, question, now),
        report.problems,
    )


def _request(question: Question, metrics: Iterable[str | None]) -> ReportRequest:
    dimensions = [question.by, question.bucket] if question.by else [question.bucket]
    return ReportRequest(
        kind=question.kind,
        dimensions=parse_dimensions(dimensions),
        metrics=tuple(dict.fromkeys(metric for metric in metrics if metric)),
        period=question.period,
    )


def _points(report: Report, metric: str, question: Question) -> dict[Key, list[Point]]:
    """Return a metric's points for each value of the dimension; without one, for no key."""
    period, bucket = question.period, question.bucket
    if question.by:
        return series_by(report, metric, period=period, bucket=bucket)
    return {(): series_of(report, metric, period=period, bucket=bucket)}


def _series(metric: str, key: Key, points: list[Point], weights: list[Point] | None) -> Series:
    kind = kind_of(metric)
    return Series(
        " ".join(str(cell) for cell in key if cell is not None) if key else metric,
        [value for _, value in points],
        times=parse_timestamps([label for label, _ in points]),
        weights=[value for _, value in weights] if weights and kind is SeriesKind.RATE else None,
        kind=kind,
    )


def _largest(lines: list[Series], count: int) -> list[Series]:
    """Return the lines with the largest sums, the largest first."""
    lines.sort(key=lambda line: (-sum(value or 0 for value in line.values), line.name))
    return lines[:count]


def _ends(labels: Sequence[str], report: Report, question: Question, now: datetime) -> Ends:
    """Count the partial buckets at the ends: what the service says itself counts as well."""
    cut = partial_labels(labels, question.bucket, report.range or question.period, now=now)
    return ends_of(labels, {*cut, *report.partial})
