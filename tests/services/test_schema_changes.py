"""Reports from a service that changes its schema between runs."""

import json

import pytest

from support.cli import Glomex
from support.servers.gateway import Gateway, introspections, serve_schema
from support.servers.object_app import OWN, RENAMED, TITLES, WITHOUT_IMPRESSIONS, object_app

JUNE = ("--from", "2025-06-02", "--to", "2025-06-04")
OLD_METRICS = ("-m", "video_views,ad_impressions")


def test_a_metric_that_is_gone_gets_the_likely_one_after_a_fresh_look(
    cli: Glomex, own_gateway: Gateway
) -> None:
    cli("schema")
    assert cli("report", *OLD_METRICS, *JUNE).code == 0
    serve_schema(own_gateway, WITHOUT_IMPRESSIONS)
    done = cli("report", *OLD_METRICS, *JUNE)
    assert (done.code, done.out) == (2, "")
    assert done.err == (
        "error: unknown metric 'ad_impressions'\nhint: did you mean -m ad_impression_count?\n"
    )
    assert introspections(own_gateway) == 1


def test_a_metric_that_is_new_is_asked_for_though_the_remembered_schema_lacks_it(
    cli: Glomex, own_gateway: Gateway
) -> None:
    serve_schema(own_gateway, OWN.replace("  revenue: Float", "  earnings: Float"))
    cli("schema")
    serve_schema(own_gateway, None)
    argv = ("report", "-m", "revenue", *JUNE)
    done = cli(*argv)
    assert (done.code, done.err) == (0, "")
    assert [list(row) for row in json.loads(done.out)] == [["day", "revenue"]] * 3
    assert introspections(own_gateway) == 1
    assert cli(*argv).code == 0
    assert introspections(own_gateway) == 0


def test_a_name_is_refused_before_it_is_sent_once_the_schema_is_known(
    cli: Glomex, own_gateway: Gateway
) -> None:
    cli("schema")
    own_gateway.asked()
    done = cli("report", "-d", "chanel", "--as", "publisher", *JUNE)
    assert (done.code, done.out) == (2, "")
    assert "hint: did you mean -d channel?\n" in done.err
    assert not any("AnalyticsReport(" in query for query in own_gateway.asked())


def test_a_name_is_sent_as_asked_where_a_fresh_look_is_refused(
    cli: Glomex, own_gateway: Gateway
) -> None:
    serve_schema(own_gateway, OWN.replace("  revenue: Float", "  earnings: Float"))
    cli("schema")
    serve_schema(own_gateway, None, introspection=False)
    assert cli("report", "-m", "revenue", *JUNE).code == 0


def test_types_of_other_names_are_no_change(cli: Glomex, own_gateway: Gateway) -> None:
    expected = cli("schema", "-f", "csv").out
    rows = cli("report", "-d", "video", *JUNE).out
    serve_schema(own_gateway, RENAMED)
    assert cli("schema", "--refresh", "-f", "csv").out == expected
    assert cli("report", "-d", "video", *JUNE).out == rows


@pytest.mark.parametrize("is_known", [True, False])
def test_a_video_that_is_an_object_has_its_scalar_fields_as_columns(
    *, cli: Glomex, own_gateway: Gateway, is_known: bool
) -> None:
    plain = json.loads(cli("report", "-d", "video", *JUNE).out)
    if is_known:
        cli("schema")
    own_gateway.app = object_app()
    done = cli("report", "-d", "video", *JUNE)
    rows = json.loads(done.out)
    assert (done.code, done.err) == (0, "")
    assert list(rows[0]) == ["video", "video_title", "video_views", "ad_impressions"]
    assert [{n: v for n, v in row.items() if n != "video_title"} for row in rows] == plain
    assert all(row["video_title"] == TITLES[row["video"]] for row in rows)
    listed = json.loads(cli("schema", "-f", "json").out)
    kinds = {row["name"]: row["type"] for row in listed if row["what"] == "dimension"}
    assert kinds["video"] == "object of title, id"
    assert kinds["day"] == "text"


def test_objects_are_sorted_compared_and_drawn_like_plain_ones(
    cli: Glomex, own_gateway: Gateway
) -> None:
    own_gateway.app = object_app()
    argv = ("report", "-d", "video", *JUNE, "--sort", "video_title", "--compare", "previous")
    rows = json.loads(cli(*argv).out)
    titles = [row["video_title"].casefold() for row in rows]
    assert titles == sorted(titles)
    assert all(row["video_views_previous"] for row in rows)
    drawn = cli("report", "-d", "video", *JUNE, "--trend", "--limit", "3", "-f", "table")
    assert drawn.code == 0
    assert all(glyph in drawn.out for glyph in "█▁")


def test_a_video_that_is_plain_again_is_asked_for_plainly(
    cli: Glomex, own_gateway: Gateway
) -> None:
    plain = cli("report", "-d", "video", *JUNE).out
    own_gateway.app = object_app()
    assert "video_title" in cli("report", "-d", "video", *JUNE).out
    serve_schema(own_gateway, None)
    assert cli("report", "-d", "video", *JUNE).out == plain
