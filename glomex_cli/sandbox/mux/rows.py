"""The figures of a range by dimension, as a whole, and over time, empty buckets included."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import mul

from glomex_cli.sandbox.mux.aggregation import (
    Figure,
    Meter,
    distinct,
    divided,
    rank_of,
    ranked,
    weights,
)
from glomex_cli.sandbox.mux.catalog import Metric
from glomex_cli.sandbox.mux.figures import Column, column, watch_times
from glomex_cli.sandbox.mux.parameters import LISTS
from glomex_cli.sandbox.mux.scope import GRANULARITIES, Scope, measurement_of
from glomex_cli.sandbox.mux.traffic import CELLS, values

_THOUSAND = 1000
PARAMETERS = LISTS | {"measurement", "group_by", "order_direction"}


@dataclass(frozen=True, slots=True)
class Row:
    """What some cells measure together; times are in milliseconds."""

    field: str | None
    value: float
    views: int
    watch_time: int
    playing_time: int


class Cells:
    """The cells of a range that have views with a value, and the rows that they make."""

    def __init__(self, scope: Scope, metric: Metric, measurement: str) -> None:
        segments = scope.segments(metric, scope.timeframe.outward())
        self._metric = metric
        self._measurement = measurement
        self._column: Column = column(metric.ident)
        factors = [self._column.factor(segment.load) for segment in segments]
        valid: list[int] = list(map(mul, scope.keep, self._column.valid))
        self._views: list[int] = list(map(mul, weights(segments), valid))
        self._loaded: list[int] = list(map(mul, weights(segments, factors), valid))
        self._order = sorted(
            (cell for cell in range(CELLS) if self._views[cell]),
            key=self._column.values.__getitem__,
        )

    def whole(self) -> Row | None:
        """Return the row of all cells, or None where there are no views."""
        return self._row(None, self._order) if self._order else None

    def by(self, dimension: str) -> list[Row]:
        """Return a row for every value of a dimension that has views."""
        given = values(dimension)
        groups: dict[str | None, list[int]] = {}
        for cell in self._order:
            groups.setdefault(given[cell], []).append(cell)
        return [self._row(value, cells) for value, cells in groups.items()]

    def _row(self, field: str | None, cells: Sequence[int]) -> Row:
        """Return the row of cells that are in the order of their values."""
        counts = [self._views[cell] for cell in cells]
        playing, watching = column("playing_time").values, watch_times()
        return Row(
            field,
            self._value(cells, counts),
            sum(counts),
            sum(watching[cell] * count for cell, count in zip(cells, counts, strict=True)),
            sum(playing[cell] * count for cell, count in zip(cells, counts, strict=True)),
        )

    def _value(self, cells: Sequence[int], counts: Sequence[int]) -> float:
        views, of = sum(counts), self._column
        if self._metric.ident == "unique_viewers":
            return distinct(counts)
        if self._measurement in {"median", "95th"}:
            rank = rank_of(self._measurement, views)
            factor = sum(self._loaded[cell] for cell in cells) / views
            value = ranked(cells, self._views, of.values, rank)
            return value * factor / (_THOUSAND * of.scale)
        total = sum(self._loaded[cell] * of.values[cell] for cell in cells)
        return divided(total, views, self._measurement, of)


def harm(row: Row, whole: Row, metric: Metric) -> float:
    """Return how much a row makes the whole worse; below 0, it makes it better."""
    excess = row.value - whole.value
    return (-excess if metric.better == "up" else excess) * row.views


def totals(row: Row | None) -> Mapping[str, int]:
    """Return the two times that every answer about views has, 0 without views."""
    return {
        "total_watch_time": row.watch_time if row else 0,
        "total_playing_time": row.playing_time if row else 0,
    }


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
