"""Parameters are read strictly: what no document names is refused."""

import pytest

from support.servers.mux_client import MuxClient, messages

TIMESERIES = "/data/v1/metrics/views/timeseries"
BREAKDOWN = "/data/v1/metrics/views/breakdown"
OVERALL = "/data/v1/metrics/views/overall"
VALUES = "/data/v1/dimensions/country"


@pytest.mark.parametrize(
    ("path", "message"),
    [
        (f"{OVERALL}?timeframe=24:hours", "unknown parameter: timeframe"),
        (f"{OVERALL}?timeframe[0]=24:hours", "unknown parameter: timeframe[0]"),
        (f"{OVERALL}?limit=5", "unknown parameter: limit"),
        (f"{TIMESERIES}?limit=5", "unknown parameter: limit"),
        (f"{TIMESERIES}?order_by=value", "unknown parameter: order_by"),
        (f"{VALUES}?order_by=value", "unknown parameter: order_by"),
        ("/data/v1/dimensions?limit=5", "unknown parameter: limit"),
        (f"{TIMESERIES}?group_by=hour&group_by=day", "group_by must be given once"),
        ("/data/v1/metrics/time_to_first_frame/overall", "unknown metric: time_to_first_frame"),
        (f"{BREAKDOWN}?group_by=planet", "unknown dimension: planet"),
        ("/data/v1/dimensions/planet", "unknown dimension: planet"),
        ("/data/v1/dimensions/country/elements", "country has no elements"),
        (f"{OVERALL}?measurement=median", "views has no measurement median"),
        ("/data/v1/metrics/seek_latency/overall?measurement=sum", "seek_latency has no"),
        (f"{OVERALL}?measurement=mean", "measurement must be one of"),
        (f"{TIMESERIES}?group_by=week", "group_by must be one of"),
        (f"{TIMESERIES}?order_direction=up", "order_direction must be one of"),
        (f"{BREAKDOWN}?group_by=country&order_by=name", "order_by must be one of"),
        ("/data/v1/metrics/comparison?dimension=country", "dimension and value must be given"),
        ("/system/v1/whoami?verbose=1", "unknown parameter: verbose"),
    ],
)
def test_what_no_document_names_is_refused(path: str, message: str) -> None:
    (said,) = messages(MuxClient().get(path))
    assert said.startswith(message)


@pytest.mark.parametrize("limit", ["0", "101", "-1", "ten", "", "1.5", "٣"])
def test_limit_is_1_to_100(limit: str) -> None:
    params = {"group_by": "country", "limit": limit}
    assert messages(MuxClient().get(BREAKDOWN, params)) == [
        "limit must be a whole number from 1 to 100"
    ]


def test_pages_begin_at_1() -> None:
    params = {"group_by": "country", "page": "0"}
    assert messages(MuxClient().get(BREAKDOWN, params)) == ["page must be a whole number from 1"]


@pytest.mark.parametrize(
    "timeframe",
    [
        ["24"],
        ["24:weeks"],
        ["1:hour"],
        ["0:hours"],
        ["-1:hours"],
        ["24:hours", "1795000000"],
        ["1795000000"],
        ["1795000000", "1795000000"],
        ["1795000001", "1795000000"],
        ["1", "2", "3"],
        ["2026-11-22", "2026-11-23"],
        [""],
    ],
)
def test_timeframe_is_two_epochs_or_one_duration(timeframe: list[str]) -> None:
    assert messages(MuxClient().get(OVERALL, {"timeframe": timeframe}))


@pytest.mark.parametrize("timeframe", ["60:minutes", "24:hours", "7:days"])
def test_three_units_of_duration(timeframe: str) -> None:
    assert MuxClient().overall("views", timeframe=[timeframe])["data"]["value"] > 0


def test_24_hours_are_asked_for_by_default() -> None:
    client = MuxClient()
    assert client.overall("views") == client.overall("views", timeframe=["24:hours"])
