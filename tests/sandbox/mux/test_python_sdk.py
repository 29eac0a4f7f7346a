"""The official Python client of Mux against the sandbox, over HTTP on loopback."""

import importlib
import json
from collections.abc import Iterator
from typing import Any

import pytest

from glomex_cli.sandbox.mux.access import MUX_TOKEN_ID, MUX_TOKEN_SECRET, VIDEO_TOKEN_ID
from glomex_cli.sandbox.mux.app import create_app, serve
from glomex_cli.sandbox.mux.scope import MuxOptions
from support.servers.sandbox_client import Clock

# It has no types: Any.
SDK: Any = importlib.import_module("mux_python")


def configured(url: str, ident: str = MUX_TOKEN_ID, secret: str = MUX_TOKEN_SECRET) -> Any:
    configuration = SDK.Configuration()
    configuration.host, configuration.username, configuration.password = url, ident, secret
    return SDK.ApiClient(configuration)


@pytest.fixture(params=[False, True], ids=["numbers", "strings"])
def url(request: pytest.FixtureRequest) -> Iterator[str]:
    with serve(create_app(MuxOptions(strings=request.param), Clock())) as server:
        yield server.url


@pytest.fixture
def metrics(url: str) -> Any:
    return SDK.MetricsApi(configured(url))


def test_timeseries(metrics: Any) -> None:
    answer = metrics.get_metric_timeseries_data(
        "video_startup_time",
        timeframe=["24:hours"],
        group_by="hour",
        measurement="95th",
        order_direction="desc",
        filters=["country:DE", "+video_cdn_trace:fastly"],
        metric_filters=["aggregate_startup_time>=100"],
    )
    assert answer.total_row_count == len(answer.data) == 24
    assert answer.meta.granularity == "hour"
    assert all(float(value) > 0 and int(views) > 0 for _, value, views in answer.data[-3:])


def test_breakdown_over_pages(metrics: Any) -> None:
    rows: list[Any] = []
    for page in (1, 2, 3):
        answer = metrics.list_breakdown_values(
            "views",
            timeframe=["24:hours"],
            group_by="country",
            limit=100,
            page=page,
            order_by="views",
            order_direction="desc",
        )
        rows += answer.data
        assert answer.total_row_count == 250
    assert len({row.field for row in rows}) == 250
    overall = metrics.get_overall_values("views", timeframe=["24:hours"])
    assert sum(row.value for row in rows) == overall.data.value
    assert isinstance(rows[0].negative_impact, int)


def test_overall(metrics: Any) -> None:
    data = metrics.get_overall_values("video_startup_time", timeframe=["7:days"]).data
    assert data.value > 0
    assert isinstance(data.total_views, int)
    assert data.total_playing_time > data.total_views


def test_insights_and_comparison(metrics: Any) -> None:
    assert metrics.list_insights("video_startup_time").data[0].negative_impact_score < 0
    comparison = metrics.list_all_metric_values()
    assert comparison.data[0].name == "totals"
    assert comparison.data[0].started_views > 0


def test_dimensions(url: str) -> None:
    dimensions = SDK.DimensionsApi(configured(url))
    assert "country" in dimensions.list_dimensions().data.advanced
    values = dimensions.list_dimension_values("cdn", limit=2, page=1)
    assert [row.value for row in values.data] == ["fastly", "cloudfront"]


def test_whoami(url: str) -> None:
    # The client of Python has no method for it: its own sign-in and transport, without a model.
    answer = configured(url).call_api(
        "/system/v1/whoami",
        "GET",
        auth_settings=["accessToken"],
        response_types_map={200: "object"},
        _return_http_data_only=True,
    )
    assert "data:read" in answer["data"]["permissions"]


def test_wrong_secret_is_its_401(url: str) -> None:
    metrics = SDK.MetricsApi(configured(url, secret="wrong"))
    with pytest.raises(SDK.exceptions.UnauthorizedException) as refused:
        metrics.get_overall_values("views")
    assert json.loads(refused.value.body)["error"]["type"] == "unauthorized"


def test_missing_permission_is_its_404(url: str) -> None:
    metrics = SDK.MetricsApi(configured(url, ident=VIDEO_TOKEN_ID))
    with pytest.raises(SDK.exceptions.NotFoundException):
        metrics.get_overall_values("views")


def test_unknown_metric_is_its_400(metrics: Any) -> None:
    with pytest.raises(SDK.ApiException) as refused:
        metrics.get_overall_values("time_to_first_frame")
    assert refused.value.status == 400
    assert json.loads(refused.value.body)["error"]["type"] == "invalid_parameters"
