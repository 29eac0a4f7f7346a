"""Filters: what passes, and what is refused with an error that is a string."""

from datetime import UTC, datetime
from typing import Any

import pytest

from support.servers.mux_client import MuxClient, hours, messages

DAY = hours(datetime(2026, 11, 22, tzinfo=UTC), 24)


def views(*filters: str, metric_filters: tuple[str, ...] = ()) -> int:
    answer = MuxClient().overall(
        "views", timeframe=DAY, filters=list(filters), metric_filters=list(metric_filters)
    )
    found: int = answer["data"]["value"]
    return found


def rows_by(dimension: str) -> dict[Any, int]:
    rows = MuxClient().all_rows("views", timeframe=DAY, group_by=dimension)
    return {row["field"]: row["views"] for row in rows}


def test_equals_keeps_one_row_and_not_equals_the_others() -> None:
    countries = rows_by("country")
    assert views("country:DE") == countries["DE"]
    assert views("!country:DE") == sum(countries.values()) - countries["DE"]


def test_one_dimension_twice_is_or_and_two_dimensions_are_and() -> None:
    countries = rows_by("country")
    assert views("country:DE", "country:AT") == countries["DE"] + countries["AT"]
    both = views("country:DE", "browser:Chrome")
    assert 0 < both < min(countries["DE"], views("browser:Chrome"))
    assert both + views("country:DE", "!browser:Chrome") == countries["DE"]


def test_two_negatives_must_both_hold() -> None:
    countries = rows_by("country")
    expected = sum(countries.values()) - countries["DE"] - countries["AT"]
    assert views("!country:DE", "!country:AT") == expected
    assert views("!country:DE", "country:DE") == 0


def test_empty_value_is_the_empty_name_and_not_null() -> None:
    titles = rows_by("video_title")
    assert views("video_title:") == titles[""]
    assert titles[None] > 0


def test_traces_hold_omit_or_are_exactly() -> None:
    traces = rows_by("video_cdn_trace")
    with_fastly = sum(count for trace, count in traces.items() if "fastly" in trace)
    assert views("+video_cdn_trace:fastly") == with_fastly
    assert views("-video_cdn_trace:fastly") == sum(traces.values()) - with_fastly
    assert views("video_cdn_trace:[fastly,akamai]") == traces["[fastly,akamai]"]
    assert views("video_cdn_trace:[]") == traces["[]"] > 0
    assert views("+video_cdn_trace:fas") == 0
    assert views("+video_cdn_trace:akamai", "-video_cdn_trace:fastly") == traces["[akamai]"]


def test_metric_filters_split_the_views() -> None:
    slow = views(metric_filters=("video_startup_time>=1000",))
    fast = views(metric_filters=("video_startup_time<1000",))
    assert 0 < slow < fast
    assert slow + fast == views()
    assert views(metric_filters=("video_startup_time>=1000", "video_startup_time<1000")) == 0


@pytest.mark.parametrize("brackets", ["[]", "%5B%5D"])
def test_raw_and_encoded_brackets_are_equal(brackets: str) -> None:
    first, end = DAY
    query = f"timeframe{brackets}={first}&timeframe{brackets}={end}&filters{brackets}=country:DE"
    response = MuxClient().get(f"/data/v1/metrics/views/overall?{query}")
    assert f"filters{brackets}=".encode() in response.request.url.query
    assert response.json()["data"]["value"] == rows_by("country")["DE"]


def test_only_the_first_colon_separates() -> None:
    answer = MuxClient().get(
        "/data/v1/metrics/views/overall", {"filters": ["page_url:https://a.example:8080/?b=1"]}
    )
    assert answer.status_code == 200
    assert answer.json()["data"]["total_views"] == 0


@pytest.mark.parametrize(
    "text",
    [
        "video_cdn_trace:fastly",
        "video_cdn_trace:[fastly",
        "!video_cdn_trace:[fastly]",
        "+video_cdn_trace:[fastly]",
        "!+video_cdn_trace:fastly",
        "+country:DE",
        "-country:DE",
        "country",
        "",
        "planet:Mars",
        " video_cdn_trace:fastly",
    ],
)
def test_bad_filter_is_refused_with_a_string(text: str) -> None:
    refused = MuxClient().get("/data/v1/metrics/views/overall", {"filters": [text]})
    assert refused.status_code == 400
    assert isinstance(refused.json()["error"], str)


def test_plus_that_was_not_encoded_arrives_as_a_space() -> None:
    path = "/data/v1/metrics/views/overall?filters[]="
    assert MuxClient().get(path + "+video_cdn_trace:fastly").status_code == 400
    assert MuxClient().get(path + "%2Bvideo_cdn_trace:fastly").status_code == 200


@pytest.mark.parametrize(
    "text",
    ["video_startup_time", "video_startup_time=1", "nonsense>=1", "views>=1", "seek_latency>=x"],
)
def test_bad_metric_filter_is_refused(text: str) -> None:
    refused = MuxClient().get("/data/v1/metrics/views/overall", {"metric_filters": [text]})
    assert messages(refused)
