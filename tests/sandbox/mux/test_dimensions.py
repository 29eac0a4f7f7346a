"""Dimensions, their values, and all metrics side by side."""

from glomex_cli.sandbox.mux.catalog import METRICS
from support.servers.mux_client import MuxClient, messages


def test_dimensions_are_basic_or_advanced() -> None:
    answer = MuxClient().ask("/data/v1/dimensions")
    basic, advanced = answer["data"]["basic"], answer["data"]["advanced"]
    assert (len(basic), len(advanced)) == (22, 84)
    assert "country" in advanced
    assert "video_title" in basic
    assert not set(basic) & set(advanced)
    assert "meta" not in answer


def test_values_of_a_dimension_come_in_pages_most_views_first() -> None:
    client = MuxClient()
    answer = client.ask("/data/v1/dimensions/country", {"limit": 100})
    counts = [row["total_count"] for row in answer["data"]]
    assert counts == sorted(counts, reverse=True)
    assert (len(counts), answer["total_row_count"]) == (100, 250)
    assert answer["data"][0]["value"] == "DE"
    last = client.ask("/data/v1/dimensions/country", {"limit": 100, "page": 3})["data"]
    assert len(last) == 50


def test_values_count_the_views_of_the_breakdown() -> None:
    client = MuxClient()
    values = client.ask("/data/v1/dimensions/cdn", {"filters": ["country:DE"]})["data"]
    rows = client.all_rows("startup_time_score", group_by="cdn", filters=["country:DE"])
    assert {row["value"]: row["total_count"] for row in values} == {
        row["field"]: row["views"] for row in rows
    }
    assert None in {row["value"] for row in values}


def test_elements_of_a_trace_count_a_view_once_each() -> None:
    client = MuxClient()
    traces = client.ask("/data/v1/dimensions/video_cdn_trace")["data"]
    found = client.ask("/data/v1/dimensions/video_cdn_trace/elements")["data"]
    for row in found:
        expected = sum(trace["total_count"] for trace in traces if row["value"] in trace["value"])
        assert row["total_count"] == expected
    assert {row["value"] for row in found} == {"fastly", "cloudfront", "akamai", "cloudflare"}


def test_elements_can_be_ordered() -> None:
    params = {"order_by": "field", "order_direction": "desc"}
    found = MuxClient().ask("/data/v1/dimensions/video_cdn_trace/elements", params)["data"]
    names = [row["value"] for row in found]
    assert names in (sorted(names), sorted(names, reverse=True))


def test_comparison_has_every_metric_with_its_unit() -> None:
    client = MuxClient()
    answer = client.ask("/data/v1/metrics/comparison")
    totals, *groups = answer["data"]
    assert totals["name"] == "totals"
    items = [item for group in groups for item in (group, *group.get("items", []))]
    assert {item["metric"]: item["type"] for item in items} == {
        ident: metric.unit.value for ident, metric in METRICS.items()
    }
    assert "meta" not in answer
    by = {item["metric"]: item["value"] for item in items}
    assert by["views"] == totals["started_views"] == client.overall("views")["data"]["value"]
    assert by["unique_viewers"] < by["views"]
    assert by["seek_latency"] == client.overall("seek_latency")["data"]["value"]


def test_comparison_can_look_at_one_value() -> None:
    client = MuxClient()
    params = {"dimension": "country", "value": "DE"}
    totals = client.ask("/data/v1/metrics/comparison", params)["data"][0]
    narrowed = client.overall("views", filters=["country:DE"])["data"]
    assert totals["started_views"] == narrowed["value"]
    unknown = client.get("/data/v1/metrics/comparison", {"dimension": "x", "value": "DE"})
    assert messages(unknown) == ["unknown dimension: x"]
