"""The course of a metric over time: one row a bucket, empty buckets included."""

from collections.abc import Mapping

from glomex_cli.sandbox.mux.aggregation import Figure, Meter
from glomex_cli.sandbox.mux.catalog import Metric
from glomex_cli.sandbox.mux.parameters import LISTS
from glomex_cli.sandbox.mux.scope import Scope, measurement_of
from glomex_cli.sandbox.mux.timeframes import GRANULARITIES

PARAMETERS = LISTS | {"measurement", "group_by", "order_direction"}


def timeseries(scope: Scope, metric: Metric) -> Mapping[str, object]:
    """Return the answer: rows of time, value and views, oldest first unless `desc` is asked."""
    parameters, timeframe = scope.parameters, scope.timeframe
    meter = Meter(metric, measurement_of(metric, parameters), scope.keep)
    granularity = parameters.choice("group_by", GRANULARITIES, timeframe.granularity)
    direction = parameters.choice("order_direction", ("asc", "desc"), "asc")
    rows = [
        _row(scope, start, meter.measure(scope.segments(metric, bucket)))
        for start, bucket in timeframe.buckets(granularity)
    ]
    ordered = rows if direction == "asc" else rows[::-1]
    return scope.with_meta(scope.answer(ordered, len(rows), timeframe), metric, granularity)


def _row(scope: Scope, start: str, figure: Figure) -> list[object]:
    if figure.value is None:
        return [start, None, None]
    return [start, scope.text(figure.value), scope.text(figure.views)]
