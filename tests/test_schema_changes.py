"""Reports from a service that changes its schema between runs."""

import json

import pytest

from support.cli import Glomex
from support.gateway import Gateway, introspections, serve_schema
from support.object_app import OWN, RENAMED, TITLES, WITHOUT_IMPRESSIONS, object_app

JUNE = ("--from", "2025-06-02", "--to", "2025-06-04")
OLD_METRICS = ("-m", "video_views,ad_impressions")


def test_a_metric_that_is_gone_gets_the_likely_one_after_a_fresh_look(
    glomex: Glomex, own_door: Gateway
) -> None:
    glomex("schema")
    assert glomex("report", *OLD_METRICS, *JUNE).code == 0
    serve_schema(own_door, WITHOUT_IMPRESSIONS)
    done = glomex("report", *OLD_METRICS, *JUNE)
    assert (done.code, done.out) == (2, "")
    assert done.err == (
        "error: there is no metric 'ad_impressions'\nhint: did you mean -m ad_impression_count?\n"
    )
    assert introspections(own_door) == 1


def test_a_metric_that_is_new_is_asked_for_though_the_remembered_schema_lacks_it(
    glomex: Glomex, own_door: Gateway
) -> None:
    serve_schema(own_door, OWN.replace("  revenue: Float", "  earnings: Float"))
    glomex("schema")
    serve_schema(own_door, None)
    argv = ("report", "-m", "revenue", *JUNE)
    done = glomex(*argv)
    assert (done.code, done.err) == (0, "")
    assert [list(row) for row in json.loads(done.out)] == [["day", "revenue"]] * 3
    assert introspections(own_door) == 1
    assert glomex(*argv).code == 0
    assert introspections(own_door) == 0


def test_a_name_is_refused_before_it_is_sent_once_the_schema_is_known(
    glomex: Glomex, own_door: Gateway
) -> None:
    glomex("schema")
    own_door.asked()
    done = glomex("report", "-d", "chanel", "--as", "publisher", *JUNE)
    assert (done.code, done.out) == (2, "")
    assert "hint: did you mean -d channel?\n" in done.err
    assert not any("AnalyticsReport(" in query for query in own_door.asked())


def test_a_name_is_sent_as_asked_where_a_fresh_look_is_refused(
    glomex: Glomex, own_door: Gateway
) -> None:
    serve_schema(own_door, OWN.replace("  revenue: Float", "  earnings: Float"))
    glomex("schema")
    serve_schema(own_door, None, introspection=False)
    assert glomex("report", "-m", "revenue", *JUNE).code == 0


def test_types_of_other_names_are_no_change(glomex: Glomex, own_door: Gateway) -> None:
    expected = glomex("schema", "-f", "csv").out
    rows = glomex("report", "-d", "video", *JUNE).out
    serve_schema(own_door, RENAMED)
    assert glomex("schema", "--refresh", "-f", "csv").out == expected
    assert glomex("report", "-d", "video", *JUNE).out == rows


@pytest.mark.parametrize("is_known", [True, False])
def test_a_video_that_is_an_object_has_its_scalar_fields_as_columns(
    *, glomex: Glomex, own_door: Gateway, is_known: bool
) -> None:
    plain = json.loads(glomex("report", "-d", "video", *JUNE).out)
    if is_known:
        glomex("schema")
    own_door.app = object_app()
    done = glomex("report", "-d", "video", *JUNE)
    rows = json.loads(done.out)
    assert (done.code, done.err) == (0, "")
    assert list(rows[0]) == ["video", "video_title", "video_views", "ad_impressions"]
    assert [{n: v for n, v in row.items() if n != "video_title"} for row in rows] == plain
    assert all(row["video_title"] == TITLES[row["video"]] for row in rows)
    listed = json.loads(glomex("schema", "-f", "json").out)
    kinds = {row["name"]: row["type"] for row in listed if row["what"] == "dimension"}
    assert kinds["video"] == "object of title, id"
    assert kinds["day"] == "text"


def test_objects_are_sorted_compared_and_drawn_like_plain_ones(
    glomex: Glomex, own_door: Gateway
) -> None:
    own_door.app = object_app()
    argv = ("report", "-d", "video", *JUNE, "--sort", "video_title", "--compare", "previous")
    rows = json.loads(glomex(*argv).out)
    titles = [row["video_title"].casefold() for row in rows]
    assert titles == sorted(titles)
    assert all(row["video_views_previous"] for row in rows)
    drawn = glomex("report", "-d", "video", *JUNE, "--trend", "--limit", "3", "-f", "table")
    assert drawn.code == 0
    assert all(glyph in drawn.out for glyph in "█▁")


def test_a_video_that_is_plain_again_is_asked_for_plainly(
    glomex: Glomex, own_door: Gateway
) -> None:
    plain = glomex("report", "-d", "video", *JUNE).out
    own_door.app = object_app()
    assert "video_title" in glomex("report", "-d", "video", *JUNE).out
    serve_schema(own_door, None)
    assert glomex("report", "-d", "video", *JUNE).out == plain
