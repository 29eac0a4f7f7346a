"""What each kind of view measures: one column of whole numbers for every metric."""

import math
from dataclasses import dataclass
from functools import cache
from statistics import NormalDist

from glomex_cli.sandbox.mux.catalog import METRICS, Metric, Unit
from glomex_cli.sandbox.mux.traffic import CELLS, uniform

_MILLION = 1_000_000
_HIGHEST_SHARE = 600_000  # of a million: under the heaviest load still no more than all
_STANDARD_LOAD = 1000

# Typical value and spread (of a logarithm), where the unit's are not good enough.
_CENTERS = {
    "playing_time": (240_000, 1.0),
    "page_load_time": (1400, 0.5),
    "player_startup_time": (250, 0.5),
    "aggregate_startup_time": (2100, 0.5),
    "rebuffer_duration": (120, 1.4),
    "live_stream_latency": (9000, 0.4),
    "request_latency": (60, 0.6),
    "max_request_latency": (400, 0.7),
    "seek_latency": (450, 0.6),
    "request_throughput": (8_000_000, 0.7),
    "ad_attempt_count": (1.6, 0.7),
    "ad_break_count": (1.2, 0.6),
    "ad_impression_count": (1.4, 0.7),
    "requests_for_first_preroll": (2.2, 0.4),
    "playback_failure_percentage": (0.004, 1.3),
    "exits_before_video_start": (0.03, 0.9),
    "downscale_percentage": (0.06, 0.9),
    "rebuffer_percentage": (0.006, 1.2),
}
_UNIT_CENTERS = {
    Unit.MILLISECONDS: (620, 0.6),
    Unit.MBPS: (2_600_000, 0.5),
    Unit.NUMBER: (0.4, 1.0),
    Unit.PERCENTAGE: (0.012, 1.2),
    Unit.PER_MINUTE: (0.12, 0.9),
    Unit.SCORE: (0.07, 0.8),  # what is missing to 1
}
# The share of views that have a value at all; the others are not counted.
_COVERAGE = {
    "live_stream_latency": 0.2,
    "seek_latency": 0.3,
    "ad_preroll_startup_time": 0.6,
    "video_startup_preroll_load_time": 0.6,
    "video_startup_preroll_request_time": 0.6,
    "requests_for_first_preroll": 0.6,
    "request_latency": 0.9,
    "max_request_latency": 0.9,
    "request_throughput": 0.9,
}


@dataclass(frozen=True, slots=True)
class Column:
    """The values of a metric for each cell, in units of 1 / `scale`; `valid` is 1 or 0.

    `unit` decides how the load of an hour changes them.
    """

    values: tuple[int, ...]
    valid: tuple[int, ...]
    scale: int
    unit: Unit
    is_loaded: bool

    def factor(self, load: int) -> int:
        """Return by how many thousandths a load of so many thousandths changes the values."""
        if not self.is_loaded:
            return _STANDARD_LOAD
        return _STANDARD_LOAD - (load - 850) // 8 if self.unit is Unit.SCORE else load


@cache
def column(ident: str) -> Column:
    """Return the column of the metric with that id."""
    metric = METRICS[ident]
    scale = _MILLION if metric.unit in {Unit.PERCENTAGE, Unit.PER_MINUTE, Unit.SCORE} else 1
    covered = _COVERAGE.get(ident, 1.0)
    valid = tuple(int(draw < covered) for draw in uniform(f"has {ident}"))
    is_loaded = metric.unit not in {Unit.NUMBER, Unit.MBPS} and metric.default != "sum"
    return Column(_values(metric, scale), valid, scale, metric.unit, is_loaded)


@cache
def watch_times() -> tuple[int, ...]:
    """Return how long the viewers of each cell stay, playing or not, in milliseconds."""
    return tuple(playing + playing // 20 + 700 for playing in column("playing_time").values)


def _values(metric: Metric, scale: int) -> tuple[int, ...]:
    if metric.default == "count":
        return (1,) * CELLS
    center, spread = _CENTERS.get(metric.ident, _UNIT_CENTERS[metric.unit])
    normal = NormalDist(math.log(center), spread)
    drawn = [math.exp(normal.inv_cdf(max(u, 1e-9))) for u in uniform(metric.ident)]
    if metric.unit is Unit.SCORE:
        return tuple(int(scale * max(0.0, 1 - missing)) for missing in drawn)
    limit = _HIGHEST_SHARE if metric.unit is Unit.PERCENTAGE else 2**40
    return tuple(min(limit, int(scale * value)) for value in drawn)
