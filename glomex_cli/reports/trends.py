"""A small drawing of its own past for each row of a report."""

from collections.abc import Callable, Sequence

from glomex_cli.dates.buckets import dimension_names, metric_names
from glomex_cli.dates.calendar import starts_in
from glomex_cli.models import Column, Period, Report, Role, Row
from glomex_cli.names import Bucket
from glomex_cli.reports.series import key_of, series_by

TREND = "trend"


def with_trend(
    report: Report,
    series: Report,
    *,
    period: Period,
    bucket: Bucket,
    draw: Callable[[Sequence[float | None]], str],
) -> Report:
    """Give `report` with a last column that draws its first metric over `period`.

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
    gaps: list[float | None] = [None] * len(starts_in(period, bucket))

    def add(row: Row) -> Row:
        return {**row, TREND: draw(drawn.get(key_of(row, names), gaps))}

    columns = (*report.columns, Column(TREND, Role.TREND))
    return report._replace(columns=columns, rows=[add(row) for row in report.rows])
