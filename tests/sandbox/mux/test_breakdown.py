"""A metric by the values of a dimension, and as one figure."""

from datetime import UTC, datetime, timedelta

import pytest

from support.servers.mux_client import ASKED_AT, MuxClient, hours, messages

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def test_250_countries_take_three_pages_of_100() -> None:
    client = MuxClient()
    sizes: list[int] = []
    fields: list[str] = []
    for page in (1, 2, 3, 4):
        answer = client.breakdown(
            "views", group_by="country", limit=100, page=page, order_by="field"
        )
        assert answer["total_row_count"] == 250
        sizes.append(len(answer["data"]))
        fields += [row["field"] for row in answer["data"]]
    assert sizes == [100, 100, 50, 0]
    assert fields == sorted(set(fields))


def test_a_page_has_25_rows_unless_asked_otherwise() -> None:
    assert len(MuxClient().breakdown("views", group_by="country")["data"]) == 25


@pytest.mark.parametrize("order", ["value", "views", "negative_impact"])
def test_rows_follow_the_order_asked_for(order: str) -> None:
    client = MuxClient()
    rising = client.all_rows(
        "video_startup_time", group_by="country", order_by=order, order_direction="asc"
    )
    falling = client.all_rows(
        "video_startup_time", group_by="country", order_by=order, order_direction="desc"
    )
    found = [row[order] for row in rising]
    assert found == sorted(found)
    assert found[0] < found[-1]
    assert [row[order] for row in falling] == found[::-1]


def test_null_and_the_empty_name_are_two_rows() -> None:
    rows = MuxClient().all_rows("views", group_by="video_title", order_by="field")
    assert [row["field"] for row in rows[:2]] == [None, ""]
    assert all(row["field"] for row in rows[2:])
    assert len(rows) > 36


@pytest.mark.parametrize(
    ("metric", "worse"), [("video_startup_time", 1), ("startup_time_score", -1)]
)
def test_negative_impact_is_a_rank_and_1_harms_most(metric: str, worse: int) -> None:
    rows = MuxClient().all_rows(metric, group_by="cdn", order_by="negative_impact")
    whole = worse * MuxClient().overall(metric)["data"]["value"]
    assert [row["negative_impact"] for row in rows] == list(range(1, len(rows) + 1))
    assert worse * rows[0]["value"] > whole > worse * rows[-1]["value"]


def test_dimension_without_data_is_one_row_of_null() -> None:
    rows = MuxClient().all_rows("views", group_by="custom_7")
    assert [row["field"] for row in rows] == [None]


def test_overall_has_one_value_and_the_range_really_used() -> None:
    answer = MuxClient().overall("video_startup_time")
    assert set(answer["data"]) == {
        "value",
        "total_views",
        "total_watch_time",
        "total_playing_time",
    }
    assert answer["total_row_count"] is None
    asked = int(ASKED_AT.timestamp())
    first, last = answer["timeframe"]
    assert (first % 3600, last % 3600) == (0, 3599)
    assert first <= asked - 86_400 < asked <= last


@pytest.mark.parametrize(
    ("timeframe", "step_s"),
    [
        ("30:minutes", 60),
        ("2:hours", 600),
        ("6:hours", 600),
        ("24:hours", 3600),
        ("30:days", 86_400),
    ],
)
def test_range_is_rounded_outward_by_its_length(timeframe: str, step_s: int) -> None:
    first, last = MuxClient().overall("views", timeframe=[timeframe])["timeframe"]
    length = (
        int(timeframe.split(":", maxsplit=1)[0])
        * {"minutes": 60, "hours": 3600, "days": 86_400}[timeframe.split(":")[1]]
    )
    asked = int(ASKED_AT.timestamp())
    assert first == (asked - length) // step_s * step_s
    assert last == asked // step_s * step_s + step_s - 1


def test_range_on_its_boundaries_stays_as_it_is() -> None:
    first, end = hours(NOON, 24)
    answer = MuxClient().breakdown("views", timeframe=[first, end], group_by="cdn")
    assert answer["timeframe"] == [int(first), int(end) - 1]


def test_range_before_the_data_is_empty() -> None:
    client = MuxClient()
    past = hours(NOON - timedelta(days=400), 24)
    answer = client.breakdown("views", timeframe=past, group_by="country")
    assert (answer["data"], answer["total_row_count"]) == ([], 0)
    nothing = {"total_views": 0, "total_watch_time": 0, "total_playing_time": 0}
    assert client.overall("views", timeframe=past)["data"] == {"value": 0, **nothing}
    median = client.overall("video_startup_time", timeframe=past)["data"]
    assert median == {"value": None, **nothing}


def test_insights_begin_with_what_harms_most() -> None:
    answer = MuxClient().ask("/data/v1/metrics/video_startup_time/insights")
    scores = [row["negative_impact_score"] for row in answer["data"]]
    assert scores == sorted(scores)
    overall = MuxClient().overall("video_startup_time")["data"]["value"]
    assert scores[0] < 0
    assert answer["data"][0]["metric"] > overall
    assert answer["total_row_count"] == len(scores)
    assert len({row["filter_column"] for row in answer["data"]}) > 2
    assert answer["meta"]["aggregation"] == "view_end"


def test_breakdown_needs_a_dimension() -> None:
    refused = MuxClient().get("/data/v1/metrics/views/breakdown")
    assert messages(refused) == ["group_by is required"]
