"""The metrics and dimensions of Mux Data.

Ids and defaults as Mux documents them; `rendition_…_count` is documented without a default, and
counts per view, so an average. Units as the comparison of all metrics names them. Countries by
continent: ISO 3166-1 alpha-2, and XK for Kosovo; 250 of them.
"""

from dataclasses import dataclass
from enum import StrEnum

MEASUREMENTS = ("95th", "median", "avg", "count", "sum")
_SPREAD = frozenset({"avg", "median", "95th"})
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
TRACES = frozenset({"video_cdn_trace"})
_BASIC = """
asset_id browser cdn continent_code exit_before_video_start live_stream_id operating_system
playback_id player_name player_software source_type stream_type sub_property_id video_content_type
video_id video_series video_startup_failure video_title view_has_ad viewer_device_category
viewer_device_manufacturer viewer_device_name
"""
_ADVANCED = """
asn audio_codec audio_codec_initial browser_version client_application_name
client_application_version country custom_1 custom_2 custom_3 custom_4 custom_5 custom_6 custom_7
custom_8 custom_9 custom_10 custom_11 custom_12 custom_13 custom_14 custom_15 custom_16 custom_17
custom_18 custom_19 custom_20 experiment_name environment_id operating_system_version page_type
page_url playback_failure playback_business_exception player_autoplay player_error_code
player_language player_mux_plugin_name player_mux_plugin_version player_poster player_preload
player_remote_played player_software_version player_version region source_hostname
time_shift_enabled used_captions used_pip video_affiliate video_brand video_cdn_trace video_codec
video_codec_initial video_creator_id video_dynamic_range_type video_dynamic_range_type_initial
video_encoding_variant video_language video_producer video_source_bitrate
video_source_bitrate_initial video_source_fps video_source_fps_initial video_source_height
video_source_height_initial video_source_width video_source_width_initial
video_startup_business_exception video_variant_id video_variant_name view_cdn_edge_pop
view_cdn_origin view_drm_type view_dropped view_dropped_frame_count view_session_id
viewer_connection_type viewer_device_model viewer_user_id viewer_plan viewer_plan_status
viewer_plan_category view_drm_level
"""
# What clients of Mux may group by although the list of dimensions leaves it out.
_UNLISTED = """
ad_playback_failure content_playback_failure preroll_ad_asset_hostname preroll_ad_tag_hostname
preroll_played preroll_requested
"""
BASIC = tuple(_BASIC.split())
ADVANCED = tuple(_ADVANCED.split())
DIMENSIONS = frozenset([*BASIC, *ADVANCED, *_UNLISTED.split()])
_CONTINENTS = {
    "AF": """
        AO BF BI BJ BW CD CF CG CI CM CV DJ DZ EG EH ER ET GA GH GM GN GQ GW IO KE KM LR LS LY MA MG
        ML MR MU MW MZ NA NE NG RE RW SC SD SH SL SN SO SS ST SZ TD TG TN TZ UG YT ZA ZM ZW""",
    "AN": "AQ BV GS HM TF",
    "AS": """
        AE AF AM AZ BD BH BN BT CC CN CX CY GE HK ID IL IN IQ IR JO JP KG KH KP KR KW KZ LA LB LK MM
        MN MO MV MY NP OM PH PK PS QA SA SG SY TH TJ TL TM TR TW UZ VN YE""",
    "EU": """
        AD AL AT AX BA BE BG BY CH CZ DE DK EE ES FI FO FR GB GG GI GR HR HU IE IM IS IT JE LI LT LU
        LV MC MD ME MK MT NL NO PL PT RO RS RU SE SI SJ SK SM UA VA XK""",
    "NA": """
        AG AI AW BB BL BM BQ BS BZ CA CR CU CW DM DO GD GL GP GT HN HT JM KN KY LC MF MQ MS MX NI PA
        PM PR SV SX TC TT US VC VG VI""",
    "OC": "AS AU CK FJ FM GU KI MH MP NC NF NR NU NZ PF PG PN PW SB TK TO TV UM VU WF WS",
    "SA": "AR BO BR CL CO EC FK GF GY PE PY SR UY VE",
}
CONTINENT_OF = {
    country: continent for continent, names in _CONTINENTS.items() for country in names.split()
}
# Where most views come from, most first.
_BUSY = "DE US AT CH GB FR IT ES NL PL TR BE SE CZ DK CA BR IN JP AU"
# Every country, the busy ones first.
COUNTRIES = (
    *_BUSY.split(),
    *(country for country in CONTINENT_OF if country not in _BUSY.split()),
)


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


def _metric(line: str) -> Metric:
    ident, unit, default, better, group, title = line.split(maxsplit=5)
    return Metric(ident, title, Unit(unit), default, better, group)


METRICS = {metric.ident: metric for metric in map(_metric, _TABLE.strip().splitlines())}
