"""Metrics over time, as the lines that are drawn of them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from glomex_cli.asking import ask_report
from glomex_cli.connection import Connection
from glomex_cli.models import Period, Problem, Report, ReportKind, ReportRequest
from glomex_cli.periods.units import Bucket, move, starts_in
from glomex_cli.rows.selection import parse_dimensions
from glomex_cli.rows.series import Point, series_by, series_of
from glomex_cli.spark.series import Series, kind_of
from glomex_cli.spark.times import moments


@dataclass(frozen=True, slots=True)
class Question:
    """Which metrics to ask for; none of them means those the service has for everybody.

    With `by` it is the first metric alone, a line for each value of that dimension: those
    `top` whose values are the largest.
    """

    metrics: tuple[str, ...]
    bucket: Bucket
    period: Period
    kind: ReportKind | None
    by: str | None = None
    top: int = 5


@dataclass(frozen=True, slots=True)
class Timelines:
    """One line per metric; `is_unfinished` where the last bucket grows on, or the range cuts it."""

    series: tuple[Series, ...]
    is_unfinished: bool
    problems: Sequence[Problem]


def ask(connection: Connection, question: Question) -> Timelines:
    """Give the metrics over time, with a gap for each bucket the service has nothing for."""
    metrics = question.metrics or connection.service.default_metrics
    if question.by:
        metrics = metrics[:1]
    request = ReportRequest(
        kind=connection.kind(question.kind),
        dimensions=parse_dimensions(
            [question.by, question.bucket] if question.by else [question.bucket]
        ),
        metrics=metrics,
        period=question.period,
    )
    report = ask_report(connection, request)
    report = replace(report, rows=list(report.rows))
    lines = (_line(report, metric, question) for metric in metrics)
    return Timelines(
        tuple(_lines_by(report, metrics[0], question) if question.by else lines),
        _is_unfinished(question, connection.today),
        report.problems,
    )


def _is_unfinished(question: Question, today: date) -> bool:
    last = starts_in(question.period, question.bucket)[-1]
    end = move(last, question.bucket, 1) - timedelta(days=1)
    return end > question.period.last or end >= today


def _line(report: Report, metric: str, question: Question) -> Series:
    points = series_of(report, metric, period=question.period, bucket=question.bucket)
    return _series(metric, points, metric)


def _lines_by(report: Report, metric: str, question: Question) -> list[Series]:
    """Give a line for each value of the dimension, the largest sum first."""
    groups = series_by(report, metric, period=question.period, bucket=question.bucket)
    lines = [
        _series(" ".join(str(cell) for cell in key if cell is not None), points, metric)
        for key, points in groups.items()
    ]
    lines.sort(key=lambda line: (-sum(value or 0 for value in line.values), line.name))
    return lines[: question.top]


def _series(name: str, points: Sequence[Point], metric: str) -> Series:
    return Series(
        name,
        [value for _, value in points],
        times=moments([label for label, _ in points]),
        kind=kind_of(metric),
    )
