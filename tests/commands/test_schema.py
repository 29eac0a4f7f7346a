"""`glomex schema`: what the account has, asked once, its age told, and where none is told."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from support.cli import Glomex
from support.servers.gateway import Gateway, introspections, serve_schema
from support.servers.object_app import WITHOUT_IMPRESSIONS

JUNE = ("--from", "2025-06-02", "--to", "2025-06-04")
OLD_METRICS = ("-m", "video_views,ad_impressions")


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "home" / ".cache" / "glomex"


def test_it_lists_what_both_reports_have(cli: Glomex, own_gateway: Gateway) -> None:
    done = cli("schema", "-f", "json")
    rows = json.loads(done.out)
    assert (done.code, done.err) == (0, "fetched from the service just now\n")
    assert list(rows[0]) == ["report", "what", "name", "type", "unit", "description"]
    assert {row["what"] for row in rows} == {"dimension", "metric", "label", "filter"}
    metric = {
        "report": "publisher",
        "what": "metric",
        "name": "revenue",
        "type": "Float",
        "unit": "money",
        "description": "What the advertisements brought, in euros.",
    }
    assert metric in rows
    own = json.loads(cli("schema", "--as", "content-owner", "-f", "json").out)
    assert own == [row for row in rows if row["report"] == "content-owner"]


@pytest.mark.parametrize("form", ["table", "ndjson", "csv", "tsv", "markdown"])
def test_every_format_lists_it(cli: Glomex, own_gateway: Gateway, form: str) -> None:
    done = cli("schema", "-f", form)
    assert done.code == 0
    assert "integration" in done.out


def test_it_is_asked_once_its_age_told_and_refreshed_on_demand(
    cli: Glomex, own_gateway: Gateway
) -> None:
    now = datetime.now(UTC)
    first = cli("schema")
    assert introspections(own_gateway) == 1
    cli.now = lambda: now + timedelta(days=3, hours=2)
    again = cli("schema")
    assert introspections(own_gateway) == 0
    assert again.out == first.out
    assert again.err == "cached 3 days ago; update it with --refresh\n"
    assert cli("schema", "--refresh").err == "fetched from the service just now\n"
    assert introspections(own_gateway) == 1
    assert cli("schema").err.startswith("cached 0 seconds ago;")


def test_a_schema_from_a_clock_that_was_ahead_has_no_negative_age(
    cli: Glomex, own_gateway: Gateway
) -> None:
    cli("schema")
    cli.now = lambda: datetime.now(UTC) - timedelta(days=3)
    assert cli("schema").err.startswith("cached 0 seconds ago;")


def test_refreshing_shows_what_changed(cli: Glomex, own_gateway: Gateway) -> None:
    before = cli("schema").out
    serve_schema(own_gateway, WITHOUT_IMPRESSIONS)
    assert cli("schema").out == before
    assert "ad_impression_count" in cli("schema", "--refresh").out
    assert "ad_impression_count" in cli("schema").out


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff", b'{"version": 1, "schema": 3}'])
def test_a_broken_memory_is_asked_for_again(
    cli: Glomex, own_gateway: Gateway, cache: Path, content: bytes
) -> None:
    first = cli("schema").out
    (kept,) = cache.iterdir()
    kept.write_bytes(content)
    done = cli("schema")
    assert (done.code, done.out, done.err) == (0, first, "fetched from the service just now\n")
    assert introspections(own_gateway) == 2
    assert cli("report", *JUNE).code == 0


def test_introspection_refused_lists_what_is_documented(
    cli: Glomex, own_gateway: Gateway, cache: Path
) -> None:
    serve_schema(own_gateway, None, introspection=False)
    done = cli("schema", "-f", "json")
    assert (done.code, done.err) == (
        0,
        "the service does not publish its schema; these names are documented\n",
    )
    rows = json.loads(done.out)
    assert {row["name"] for row in rows if row["report"] == "publisher"} == {
        "day",
        "video_views",
        "ad_impressions",
    }
    assert {row["name"] for row in rows if row["what"] == "dimension"} == {
        "video",
        "channel",
        "day",
        "week",
        "month",
    }
    # A refusal is remembered for reports; who asks for the schema itself asks anew.
    assert json.loads(next(cache.iterdir()).read_bytes())["schema"] is None
    assert introspections(own_gateway) == 1
    cli("report", "-d", "video", "-m", "revenue", *JUNE, "-f", "markdown")
    assert introspections(own_gateway) == 0
    assert cli("schema", "-f", "json").out == done.out
    assert introspections(own_gateway) == 1


def test_introspection_refused_later_keeps_what_was_known(
    cli: Glomex, own_gateway: Gateway
) -> None:
    first = cli("schema").out
    serve_schema(own_gateway, None, introspection=False)
    assert cli("schema").out == first
    assert cli("schema", "--refresh").err.startswith("the service does not publish its schema;")


def test_a_refused_token_is_no_refused_introspection(
    cli: Glomex, monkeypatch: pytest.MonkeyPatch, own_gateway: Gateway
) -> None:
    from support.servers.fault_answers import http, whole
    from support.servers.fault_server import FaultServer

    refusal = {"errors": [{"message": "x", "extensions": {"code": "UNAUTHENTICATED"}}]}
    with FaultServer(whole(http(401, body=refusal))) as server:
        done = cli("schema", "--endpoint", server.url)
    assert (done.code, done.out) == (4, "")
