"""The metrics of Mux Data: unit, default measurement, whether they add up, what is better.

Ids and defaults as Mux documents them; `rendition_…_count` is documented without a default, and
counts per view, so an average. Units as the comparison of all metrics names them.
"""

from dataclasses import dataclass
from enum import StrEnum

MEASUREMENTS = ("95th", "median", "avg", "count", "sum")
_SPREAD = frozenset({"avg", "median", "95th"})


class Unit(StrEnum):
    """Values of `type` in a comparison. `mbps` is bit/s in truth; percentages are fractions."""

    NUMBER = "number"
    MILLISECONDS = "milliseconds"
    PERCENTAGE = "percentage"
    SCORE = "score"
    PER_MINUTE = "per_minute"
    MBPS = "mbps"


@dataclass(frozen=True, slots=True)
class Metric:
    """A metric by its id. `better` is `up` or `down`; `group` is its place in a comparison."""

    ident: str
    title: str
    unit: Unit
    default: str
    better: str
    group: str

    @property
    def is_engagement(self) -> bool:
        """Return whether views are counted when they start, not when they end."""
        return self.ident in {"views", "unique_viewers", "playing_time"}

    @property
    def measurements(self) -> frozenset[str]:
        """Return the measurements it takes: a count is only counted, a sum has more to it."""
        if self.default == "count":
            return frozenset({"count"})
        is_summable = self.default == "sum" or self.ident.startswith("ad_")
        return _SPREAD | {"sum"} if is_summable and self.unit in _SUMMED else _SPREAD

    def adds_up(self, measurement: str | None = None) -> bool:
        """Return whether the values of parts may be added to the value of the whole.

        Sums and counts do, but not viewers: who watches in two hours is one viewer.
        """
        is_sum = (measurement or self.default) in {"sum", "count"}
        return is_sum and self.ident != "unique_viewers"


_SUMMED = frozenset({Unit.NUMBER, Unit.MILLISECONDS})
_TABLE = """
views number count up engagement Views
unique_viewers number count up engagement Unique Viewers
playing_time milliseconds sum up engagement Playing Time
ad_attempt_count number sum up engagement Ad Attempts
ad_break_count number sum up engagement Ad Breaks
ad_impression_count number sum up engagement Ad Impressions
viewer_experience_score score avg up overall Overall Score
playback_success_score score avg up playback Playback Success Score
playback_failure_percentage percentage avg down playback Playback Failure Percentage
video_startup_failure_percentage percentage avg down playback Video Startup Failure Percentage
exits_before_video_start percentage avg down playback Exits Before Video Start
view_dropped_percentage percentage avg down playback View Dropped Percentage
ad_error_count number sum down playback Ad Errors
ad_error_percentage percentage avg down playback Ad Error Percentage
ad_break_error_count number sum down playback Ad Break Errors
ad_break_error_percentage percentage avg down playback Ad Break Error Percentage
ad_startup_error_count number avg down playback Ad Startup Errors
ad_startup_error_percentage percentage avg down playback Ad Startup Error Percentage
ad_exit_before_start_count number avg down playback Ad Exits Before Start
ad_exit_before_start_percentage percentage avg down playback Ad Exit Before Start Percentage
playback_business_exception_percentage percentage avg down playback Playback Business Exceptions
video_startup_business_exception_percentage percentage avg down playback Startup Business Exceptions
startup_time_score score avg up startup Startup Time Score
video_startup_time milliseconds median down startup Video Startup Time
player_startup_time milliseconds median down startup Player Startup Time
page_load_time milliseconds median down startup Page Load Time
aggregate_startup_time milliseconds median down startup Aggregate Startup Time
seek_latency milliseconds avg down startup Seek Latency
view_content_startup_time milliseconds median down startup Content Startup Time
ad_preroll_startup_time milliseconds median down startup Ad Preroll Startup Time
video_startup_preroll_load_time milliseconds median down startup Preroll Load Time
video_startup_preroll_request_time milliseconds median down startup Preroll Request Time
requests_for_first_preroll number median down startup Requests for First Preroll
rebuffer_score score avg up smoothness Rebuffer Score
rebuffer_percentage percentage avg down smoothness Rebuffer Percentage
rebuffer_frequency per_minute avg down smoothness Rebuffer Frequency
rebuffer_duration milliseconds median down smoothness Rebuffer Duration
rebuffer_count number median down smoothness Rebuffer Count
video_quality_score score avg up quality Video Quality Score
upscale_percentage percentage avg down quality Upscale Percentage
downscale_percentage percentage avg down quality Downscale Percentage
max_upscale_percentage percentage median down quality Max Upscale Percentage
max_downscale_percentage percentage median down quality Max Downscale Percentage
weighted_average_bitrate mbps median up quality Weighted Average Bitrate
rendition_change_count number avg down quality Rendition Changes
rendition_upshift_count number avg up quality Rendition Upshifts
rendition_downshift_count number avg down quality Rendition Downshifts
live_stream_latency milliseconds median down quality Live Stream Latency
request_latency milliseconds median down quality Request Latency
max_request_latency milliseconds median down quality Max Request Latency
request_throughput mbps median up quality Request Throughput
"""


def _metric(line: str) -> Metric:
    ident, unit, default, better, group, title = line.split(maxsplit=5)
    return Metric(ident, title, Unit(unit), default, better, group)


METRICS = {metric.ident: metric for metric in map(_metric, _TABLE.strip().splitlines())}
