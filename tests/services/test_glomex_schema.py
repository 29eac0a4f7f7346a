"""A schema read from any introspection: the sandbox's, others', and answers that are none."""

import copy
from typing import Any

import pytest
from graphql import (
    build_schema,
    graphql_sync,  # pyright: ignore[reportUnknownVariableType] - its middleware is half typed
)
from hypothesis import given
from hypothesis import strategies as st

from glomex_cli.models import ReportKind, Schema
from glomex_cli.services.glomex.schema import schema_of
from glomex_cli.services.graphql.introspection import INTROSPECTION, TypeSystem, parse_types
from support.servers.object_app import OBJECTS, OWN, RENAMED, WITHOUT_IMPRESSIONS

OWNER, PUBLISHER = ReportKind.CONTENT_OWNER, ReportKind.PUBLISHER
SMALL = """
type Query {
  publisherAnalyticsReport(
    dimensions: [[D!]!]!, from: Date!, to: Date!, filters: F!
  ): Answer
  other(x: Int): Int
}
type Answer { rows: [Row!]! total: Int }
type Row {
  day: Date
  video: Video!
  views: BigCount!
  revenue: Float
  active: Boolean
  note: String
  state: State
}
type Video { name: String! key: ID! channel: Channel! tags: [String!] }
type Channel { id: ID }
enum D { video day }
enum State { ON OFF }
input F { ids: [ID!] state: State! least: Int age: Range }
input Range { from: Int to: Int }
scalar Date
scalar BigCount
"""
BARE_LIST = SMALL.replace("): Answer", "): [Row!]")


def told(text: str) -> dict[str, Any]:
    result = graphql_sync(build_schema(text), INTROSPECTION.text)
    assert not result.errors
    assert result.data
    return result.data


def types_of(text: str) -> TypeSystem:
    types = parse_types(told(text))
    assert types is not None
    return types


def read(text: str) -> Schema:
    schema = schema_of(types_of(text))
    assert schema is not None
    return schema


def test_dimensions_metrics_labels_filters_and_types_are_those_of_the_service() -> None:
    found = read(OWN).reports
    assert list(found) == [OWNER, PUBLISHER]
    assert found[OWNER].dimensions == ("video", "channel", "day", "week", "month")
    assert "integration" in found[PUBLISHER].dimensions
    assert found[OWNER].metrics["video_views"] == "Int"
    assert found[OWNER].metrics["revenue"] == "Float"
    assert found[OWNER].labels == {"video_title": "String", "channel_title": "String"}
    assert found[OWNER].filters == {}
    assert found[PUBLISHER].filters == dict.fromkeys(["video", "channel", "integration"], "String")
    assert not found[OWNER].parts


def test_dimensions_that_are_texts_are_those_that_rows_and_filters_show() -> None:
    text = """
    type Query { publisherAnalyticsReport(dimensions: [String!]!, filters: F): [Row!]! }
    type Row {
      day: String week: String video: String channel: String integration: String
      currency: String views: Int
    }
    input F { integration: String views: Int currencyCode: String }
    """
    known = read(text).reports[PUBLISHER]
    assert known.dimensions == ("video", "channel", "day", "week", "integration")
    assert (list(known.metrics), list(known.labels)) == (["views"], ["currency"])


def test_what_the_types_are_called_is_no_matter() -> None:
    assert RENAMED != OWN
    assert "enum CODim" in RENAMED
    assert read(RENAMED) == read(OWN)


@pytest.mark.parametrize("text", [SMALL, BARE_LIST])
def test_unlike_types_are_read_as_what_they_are(text: str) -> None:
    reports = read(text).reports
    assert list(reports) == [PUBLISHER]
    found = reports[PUBLISHER]
    assert found.dimensions == ("video", "day")
    assert found.metrics == {"views": "BigCount!", "revenue": "Float"}
    assert found.labels == {"active": "Boolean", "note": "String", "state": "State"}
    assert found.filters == {
        "ids": "[ID]",
        "state": "enum State!",
        "least": "Int",
        "age": "Range",
    }
    assert found.parts == {"video": ("name", "key", "tags")}


def test_of_an_object_the_scalar_fields_are_asked_for() -> None:
    assert read(OBJECTS).reports[OWNER].parts == {"video": ("title", "id")}


def test_a_metric_that_comes_or_goes_is_seen() -> None:
    metrics = read(WITHOUT_IMPRESSIONS).reports[OWNER].metrics
    assert "ad_impressions" not in metrics
    assert "ad_impression_count" in metrics


def test_a_service_without_reports_has_no_schema() -> None:
    assert schema_of(types_of("type Query { a: Int }")) is None


@pytest.mark.parametrize(
    "data", [{}, {"__schema": None}, {"__schema": []}, {"__schema": {"types": []}}]
)
def test_what_is_no_introspection_is_none(data: dict[str, Any]) -> None:
    assert parse_types(data) is None


def test_a_name_that_graphql_cannot_spell_is_shown_to_nobody() -> None:
    data = copy.deepcopy(told(SMALL))
    row = next(each for each in data["__schema"]["types"] if each["name"] == "Row")
    row["fields"][2]["name"] = "views\x1b]0;title\x07"
    assert parse_types(data) is None


TOLD = told(SMALL)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=4,
)


def places(value: Any) -> list[tuple[Any, Any]]:
    """Return each container in a JSON value with each of its keys."""
    kind = type(value).__name__  # the name, since the type itself would hide what Any allows
    keys: list[Any] = []
    if kind in {"dict", "list"}:
        keys = list(value if kind == "dict" else range(len(value)))
    inner = [place for key in keys for place in places(value[key])]
    return [(value, key) for key in keys] + inner


@given(st.data())
def test_an_answer_spoilt_anywhere_gives_a_schema_or_none_and_never_fails(
    data: st.DataObject,
) -> None:
    spoilt = copy.deepcopy(TOLD)
    for _ in range(3):
        found = places(spoilt)
        container, key = found[data.draw(st.integers(0, len(found) - 1))]
        container[key] = data.draw(JSON)
    types = parse_types(spoilt)
    schema = schema_of(types) if types else None
    if schema:
        for report in schema.reports.values():
            assert all(isinstance(name, str) for name in (*report.dimensions, *report.metrics))
