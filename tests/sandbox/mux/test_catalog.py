"""The table of metrics against what Mux documents."""

import pytest

from glomex_cli.sandbox.mux.catalog import METRICS, Unit

SUM = """
ad_attempt_count ad_break_count ad_break_error_count ad_error_count ad_impression_count
playing_time
"""
COUNT = "views unique_viewers"
MEDIAN = """
ad_preroll_startup_time aggregate_startup_time view_content_startup_time max_downscale_percentage
max_upscale_percentage page_load_time live_stream_latency player_startup_time rebuffer_count
rebuffer_duration requests_for_first_preroll video_startup_preroll_load_time
video_startup_preroll_request_time video_startup_time request_latency request_throughput
max_request_latency weighted_average_bitrate
"""
AVERAGE = """
ad_break_error_percentage ad_error_percentage ad_exit_before_start_count
ad_exit_before_start_percentage ad_startup_error_count ad_startup_error_percentage
downscale_percentage exits_before_video_start playback_business_exception_percentage
playback_failure_percentage playback_success_score rebuffer_frequency rebuffer_percentage
rebuffer_score seek_latency startup_time_score upscale_percentage video_quality_score
video_startup_business_exception_percentage video_startup_failure_percentage
view_dropped_percentage viewer_experience_score rendition_change_count rendition_upshift_count
rendition_downshift_count
"""
DEFAULTS = {"sum": SUM, "count": COUNT, "median": MEDIAN, "avg": AVERAGE}
BETTER_UP = f"""
{COUNT} playing_time ad_attempt_count ad_break_count ad_impression_count viewer_experience_score
playback_success_score startup_time_score rebuffer_score video_quality_score
weighted_average_bitrate request_throughput rendition_upshift_count
"""


def test_all_51_metrics_are_there_with_the_documented_default() -> None:
    documented = {ident: name for name, idents in DEFAULTS.items() for ident in idents.split()}
    assert len(documented) == 51
    assert {ident: metric.default for ident, metric in METRICS.items()} == documented


def test_only_sums_and_counts_add_up_and_viewers_never() -> None:
    adding = {ident for ident, metric in METRICS.items() if metric.adds_up()}
    assert adding == {*SUM.split(), "views"}
    assert not METRICS["playing_time"].adds_up("median")
    assert METRICS["ad_startup_error_count"].adds_up("sum")


def test_direction_of_every_metric() -> None:
    up = {ident for ident, metric in METRICS.items() if metric.better == "up"}
    assert up == set(BETTER_UP.split())
    assert {metric.better for metric in METRICS.values()} == {"up", "down"}


def test_three_metrics_count_views_at_their_start() -> None:
    engagement = {ident for ident, metric in METRICS.items() if metric.is_engagement}
    assert engagement == {"views", "unique_viewers", "playing_time"}


@pytest.mark.parametrize(
    ("ending", "unit"),
    [
        ("_percentage", Unit.PERCENTAGE),
        ("_score", Unit.SCORE),
        ("_time", Unit.MILLISECONDS),
        ("_latency", Unit.MILLISECONDS),
        ("_count", Unit.NUMBER),
        ("_frequency", Unit.PER_MINUTE),
    ],
)
def test_units_follow_the_names_of_metrics(ending: str, unit: Unit) -> None:
    named = {metric.unit for ident, metric in METRICS.items() if ident.endswith(ending)}
    assert named == {unit}


def test_units_that_names_do_not_tell() -> None:
    units = {
        "exits_before_video_start": Unit.PERCENTAGE,
        "rebuffer_duration": Unit.MILLISECONDS,
        "requests_for_first_preroll": Unit.NUMBER,
        "weighted_average_bitrate": Unit.MBPS,
        "request_throughput": Unit.MBPS,
        "views": Unit.NUMBER,
    }
    assert {ident: METRICS[ident].unit for ident in units} == units
