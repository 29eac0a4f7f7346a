"""Metrics over time, as the lines that are drawn of them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from glomex_cli.asking import ask_report
from glomex_cli.connection import Connection
from glomex_cli.models import Period, Problem, Report, ReportKind, ReportRequest
from glomex_cli.periods.units import Bucket, move, starts_in
from glomex_cli.rows.series import series_of
from glomex_cli.spark.series import Series, kind_of
from glomex_cli.spark.times import moments


@dataclass(frozen=True, slots=True)
class Question:
    """Which metrics to ask for; none of them means those the service has for everybody."""

    metrics: tuple[str, ...]
    bucket: Bucket
    period: Period
    kind: ReportKind | None


@dataclass(frozen=True, slots=True)
class Timelines:
    """One line per metric; `is_unfinished` where the last bucket grows on, or the range cuts it."""

    series: tuple[Series, ...]
    is_unfinished: bool
    problems: Sequence[Problem]


def ask(connection: Connection, question: Question) -> Timelines:
    """Give the metrics over time, with a gap for each bucket the service has nothing for."""
    metrics = question.metrics or connection.service.default_metrics
    request = ReportRequest(
        kind=connection.kind(question.kind),
        dimensions=(question.bucket,),
        metrics=metrics,
        period=question.period,
    )
    report = ask_report(connection, request)
    report = replace(report, rows=list(report.rows))
    return Timelines(
        tuple(_line(report, metric, question) for metric in metrics),
        _is_unfinished(question, connection.today),
        report.problems,
    )


def _is_unfinished(question: Question, today: date) -> bool:
    last = starts_in(question.period, question.bucket)[-1]
    end = move(last, question.bucket, 1) - timedelta(days=1)
    return end > question.period.last or end >= today


def _line(report: Report, metric: str, question: Question) -> Series:
    points = series_of(report, metric, period=question.period, bucket=question.bucket)
    return Series(
        metric,
        [value for _, value in points],
        times=moments([label for label, _ in points]),
        kind=kind_of(metric),
    )
