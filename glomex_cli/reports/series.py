"""Rows as time series: one point for each bucket of a period, a gap where it has no row."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TypeAlias

from glomex_cli.dates.bucket_reader import readable_start
from glomex_cli.dates.buckets import bucket_label, dimension_names, metric_names
from glomex_cli.dates.moments import bucket_starts
from glomex_cli.metrics import MetricKind
from glomex_cli.models import Bucket, Cell, Column, Report, Role, Row, TimeRange
from glomex_cli.reports.totals import add_up, kind_of
from glomex_cli.services.normalize import numeric

Point: TypeAlias = tuple[str, float | None]


Key: TypeAlias = tuple[Cell, ...]


def series_of(report: Report, metric: str, *, period: TimeRange, bucket: Bucket) -> list[Point]:
    """Return label and value for each bucket that `period` touches, in the order of time.

    A bucket without a row, or with a value that is no number, is a gap: it is not zero. Several
    rows of one bucket are added where the metric adds up, else they are a gap.
    Rows are read: whoever draws several metrics of one report gives its rows as a list.

    >>> from glomex_cli.models import Column, Period, Role
    >>> june = Period(date(2025, 6, 1), date(2025, 6, 2))
    >>> report = Report((Column("day", Role.DIMENSION),), [{"day": "2025-06-02", "plays": 7}])
    >>> series_of(report, "plays", period=june, bucket=Bucket.DAY)
    [('2025-06-01', None), ('2025-06-02', 7)]
    """
    column = _column(report, metric)
    return _points(list(report.rows), column, bucket_starts(period, bucket), bucket)


def series_by(
    report: Report, metric: str, *, period: TimeRange, bucket: Bucket
) -> dict[Key, list[Point]]:
    """Return a series as `series_of` does for each value of the other dimensions.

    The key holds their cells in the order of columns; keys come as rows first named them.
    """
    names = [name for name in dimension_names(report.columns) if name != bucket]
    groups: dict[Key, list[Row]] = defaultdict(list)
    for row in report.rows:
        groups[key_of(row, names)].append(row)
    starts, column = bucket_starts(period, bucket), _column(report, metric)
    return {key: _points(rows, column, starts, bucket) for key, rows in groups.items()}


def key_of(row: Row, names: Iterable[str]) -> Key:
    """Return a row's cells of the dimensions `names`."""
    return tuple(row.get(name) for name in names)


def _column(report: Report, metric: str) -> Column:
    named = (column for column in report.columns if column.name == metric)
    return next(named, Column(metric, Role.METRIC))


def _points(
    rows: Sequence[Row], metric: Column, starts: Sequence[date], bucket: Bucket
) -> list[Point]:
    """Return the points of `starts`, and of rows that lie outside: nothing given is left out."""
    labels: dict[date, Cell] = {}
    cells: dict[date, list[Cell]] = defaultdict(list)
    for row in rows:
        start = readable_start(row.get(bucket), bucket)
        if start is not None:
            labels.setdefault(start, row.get(bucket))
            cells[start].append(row.get(metric.name))
    form = next(iter(labels.values()), None)
    return [
        (
            str(labels.get(start) or bucket_label(start, bucket, like=form)),
            _value(kind_of(metric), cells[start]),
        )
        for start in sorted({*starts, *labels})
    ]


def _value(kind: MetricKind, cells: Sequence[Cell]) -> float | None:
    return numeric(cells[0]) if len(cells) == 1 else add_up(kind, cells)


TREND = "trend"


def with_trend(
    report: Report,
    series: Report,
    *,
    period: TimeRange,
    bucket: Bucket,
    draw: Callable[[Sequence[float | None]], str],
) -> Report:
    """Return `report` with a last column that draws its first metric over `period`.

    `series` holds the same dimension by `bucket`; `draw` gets one value for each bucket, None
    for a gap. A row without a series is drawn as gaps only.
    """
    names, metrics = dimension_names(report.columns), metric_names(report.columns)
    if not metrics:
        return report
    drawn = {
        key: [value for _, value in points]
        for key, points in series_by(series, metrics[0], period=period, bucket=bucket).items()
    }
    gaps: list[float | None] = [None] * len(bucket_starts(period, bucket))

    def add(row: Row) -> Row:
        return {**row, TREND: draw(drawn.get(key_of(row, names), gaps))}

    columns = (*report.columns, Column(TREND, Role.TREND))
    return report._replace(columns=columns, rows=[add(row) for row in report.rows])
