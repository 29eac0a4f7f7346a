"""The course of a metric over time."""

from datetime import UTC, datetime, timedelta

import pytest

from glomex_cli.sandbox.mux.scope import MuxOptions
from support.servers.mux_client import ASKED_AT, MuxClient, hours, messages

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def test_24_hours_asked_in_the_middle_of_one_have_25_buckets_both_ends_cut() -> None:
    client = MuxClient()
    answer = client.series("video_startup_time", timeframe=["24:hours"], group_by="hour")
    times = [row[0] for row in answer["data"]]
    assert (times[0], times[-1]) == ("2026-11-22T12:00:00Z", "2026-11-23T12:00:00Z")
    assert len(times) == answer["total_row_count"] == 25
    assert answer["timeframe"] == [int(ASKED_AT.timestamp()) - 86_400, int(ASKED_AT.timestamp())]
    assert answer["meta"] == {"aggregation": "view_end", "granularity": "hour"}
    whole = client.series("video_startup_time", timeframe=hours(NOON, 1), group_by="hour")
    assert 0 < answer["data"][0][2] < whole["data"][0][2]


def test_aligned_range_has_no_bucket_of_the_second_after_it() -> None:
    answer = MuxClient().series("views", timeframe=hours(NOON, 3), group_by="hour")
    assert [row[0][11:13] for row in answer["data"]] == ["12", "13", "14"]
    assert answer["meta"]["aggregation"] == "view_start"


def test_rows_come_oldest_first_unless_asked_otherwise() -> None:
    client = MuxClient()
    rows = client.series("views", timeframe=["6:hours"], group_by="hour")["data"]
    newest_first = client.series(
        "views", timeframe=["6:hours"], group_by="hour", order_direction="desc"
    )["data"]
    assert rows == sorted(rows)
    assert newest_first == rows[::-1]


@pytest.mark.parametrize(
    ("timeframe", "step_s"),
    [
        ("89:minutes", 60),
        ("90:minutes", 600),
        ("6:hours", 600),
        ("15:days", 3600),
        ("16:days", 86400),
    ],
)
def test_granularity_left_out_follows_the_length(timeframe: str, step_s: int) -> None:
    rows = MuxClient().series("views", timeframe=[timeframe])["data"]
    first, second = (datetime.fromisoformat(row[0]) for row in rows[:2])
    assert (second - first).total_seconds() == step_s


def test_quiet_hours_are_rows_of_nulls() -> None:
    rows = MuxClient().series("video_startup_time", timeframe=["30:days"], group_by="hour")["data"]
    quiet = [row for row in rows if row[1] is None]
    assert 1 <= len(quiet) <= 30
    assert all(row[2] is None for row in quiet)
    assert len(rows) == 30 * 24 + 1


def test_newest_hour_of_engagement_grows_and_quality_does_not() -> None:
    client = MuxClient()
    hour = hours(ASKED_AT.replace(minute=0, second=0) - timedelta(hours=1), 1)

    def views_of(metric: str) -> int:
        found: int = client.series(metric, timeframe=hour, group_by="hour")["data"][0][2]
        return found

    started, ended = [views_of("views")], [views_of("video_startup_time")]
    for _ in range(3):
        client.clock.wait(20 * 60)
        started.append(views_of("views"))
        ended.append(views_of("video_startup_time"))
    assert started[0] < started[1] < started[2] == started[3]
    assert len(set(ended)) == 1


def test_nothing_is_known_of_the_future() -> None:
    rows = MuxClient().series("views", timeframe=hours(NOON, 48), group_by="hour")["data"]
    now = ASKED_AT.strftime("%Y-%m-%dT%H:%M:%SZ")
    assert all(row[1] is None for row in rows if row[0] > now)
    assert any(row[1] for row in rows if row[0] < now)


def test_data_end_100_days_back_and_the_plan_may_reach_further() -> None:
    midnight = ASKED_AT.replace(hour=0, minute=0, second=0)
    edge = hours(midnight - timedelta(days=101), 48)
    rows = MuxClient().series("views", timeframe=edge, group_by="day")["data"]
    assert rows[0][1:] == [None, None]
    assert rows[1][1] > 0
    further = MuxClient(MuxOptions(retention_days=120))
    assert further.series("views", timeframe=edge, group_by="day")["data"][0][1] > 0


def test_100_days_are_100_full_buckets() -> None:
    midnight = ASKED_AT.replace(hour=0, minute=0, second=0)
    days = hours(midnight - timedelta(days=100), 100 * 24)
    rows = MuxClient().series("video_startup_time", timeframe=days, group_by="day")["data"]
    assert len(rows) == 100
    assert all(row[1] for row in rows)


def test_the_same_range_has_the_same_figures_tomorrow() -> None:
    client = MuxClient()
    before = client.series("video_startup_time", timeframe=hours(NOON, 5), group_by="ten_minutes")
    client.clock.wait(86_400)
    after = client.series("video_startup_time", timeframe=hours(NOON, 5), group_by="ten_minutes")
    assert after["data"] == before["data"]


def test_too_many_buckets_are_refused() -> None:
    params = {"timeframe": ["100:days"], "group_by": "minute"}
    refused = MuxClient().get("/data/v1/metrics/views/timeseries", params)
    assert messages(refused) == ["the timeframe is too long for this group_by"]


@pytest.mark.parametrize("measurement", ["95th", "median", "avg"])
def test_measurements_differ(measurement: str) -> None:
    client = MuxClient()
    by = {
        name: client.overall("video_startup_time", measurement=name)["data"]["value"]
        for name in ("95th", "median", "avg")
    }
    assert by["median"] < by["avg"] < by["95th"]
    rows = client.series("video_startup_time", measurement=measurement, group_by="day")["data"]
    assert all(0.5 * by[measurement] < row[1] < 2 * by[measurement] for row in rows)
