"""Metrics over time, as the lines that are drawn of them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from glomex_cli.charts.parse.timestamps import parse_timestamps
from glomex_cli.charts.series import Series, SeriesKind, kind_of
from glomex_cli.dates.calendar import move, starts_in
from glomex_cli.models import Period, Problem, Report, ReportKind, ReportRequest
from glomex_cli.reports.request import parse_dimensions
from glomex_cli.reports.series import Key, Point, series_by, series_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from glomex_cli.models import Bucket


class Question(NamedTuple):
    """Which metrics to fetch, by name.

    With `by` it is the first metric alone, a line for each value of that dimension: those
    `top` whose values are the largest.
    """

    metrics: tuple[str, ...]
    bucket: Bucket
    period: Period
    kind: ReportKind
    by: str | None = None
    top: int = 5


class Timelines(NamedTuple):
    """One line per metric; `is_unfinished` where the last bucket grows on, or the range cuts it."""

    series: tuple[Series, ...]
    is_unfinished: bool
    problems: Sequence[Problem]


def fetch_metrics(
    fetch: Callable[[ReportRequest], Report], question: Question, *, views: str, today: date
) -> Timelines:
    """Fetch the metrics over time, with a gap for each bucket the service has nothing for.

    A rate is averaged with the `views` behind it, so that metric is fetched beside it.
    """
    metrics = question.metrics[:1] if question.by else question.metrics
    weight = views if any(kind_of(metric) is SeriesKind.RATE for metric in metrics) else None
    report = fetch(_request(question, (*metrics, weight)))
    report = report._replace(rows=list(report.rows))
    weights = _points(report, weight, question) if weight else {}
    lines = [
        _series(metric, key, points, weights.get(key))
        for metric in metrics
        for key, points in _points(report, metric, question).items()
    ]
    return Timelines(
        tuple(_largest(lines, question.top) if question.by else lines),
        _is_unfinished(question, today),
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


def _is_unfinished(question: Question, today: date) -> bool:
    last = starts_in(question.period, question.bucket)[-1]
    end = move(last, question.bucket, 1) - timedelta(days=1)
    return end > question.period.last or end >= today
