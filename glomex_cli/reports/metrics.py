"""Metrics over time, as the lines that are drawn of them."""

from __future__ import annotations

from collections import Counter
from math import inf, isnan
from typing import TYPE_CHECKING, NamedTuple

from glomex_cli.charts.parse.rows import parse_timestamps
from glomex_cli.charts.series import Series, floats
from glomex_cli.dates.buckets import Ends, ends_of, partial_labels
from glomex_cli.errors import UsageError
from glomex_cli.models import Problem, Report, ReportKind, ReportRequest, Role, TimeRange
from glomex_cli.reports.request import parse_dimensions, title_in, with_labels
from glomex_cli.reports.series import Key, Point, series_by, series_of
from glomex_cli.services.normalize import numeric

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import datetime

    from glomex_cli.metrics import MetricKind
    from glomex_cli.models import Bucket


class Question(NamedTuple):
    """Which metrics to fetch, by name.

    With `by` it is the first metric alone, a line for each value of that dimension: those
    `top` whose values are the largest, named by their titles: `title` is the field of these,
    where it has to be asked for. `ids` leaves titles out.
    """

    metrics: tuple[str, ...]
    bucket: Bucket
    period: TimeRange
    kind: ReportKind
    by: str | None = None
    top: int = 5
    title: str | None = None
    ids: bool = False


class Timelines(NamedTuple):
    """One line per metric; `partial` counts the buckets at either end that are not final.

    Such a bucket is cut by the range, or has not ended.
    """

    series: tuple[Series, ...]
    partial: Ends
    problems: Sequence[Problem]


def fetch_metrics(
    fetch: Callable[[ReportRequest], Report],
    question: Question,
    *,
    kind_of: Callable[[str], MetricKind],
    now: datetime,
) -> Timelines:
    """Fetch the metrics over time, with a gap for each bucket the service has nothing for.

    A rate is averaged with what it is a rate of, so that metric is fetched beside it. Raises
    UsageError for text, such as a title, in place of a metric.
    """
    metrics = question.metrics[:1] if question.by else question.metrics
    kinds = {metric: kind_of(metric) for metric in metrics}
    behind = [kind.weight for kind in kinds.values()]
    report = with_labels(fetch(_request(question, (*metrics, *behind, question.title))))
    _refuse_text(report, metrics)
    found = [
        (metric, key, points)
        for metric in metrics
        for key, points in _points(report, metric, question).items()
    ]
    weights = {
        weight: _points(report, weight, question) for weight in dict.fromkeys(behind) if weight
    }
    lines = [
        _series(metric, kinds[metric], key, points, weights.get(kinds[metric].weight, {}).get(key))
        for metric, key, points in found
    ]
    labels = [label for label, _ in found[0][2]] if found else []
    ends = _ends(labels, report, question, now)
    lines = [line._replace(partial=_places(ends, len(line.values))) for line in lines]
    return Timelines(
        tuple(_largest(_named(report, lines, question), question.top) if question.by else lines),
        ends,
        (*report.problems, *_undrawn(report, metrics)),
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


def _refuse_text(report: Report, metrics: Iterable[str]) -> None:
    labels = {column.name for column in report.columns if column.role is Role.LABEL}
    for name in metrics:
        if name in labels:
            raise UsageError(f"{name} is text, which cannot be drawn", "glomex schema")


def _undrawn(report: Report, metrics: Iterable[str]) -> Iterator[Problem]:
    """Yield a problem for each metric that has text among its numbers: it is drawn as a gap."""
    for name in metrics:
        cells = [cell for row in report.rows if (cell := row.get(name)) is not None]
        if count := sum(numeric(cell) is None for cell in cells):
            values = "a value that is" if count == 1 else f"{count:,} values that are"
            yield Problem(f"{values} not a number, drawn as a gap", name)


def _series(
    metric: str, kind: MetricKind, key: Key, points: list[Point], weights: list[Point] | None
) -> Series:
    return Series(
        " ".join(str(cell) for cell in key if cell is not None) if key else metric,
        [value for _, value in points],
        times=parse_timestamps([label for label, _ in points]),
        weights=[value for _, value in weights] if weights else None,
        kind=kind,
    )


def _named(report: Report, lines: list[Series], question: Question) -> list[Series]:
    """Return the lines named by title; where two have one title, by title and id."""
    labels = [column.name for column in report.columns if column.role is Role.LABEL]
    by = question.by or ""
    title = None if question.ids else title_in(labels, by)
    if title is None:
        return lines
    titles = {str(row.get(by)): row[title] for row in report.rows if row.get(title)}
    shared = Counter(titles.values())

    def name(ident: str) -> str:
        found = titles.get(ident)
        if found is None:
            return ident
        return f"{found} ({ident})" if shared[found] > 1 else str(found)

    return [line._replace(name=name(line.name)) for line in lines]


def _largest(lines: list[Series], count: int) -> list[Series]:
    """Return the lines with the largest sums, or means of what does not add up, largest first."""
    return sorted(lines, key=lambda line: (-_size(line), line.name))[:count]


def _size(line: Series) -> float:
    from glomex_cli.charts.series import aggregate

    weights = floats(line.weights) if line.weights else None
    size = aggregate(line.kind.agg, floats(line.values), weights)
    return -inf if isnan(size) else size


def _places(ends: Ends, count: int) -> frozenset[int]:
    """Return the indices of the partial buckets among `count`."""
    return frozenset((*range(ends.first), *range(count - ends.last, count)))


def _ends(labels: Sequence[str], report: Report, question: Question, now: datetime) -> Ends:
    """Count the partial buckets at the ends: what the service says itself counts as well."""
    cut = partial_labels(labels, question.bucket, report.range or question.period, now=now)
    return ends_of(labels, {*cut, *report.partial})
