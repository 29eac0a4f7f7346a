"""Parts and wholes: breakdown, series and overall of one range agree to the last view."""

from datetime import UTC, datetime, timedelta
from math import isclose

from hypothesis import given
from hypothesis import strategies as st

from glomex_cli.sandbox.mux.catalog import METRICS
from support.servers.mux_client import MuxClient, hours

CLIENT = MuxClient()
MIDNIGHT = datetime(2026, 11, 22, tzinfo=UTC)
ADDING = sorted(ident for ident, metric in METRICS.items() if metric.adds_up())
AVERAGES = sorted(ident for ident, metric in METRICS.items() if metric.default == "avg")
RANKED = sorted(ident for ident, metric in METRICS.items() if metric.default == "median")


# Hours up to 15 days are not rounded; the newest ones reach into the part that still grows.
def _hours(back: int, count: int) -> list[str]:
    return hours(MIDNIGHT + timedelta(hours=36 - back), count)


ranges = st.builds(_hours, st.integers(1, 300), st.integers(7, 60))
dimensions = st.sampled_from(["country", "video_title", "cdn", "video_cdn_trace", "custom_1"])
filters = st.lists(
    st.sampled_from(
        [
            "country:DE",
            "country:AT",
            "!country:US",
            "video_title:",
            "+video_cdn_trace:fastly",
            "-video_cdn_trace:akamai",
            "browser:Safari",
            "!browser:Chrome",
        ]
    ),
    max_size=3,
    unique=True,
)
metric_filters = st.sampled_from([[], ["video_startup_time>=900"], ["rebuffer_count<1"]])


@given(st.sampled_from(ADDING), ranges, dimensions, filters, metric_filters)
def test_sums_of_all_parts_are_the_whole(
    metric: str,
    timeframe: list[str],
    dimension: str,
    chosen: list[str],
    limits: list[str],
) -> None:
    scope = {"timeframe": timeframe, "filters": chosen, "metric_filters": limits}
    whole = CLIENT.overall(metric, **scope)["data"]
    rows = CLIENT.all_rows(metric, group_by=dimension, **scope)
    series = CLIENT.series(metric, group_by="hour", **scope)["data"]
    assert sum(row["value"] for row in rows) == whole["value"]
    assert sum(row[1] or 0 for row in series) == whole["value"]
    assert sum(row["views"] for row in rows) == whole["total_views"]
    assert sum(row[2] or 0 for row in series) == whole["total_views"]
    for name in ("total_watch_time", "total_playing_time"):
        assert sum(row[name] for row in rows) == whole[name]


@given(st.sampled_from(AVERAGES), ranges, dimensions, filters)
def test_averages_weighted_by_views_are_the_whole(
    metric: str, timeframe: list[str], dimension: str, chosen: list[str]
) -> None:
    scope = {"timeframe": timeframe, "filters": chosen}
    whole = CLIENT.overall(metric, **scope)["data"]
    rows = CLIENT.all_rows(metric, group_by=dimension, **scope)
    series = CLIENT.series(metric, group_by="ten_minutes", **scope)["data"]
    total = (whole["value"] or 0) * whole["total_views"]
    by_row = sum(row["value"] * row["views"] for row in rows)
    by_time = sum(value * views for _, value, views in series if views)
    assert isclose(by_row, total, rel_tol=1e-9)
    assert isclose(by_time, total, rel_tol=1e-9)


measured = st.one_of(
    st.tuples(st.sampled_from(RANKED), st.sampled_from(["median", "95th"])),
    st.just(("unique_viewers", "count")),
)
buckets = st.sampled_from([("ten_minutes", 600), ("hour", 3600), ("day", 86_400)])


@given(measured, buckets, ranges, filters)
def test_one_bucket_one_row_and_the_whole_agree_on_what_does_not_add_up(
    measure: tuple[str, str], bucket: tuple[str, int], timeframe: list[str], chosen: list[str]
) -> None:
    (metric, measurement), (name, length) = measure, bucket
    start = int(timeframe[0]) // length * length
    scope = {
        "timeframe": [str(start), str(start + length)],
        "filters": chosen,
        "measurement": measurement,
    }
    whole = CLIENT.overall(metric, **scope)["data"]
    ((_, value, views),) = CLIENT.series(metric, group_by=name, **scope)["data"]
    rows = CLIENT.all_rows(metric, group_by="environment_id", **scope)
    assert (value, views or 0) == (whole["value"], whole["total_views"])
    assert [row["value"] for row in rows] == ([] if value is None else [value])


@given(st.sampled_from(ADDING), ranges, st.data())
def test_a_range_split_anywhere_equals_the_unsplit_one(
    metric: str, timeframe: list[str], data: st.DataObject
) -> None:
    first, end = map(int, timeframe)
    middle = data.draw(st.integers(first + 1, end - 1))

    def total(start: int, stop: int) -> int:
        rows = CLIENT.series(metric, timeframe=[str(start), str(stop)], group_by="hour")["data"]
        return sum(row[1] or 0 for row in rows)

    assert total(first, middle) + total(middle, end) == total(first, end)


@given(ranges, dimensions, filters)
def test_a_row_is_what_its_filter_finds(
    timeframe: list[str], dimension: str, chosen: list[str]
) -> None:
    scope = {"timeframe": timeframe, "filters": chosen}
    rows = CLIENT.breakdown("video_startup_time", group_by="viewer_device_category", **scope)
    for row in rows["data"]:
        if row["field"] is None:
            continue
        chosen_too = [*chosen, f"viewer_device_category:{row['field']}"]
        found = CLIENT.overall("video_startup_time", timeframe=timeframe, filters=chosen_too)
        assert found["data"]["value"] == row["value"]
        assert found["data"]["total_views"] == row["views"]
