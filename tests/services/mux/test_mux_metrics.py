"""What each metric of Mux is, against the documents as the sandbox knows them."""

import pytest

from glomex_cli.errors import UsageError
from glomex_cli.metrics import Agg, Better, Unit
from glomex_cli.sandbox.mux import catalog
from glomex_cli.services.mux.metrics import MUX_METRICS, kind_of_mux, parse_metric

UNITS = {
    catalog.Unit.NUMBER: {Unit.COUNT, Unit.NUMBER},
    catalog.Unit.MILLISECONDS: {Unit.MILLISECONDS},
    catalog.Unit.PERCENTAGE: {Unit.FRACTION},
    catalog.Unit.SCORE: {Unit.SCORE},
    catalog.Unit.PER_MINUTE: {Unit.PER_MINUTE},
    catalog.Unit.MBPS: {Unit.BITS_PER_SECOND},
}
# All that the documents count or add up, and that may be added; viewers are not among them.
SUMS = {
    "ad_attempt_count", "ad_break_count", "ad_break_error_count", "ad_error_count",
    "ad_impression_count", "playing_time", "views",
}  # fmt: skip
MEDIANS = {
    "aggregate_startup_time", "ad_preroll_startup_time", "live_stream_latency",
    "max_downscale_percentage", "max_request_latency", "max_upscale_percentage", "page_load_time",
    "player_startup_time", "rebuffer_count", "rebuffer_duration", "request_latency",
    "request_throughput", "requests_for_first_preroll", "video_startup_preroll_load_time",
    "video_startup_preroll_request_time", "video_startup_time", "view_content_startup_time",
    "weighted_average_bitrate",
}  # fmt: skip


def test_the_documents_name_51_metrics_and_so_do_we() -> None:
    assert list(MUX_METRICS) == list(catalog.METRICS)
    assert len(MUX_METRICS) == 51


@pytest.mark.parametrize("ident", list(MUX_METRICS))
def test_a_metric_has_unit_default_and_direction_of_the_documents(ident: str) -> None:
    ours, theirs = MUX_METRICS[ident], catalog.METRICS[ident]
    kind = kind_of_mux(ident)
    assert ours.unit in UNITS[theirs.unit]
    assert (ours.default, ours.better) == (theirs.default, theirs.better)
    assert (ours.default == "median") is (ident in MEDIANS)
    assert kind.unit is ours.unit
    assert kind.better is Better(theirs.better)
    assert kind.adds_up is theirs.adds_up() is (ident in SUMS)
    assert kind.agg is (Agg.SUM if ident in SUMS else Agg.MEAN)
    assert kind.weight == ("" if ident in SUMS else f"{ident}:views")


@pytest.mark.parametrize("measurement", ["95th", "median", "avg"])
def test_no_measurement_but_sums_and_counts_adds_up(measurement: str) -> None:
    assert kind_of_mux(f"playing_time:{measurement}").adds_up is False
    assert kind_of_mux("video_startup_time:sum").adds_up is True
    assert kind_of_mux("unique_viewers:count").adds_up is False


def test_the_views_behind_a_metric_are_a_count() -> None:
    kind = kind_of_mux("video_startup_time:views")
    assert (kind.unit, kind.adds_up, kind.agg) == (Unit.COUNT, True, Agg.SUM)


def test_the_name_of_2017_is_an_alias_with_any_measurement() -> None:
    assert parse_metric("time_to_first_frame").ident == "video_startup_time"
    assert kind_of_mux("time_to_first_frame:95th") == kind_of_mux("video_startup_time:95th")


def test_a_metric_that_no_document_names_is_judged_by_its_name_and_sent() -> None:
    assert kind_of_mux("ghost_count").adds_up is True
    assert parse_metric("ghost_count").ident == "ghost_count"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("95", "95th"), ("P95", "95th"), ("p50", "median"), ("mean", "avg"), ("medain", "median")],
)
def test_a_measurement_that_there_is_not_is_refused_with_the_nearest(
    typed: str, meant: str
) -> None:
    with pytest.raises(UsageError) as caught:
        parse_metric(f"seek_latency:{typed}")
    assert caught.value.hint == f"did you mean -m seek_latency:{meant}?"
