"""The sandbox's report fields: which rows and columns come, and which questions are refused."""

from typing import Any

import pytest

from glomex_cli.sandbox.app import SandboxOptions
from glomex_cli.sandbox.metrics import INTEGRATIONS, videos
from support.servers.sandbox_client import SandboxClient, refusal_of, rows_of

LABELS = "day week month video video_title channel channel_title"
METRICS = (
    "video_views completed_views completion_rate watch_time_s avg_watch_time_s "
    "ad_requests ad_impressions fill_rate revenue ecpm"
)
WEEK = ("2026-11-16", "2026-11-22")


@pytest.fixture(scope="module")
def client() -> SandboxClient:
    return SandboxClient()


@pytest.mark.parametrize("kind", ["contentOwner", "publisher"])
@pytest.mark.parametrize(
    ("dimensions", "filled"),
    [
        ("day", {"day"}),
        ("week", {"week"}),
        ("month", {"month"}),
        ("video", {"video", "video_title"}),
        ("channel", {"channel", "channel_title"}),
        ("video, day", {"video", "video_title", "day"}),
        ("month, channel", {"month", "channel", "channel_title"}),
    ],
)
def test_only_columns_of_the_dimensions_are_filled(
    client: SandboxClient, kind: str, dimensions: str, filled: set[str]
) -> None:
    rows = rows_of(client.report(dimensions, *WEEK, kind=kind, fields=f"{LABELS} {METRICS}"))
    assert rows
    for row in rows:
        assert {name for name in LABELS.split() if row[name] is not None} == filled
        assert None not in [row[name] for name in METRICS.split()]


def test_metrics_are_numbers_of_the_kind_the_schema_says(client: SandboxClient) -> None:
    (row,) = client.rows("month", *WEEK, fields=METRICS)
    floats = {name for name, value in row.items() if isinstance(value, float)}
    assert floats == {
        "completion_rate",
        "watch_time_s",
        "avg_watch_time_s",
        "fill_rate",
        "revenue",
        "ecpm",
    }


def test_both_days_of_the_range_are_included(client: SandboxClient) -> None:
    days = [row["day"] for row in client.rows("day", *WEEK)]
    assert days == [f"2026-11-{day}" for day in range(16, 23)]


def test_to_is_excluded_when_the_sandbox_is_told_so() -> None:
    client = SandboxClient(SandboxOptions(exclusive_to=True))
    assert [row["day"] for row in client.rows("day", "2026-11-20", "2026-11-22")] == [
        "2026-11-20",
        "2026-11-21",
    ]
    assert client.rows("day", "2026-11-20", "2026-11-20") == []
    assert client.rows("day", "0001-01-01", "0001-01-01") == []


@pytest.mark.parametrize(
    ("dimensions", "words"),
    [
        ("", "choose at least one"),
        ("video, channel", "at most one primary dimension, not video and channel"),
        ("video, video", "at most one primary dimension"),
        ("day, week", "at most one time bucket, not day and week"),
        ("video, day, month", "at most one time bucket"),
        ("channel, day, video", "at most one primary dimension"),
    ],
)
@pytest.mark.parametrize("kind", ["contentOwner", "publisher"])
def test_dimensions_that_do_not_go_together_are_refused(
    client: SandboxClient, kind: str, dimensions: str, words: str
) -> None:
    code, message = refusal_of(client.report(dimensions, *WEEK, kind=kind))
    assert code == "BAD_USER_INPUT"
    assert words in message


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2026-02-30", "2026-03-01", 'from: "2026-02-30" is not a date'),
        ("2026-02-01", "tomorrow", 'to: "tomorrow" is not a date'),
        ("", "2026-03-01", 'from: "" is not a date'),
        ("20260301", "2026-03-02", "is not a date"),
        ("2026-W10-1", "2026-03-02", "is not a date"),
        ("2026-03-01T00:00", "2026-03-02", "is not a date"),
        ("２０２６-03-01", "2026-03-02", "is not a date"),
        ("9" * 400, "2026-03-02", "…"),
        ("2026-03-02", "2026-03-01", "from (2026-03-02) must not be after to (2026-03-01)"),
    ],
)
def test_dates_that_make_no_sense_are_refused(
    client: SandboxClient, first: str, last: str, words: str
) -> None:
    code, message = refusal_of(client.report("day", first, last))
    assert code == "BAD_USER_INPUT"
    assert words in message
    assert len(message) < 200


@pytest.mark.parametrize(("first", "last"), [("0001-01-01", "9999-12-31"), ("1970-01-01",) * 2])
def test_any_range_is_answered(client: SandboxClient, first: str, last: str) -> None:
    rows = client.rows("channel", first, last, fields="channel video_views")
    assert all(row["video_views"] > 0 for row in rows)
    assert len(rows) > 0


def test_unknown_dimension_does_not_fit_the_schema(client: SandboxClient) -> None:
    answer = client.report("integration", *WEEK)
    assert "data" not in answer
    assert answer["errors"][0]["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"


def test_integrations_share_what_the_publisher_sees(client: SandboxClient) -> None:
    fields = "integration video_views ad_impressions"
    parts = rows_of(client.report("integration", *WEEK, kind="publisher", fields=fields))
    (whole,) = rows_of(client.report("month", *WEEK, kind="publisher", fields=fields))
    (owned,) = client.rows("month", *WEEK, fields="video_views")
    assert {row["integration"] for row in parts} == set(INTEGRATIONS)
    for metric in ("video_views", "ad_impressions"):
        assert sum(row[metric] for row in parts) == whole[metric]
    assert whole["video_views"] < owned["video_views"]


def test_filters_narrow_the_publishers_report(client: SandboxClient) -> None:
    video = videos()[0]
    place = next(iter(INTEGRATIONS))

    def views(filters: str) -> Any:
        more = f", filters: {{ {filters} }}"
        answer = client.report("month", *WEEK, kind="publisher", fields="video_views", more=more)
        return sum(row["video_views"] for row in rows_of(answer))

    by_video, by_channel = f'video: "{video.ident}"', f'channel: "{video.channel.ident}"'
    by_place = f'integration: "{place}"'
    assert 0 < views(f"{by_video} {by_place}") < views(by_video) < views(by_channel) < views("")
    assert views(f"{by_channel} {by_video}") == views(by_video)
    assert views("video: null") == views("")
    assert views('video: "v-000000000000"') == 0
    assert views('integration: "nowhere"') == 0


def test_variables_and_operation_names_are_honoured(client: SandboxClient) -> None:
    response = client.http.post(
        "/v1",
        json={
            "query": """
                query One { __typename }
                query Two($dimensions: [PublisherDimension!]!, $filters: PublisherFilters,
                          $from: String!, $to: String!) {
                  publisherAnalyticsReport(
                    dimensions: $dimensions, filters: $filters, from: $from, to: $to
                  ) { rows { day video_views } }
                }
            """,
            "operationName": "Two",
            "variables": {
                "dimensions": ["day"],
                "filters": {"channel": videos()[0].channel.ident},
                "from": "2026-11-20",
                "to": "2026-11-20",
            },
        },
        headers={"Authorization": f"Bearer {client.token()}"},
    )
    (row,) = rows_of(response.json())
    assert row["day"] == "2026-11-20"
