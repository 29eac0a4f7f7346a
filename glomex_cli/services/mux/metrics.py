"""The metrics of Mux Data: unit, default measurement, and what is better; no effects.

Ids and defaults are those of the API's documents. The counts of rendition changes have no
documented default; they are averages of the views. What is no id is sent as it is: the service
may have more metrics than its documents.
"""

from __future__ import annotations

from typing import NamedTuple

from glomex_cli.errors import UsageError
from glomex_cli.metrics import Agg, Better, MetricKind, Unit, guess_kind
from glomex_cli.suggestions import closest, quoted

MUX_DEFAULT_METRICS = ("views", "video_startup_time")
MEASUREMENTS = ("95th", "median", "avg", "count", "sum")
# What other tools call a measurement.
_OTHER_NAMES = {
    "95": "95th", "p95": "95th", "50": "median", "50th": "median", "p50": "median",
    "mean": "avg", "average": "avg", "total": "sum",
}  # fmt: skip
# Not a measurement of the service: the number of views behind a value, which comes with it.
VIEWS = "views"
# The name of 2017; the documents call it the same metric.
ALIASES = {"time_to_first_frame": "video_startup_time"}

_UNITS = {
    "number": Unit.NUMBER,
    "count": Unit.COUNT,
    "ms": Unit.MILLISECONDS,
    "fraction": Unit.FRACTION,
    "score": Unit.SCORE,
    "rate": Unit.PER_MINUTE,
    "bits": Unit.BITS_PER_SECOND,
}
_AGGS = {"sum": Agg.SUM, "count": Agg.SUM}
_TABLE = """
views count count up
unique_viewers count count up
playing_time ms sum up
ad_attempt_count count sum up
ad_break_count count sum up
ad_impression_count count sum up
viewer_experience_score score avg up
playback_success_score score avg up
playback_failure_percentage fraction avg down
video_startup_failure_percentage fraction avg down
exits_before_video_start fraction avg down
view_dropped_percentage fraction avg down
ad_error_count count sum down
ad_error_percentage fraction avg down
ad_break_error_count count sum down
ad_break_error_percentage fraction avg down
ad_startup_error_count number avg down
ad_startup_error_percentage fraction avg down
ad_exit_before_start_count number avg down
ad_exit_before_start_percentage fraction avg down
playback_business_exception_percentage fraction avg down
video_startup_business_exception_percentage fraction avg down
startup_time_score score avg up
video_startup_time ms median down
player_startup_time ms median down
page_load_time ms median down
aggregate_startup_time ms median down
seek_latency ms avg down
view_content_startup_time ms median down
ad_preroll_startup_time ms median down
video_startup_preroll_load_time ms median down
video_startup_preroll_request_time ms median down
requests_for_first_preroll number median down
rebuffer_score score avg up
rebuffer_percentage fraction avg down
rebuffer_frequency rate avg down
rebuffer_duration ms median down
rebuffer_count number median down
video_quality_score score avg up
upscale_percentage fraction avg down
downscale_percentage fraction avg down
max_upscale_percentage fraction median down
max_downscale_percentage fraction median down
weighted_average_bitrate bits median up
rendition_change_count number avg down
rendition_upshift_count number avg up
rendition_downshift_count number avg down
live_stream_latency ms median down
request_latency ms median down
max_request_latency ms median down
request_throughput bits median up
"""


class MuxMetric(NamedTuple):
    """A metric by its id; `default` is the measurement it has unless another is asked."""

    ident: str
    unit: Unit
    default: str
    better: Better


class Asked(NamedTuple):
    """A metric as it was typed, and what that means: an id, and a measurement where one was."""

    name: str
    ident: str
    measurement: str

    @property
    def is_views(self) -> bool:
        """Whether the number of views behind the values is wanted, not the values."""
        return self.measurement == VIEWS

    @property
    def sent(self) -> str:
        """The measurement to send; empty for the metric's own."""
        return "" if self.is_views else self.measurement


def _metric(line: str) -> MuxMetric:
    ident, unit, default, better = line.split()
    return MuxMetric(ident, _UNITS[unit], default, Better(better))


MUX_METRICS = {metric.ident: metric for metric in map(_metric, _TABLE.strip().splitlines())}


def parse_metric(name: str) -> Asked:
    """Parse `ID` or `ID:MEASUREMENT`; UsageError for a measurement that there is not.

    >>> parse_metric("time_to_first_frame:95th")
    Asked(name='time_to_first_frame:95th', ident='video_startup_time', measurement='95th')
    """
    ident, colon, measurement = name.partition(":")
    known = (*MEASUREMENTS, VIEWS)
    if colon and measurement not in known:
        like = _OTHER_NAMES.get(measurement.lower()) or closest(measurement, known)
        hint = f"did you mean -m {ident}:{like}?" if like else f"type one of: {', '.join(known)}"
        raise UsageError(f"unknown measurement {quoted(measurement)}", hint)
    return Asked(name, ALIASES.get(ident, ident), measurement)


def kind_of_mux(name: str) -> MetricKind:
    """Return what a metric is, as typed; by its name where the documents do not name it.

    A mean is weighted by the views behind it, which come with the values. Sums and counts
    add up, but not viewers: who watches in two hours is one viewer.

    >>> kind_of_mux("video_startup_time").adds_up, kind_of_mux("views").agg
    (False, <Agg.SUM: 'sum'>)
    """
    asked = parse_metric(name)
    if asked.is_views:
        return MetricKind(Unit.COUNT, adds_up=True, better=Better.UP, agg=Agg.SUM)
    metric = MUX_METRICS.get(asked.ident)
    if metric is None:
        return guess_kind(asked.ident)._replace(weight="")
    measurement = asked.sent or metric.default
    adds_up = measurement in _AGGS and metric.ident != "unique_viewers"
    if adds_up:
        return MetricKind(metric.unit, adds_up=True, better=metric.better, agg=Agg.SUM)
    return MetricKind(
        metric.unit, adds_up=False, better=metric.better, weight=f"{asked.ident}:{VIEWS}"
    )
