"""A metric by the values of a dimension, in pages; and the same without a dimension."""

from collections.abc import Callable, Mapping

from glomex_cli.sandbox.mux.catalog import Metric
from glomex_cli.sandbox.mux.errors import invalid
from glomex_cli.sandbox.mux.parameters import LISTS, PAGED
from glomex_cli.sandbox.mux.rows import Cells, Row, harm, totals
from glomex_cli.sandbox.mux.scope import Scope, dimension_of, measurement_of

PARAMETERS = PAGED | {"measurement", "group_by", "order_by", "order_direction"}
OVERALL_PARAMETERS = LISTS | {"measurement"}


def breakdown(scope: Scope, metric: Metric) -> Mapping[str, object]:
    """Return the answer: a page of rows, by default those that harm the metric most first."""
    dimension = scope.parameters.text("group_by")
    if dimension is None:
        raise invalid("group_by is required")
    cells = Cells(scope, metric, measurement_of(metric, scope.parameters))
    rows = cells.by(dimension_of(dimension))
    ranks = _ranks(rows, cells.whole(), metric)
    page = scope.page([_entry(scope, row, ranks[row.field]) for row in _sorted(scope, rows, ranks)])
    body = scope.rounded_answer(page, len(rows))
    return scope.with_meta(body, metric, scope.timeframe.granularity)


def overall(scope: Scope, metric: Metric) -> Mapping[str, object]:
    """Return the answer: one value for the whole range, null or 0 where there are no views."""
    measurement = measurement_of(metric, scope.parameters)
    whole = Cells(scope, metric, measurement).whole()
    nothing = 0 if metric.adds_up(measurement) else None
    data = {
        "value": whole.value if whole else nothing,
        "total_views": scope.text(whole.views if whole else 0),
        **totals(whole),
    }
    body = scope.rounded_answer(data, None)
    return scope.with_meta(body, metric, scope.timeframe.granularity)


def _ranks(rows: list[Row], whole: Row | None, metric: Metric) -> Mapping[str | None, int]:
    """Return the negative impact of each row: 1 harms the metric most."""
    if whole is None:
        return {}
    ordered = sorted(rows, key=lambda row: (-harm(row, whole, metric), _by_field(row)))
    return {row.field: rank for rank, row in enumerate(ordered, start=1)}


def _sorted(scope: Scope, rows: list[Row], ranks: Mapping[str | None, int]) -> list[Row]:
    keys: dict[str, Callable[[Row], float | tuple[bool, str]]] = {
        "negative_impact": lambda row: ranks[row.field],
        "value": lambda row: row.value,
        "views": lambda row: row.views,
        "field": _by_field,
    }
    key = keys[scope.parameters.choice("order_by", keys, "negative_impact")]
    direction = scope.parameters.choice("order_direction", ("asc", "desc"), "asc")
    rows = sorted(rows, key=_by_field)
    return sorted(rows, key=key, reverse=direction == "desc")


def _entry(scope: Scope, row: Row, rank: int) -> Mapping[str, object]:
    return {
        "field": row.field,
        "value": row.value,
        "views": row.views,
        "negative_impact": scope.text(rank),
        **totals(row),
    }


def _by_field(row: Row) -> tuple[bool, str]:
    """Sort null before the empty name, and both before the others."""
    return (row.field is not None, row.field or "")
