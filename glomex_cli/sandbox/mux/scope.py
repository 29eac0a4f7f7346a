"""What a request is about: metric, measurement, range and the cells that pass its filters."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from glomex_cli.sandbox.mux.catalog import MEASUREMENTS, METRICS, Metric
from glomex_cli.sandbox.mux.dimensions import DIMENSIONS
from glomex_cli.sandbox.mux.errors import invalid
from glomex_cli.sandbox.mux.filters import passing
from glomex_cli.sandbox.mux.options import MuxOptions
from glomex_cli.sandbox.mux.parameters import Parameters
from glomex_cli.sandbox.mux.timeframes import Timeframe, read_timeframe
from glomex_cli.sandbox.mux.traffic import Clock, Segment

_MOST_ROWS = 100
_USUAL_ROWS = 25


@dataclass(frozen=True, slots=True)
class Scope:
    """The parameters that all figures take, read and checked."""

    parameters: Parameters
    options: MuxOptions
    clock: Clock
    timeframe: Timeframe
    keep: Sequence[int]

    def segments(self, metric: Metric, timeframe: Timeframe) -> list[Segment]:
        """Return the views of a range that the metric counts."""
        return list(self.clock.segments(*timeframe, engagement=metric.is_engagement))

    def answer(
        self, data: object, rows: int | None, timeframe: tuple[int, int]
    ) -> dict[str, object]:
        """Return the body of an answer; `timeframe` is the range really used."""
        return {"data": data, "total_row_count": rows, "timeframe": list(timeframe)}

    def rounded_answer(self, data: object, rows: int | None) -> dict[str, object]:
        """Return the body of an answer about the range rounded outward, up to its last second."""
        first, end = self.timeframe.outward()
        return self.answer(data, rows, (first, end - 1))

    def with_meta(
        self, body: dict[str, object], metric: Metric, granularity: str
    ) -> Mapping[str, object]:
        """Return the body with `meta`, unless the options leave it out."""
        aggregation = "view_start" if metric.is_engagement else "view_end"
        meta = {"aggregation": aggregation, "granularity": granularity}
        return body if self.options.no_meta else {**body, "meta": meta}

    def page(self, rows: Sequence[object]) -> list[object]:
        """Return the rows of the page asked for."""
        limit = self.parameters.number("limit", default=_USUAL_ROWS, highest=_MOST_ROWS)
        number = self.parameters.number("page", default=1)
        page = list(rows[(number - 1) * limit : number * limit])
        return page[:-1] if self.options.cut_pages else page

    def text(self, number: float) -> float | str:
        """Return the number, or its text where the answers of 2020 had text."""
        return str(number) if self.options.strings else number


def scope_of(parameters: Parameters, options: MuxOptions, clock: Clock) -> Scope:
    """Read the three lists, or raise RefusedError."""
    timeframe = read_timeframe(parameters.all("timeframe[]"), clock.now)
    keep = passing(tuple(parameters.all("filters[]")), tuple(parameters.all("metric_filters[]")))
    return Scope(parameters, options, clock, timeframe, keep)


def metric_of(ident: str) -> Metric:
    """Return the metric with that id, or raise RefusedError."""
    if ident not in METRICS:
        raise invalid(f"unknown metric: {ident}")
    return METRICS[ident]


def dimension_of(name: str) -> str:
    """Return the name if it is a dimension's, or raise RefusedError."""
    if name not in DIMENSIONS:
        raise invalid(f"unknown dimension: {name}")
    return name


def measurement_of(metric: Metric, parameters: Parameters) -> str:
    """Return the measurement asked for, else the metric's own, or raise RefusedError."""
    measurement = parameters.choice("measurement", MEASUREMENTS, metric.default)
    if measurement not in metric.measurements:
        raise invalid(f"{metric.ident} has no measurement {measurement}")
    return measurement
