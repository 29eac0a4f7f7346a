"""What a service may get wrong in an answer that is well formed otherwise."""

from collections.abc import Callable, Mapping
from typing import Any

from graphql import GraphQLError

from glomex_cli.sandbox.request import is_list, is_object
from glomex_cli.sandbox.variants.variant import Variant

_NEW_NAMES = {"video_views": "views"}


def flawed_data(data: Any, variant: Variant) -> tuple[Any, list[GraphQLError]]:
    """Return data as the variant sends it, with the errors that it sends beside it."""
    if not is_object(data):
        return data, []
    if "__schema" in data:
        return _schema(data, variant)
    match variant.rows.flaw:
        case "extra":
            return _each_row(data, _extended), []
        case "unnamed":
            return _each_row(data, _renamed), []
        case "other-report":
            return {**_others(data), **data}, []
        case _:
            return data, []


def _schema(data: Mapping[str, Any], variant: Variant) -> tuple[Any, list[GraphQLError]]:
    if variant.introspection == "null":
        return {"__schema": None}, []
    if variant.introspection != "partial":
        return data, []
    types = [None if str(each.get("name")).endswith("Row") else each for each in _types(data)]
    problem = GraphQLError("Could not resolve type.", path=["__schema", "types", 0])
    return {"__schema": {**data["__schema"], "types": types}}, [problem]


def _types(data: Mapping[str, Any]) -> list[Any]:
    return data["__schema"].get("types") or []


def _each_row(value: object, change: Callable[[Mapping[str, object]], object]) -> object:
    """Return the data with each object that holds figures changed."""
    if is_list(value):
        return [_each_row(each, change) for each in value]
    if not is_object(value):
        return value
    deep = {name: _each_row(each, change) for name, each in value.items()}
    return change(deep) if "video_views" in value or "ad_impressions" in value else deep


def _extended(row: Mapping[str, object]) -> dict[str, object]:
    return {**row, "__version": 3, "currency": "EUR"}


def _renamed(row: Mapping[str, object]) -> dict[str, object]:
    return {_NEW_NAMES.get(name, name): value for name, value in row.items()}


def _others(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the answer to a report that nobody asked for."""
    day = {"day": "2001-01-01", "video_views": 7, "ad_impressions": 3}
    is_report = any(name.endswith("AnalyticsReport") for name in data)
    return {"cachedAnalyticsReport": {"rows": [day]}} if is_report else {}
