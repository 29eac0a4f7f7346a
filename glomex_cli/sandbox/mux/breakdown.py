"""A metric by the values of a dimension, in pages; all metrics side by side; insights; values."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping

from glomex_cli.sandbox.mux.access import invalid
from glomex_cli.sandbox.mux.aggregation import weights
from glomex_cli.sandbox.mux.catalog import ADVANCED, BASIC, METRICS, TRACES, Metric
from glomex_cli.sandbox.mux.parameters import LISTS, PAGED, passing
from glomex_cli.sandbox.mux.rows import Cells, Row, harm, totals
from glomex_cli.sandbox.mux.scope import Scope, dimension_of, measurement_of
from glomex_cli.sandbox.mux.traffic import elements, values

PARAMETERS = PAGED | {"measurement", "group_by", "order_by", "order_direction"}
OVERALL_PARAMETERS = LISTS | {"measurement"}
COMPARISON_PARAMETERS = LISTS | {"dimension", "value"}
_VIEWS, _VIEWERS = METRICS["views"], METRICS["unique_viewers"]
_QUALITY = METRICS["viewer_experience_score"]  # counts views at their end
INSIGHTS_PARAMETERS = LISTS | {"measurement", "order_direction"}
_SEARCHED = (
    "browser",
    "cdn",
    "country",
    "operating_system",
    "player_name",
    "video_title",
    "viewer_device_category",
)
_MOST = 50
DIMENSION_VALUES_PARAMETERS = PAGED
ELEMENT_PARAMETERS = PAGED | {"order_by", "order_direction"}
_ORDERS = ("negative_impact", "value", "views", "field")


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


def comparison(scope: Scope) -> Mapping[str, object]:
    """Return the answer: the totals, then every group of metrics under its first."""
    scope = _narrowed(scope)
    groups: dict[str, list[Metric]] = {}
    for metric in METRICS.values():
        groups.setdefault(metric.group, []).append(metric)
    entries = [_group(scope, metrics) for metrics in groups.values()]
    return scope.rounded_answer([_totals(scope), *entries], len(entries) + 1)


def _narrowed(scope: Scope) -> Scope:
    """Return the scope for one value of a dimension, where the request names both."""
    dimension, value = scope.parameters.text("dimension"), scope.parameters.text("value")
    if (dimension is None) != (value is None):
        raise invalid("dimension and value must be given together")
    if dimension is None:
        return scope
    only = passing((f"{dimension_of(dimension)}:{value}",), ())
    keep = tuple(kept * one for kept, one in zip(scope.keep, only, strict=True))
    return Scope(scope.parameters, scope.options, scope.clock, scope.timeframe, keep)


def _totals(scope: Scope) -> Mapping[str, object]:
    started = Cells(scope, _VIEWS, "count").whole()
    ended = Cells(scope, _QUALITY, "avg").whole()
    viewers = Cells(scope, _VIEWERS, "count").whole()
    times = totals(started)
    return {
        "name": "totals",
        "view_count": ended.views if ended else 0,
        "started_views": started.views if started else 0,
        "ended_views": ended.views if ended else 0,
        "unique_viewers": viewers.value if viewers else 0,
        "watch_time": times["total_watch_time"],
        "total_playing_time": times["total_playing_time"],
    }


def _group(scope: Scope, metrics: list[Metric]) -> Mapping[str, object]:
    first, *others = (_item(scope, metric) for metric in metrics)
    return {**first, "items": others} if others else first


def _item(scope: Scope, metric: Metric) -> Mapping[str, object]:
    row = Cells(scope, metric, metric.default).whole()
    return {
        "name": metric.title,
        "metric": metric.ident,
        "measurement": metric.default,
        "type": metric.unit.value,
        "value": row.value if row else None,
    }


def insights(scope: Scope, metric: Metric) -> Mapping[str, object]:
    """Return the answer: up to 50 values, the most harmful first; `order_direction` is ignored."""
    scope.parameters.choice("order_direction", ("asc", "desc"), "asc")
    cells = Cells(scope, metric, measurement_of(metric, scope.parameters))
    whole = cells.whole()
    found = [(name, row) for name in _SEARCHED for row in cells.by(name)] if whole else []
    entries = [_insights_entry(name, row, whole, metric) for name, row in found if whole]
    entries.sort(key=lambda entry: float(str(entry["negative_impact_score"])))
    body = scope.rounded_answer(entries[:_MOST], len(entries[:_MOST]))
    return scope.with_meta(body, metric, scope.timeframe.granularity)


def _insights_entry(name: str, row: Row, whole: Row, metric: Metric) -> Mapping[str, object]:
    return {
        "filter_column": name,
        "filter_value": row.field,
        "metric": row.value,
        "negative_impact_score": -round(harm(row, whole, metric), 3),
        "total_views": row.views,
        **totals(row),
    }


def dimensions(scope: Scope) -> Mapping[str, object]:
    """Return the answer that lists the dimensions, basic and advanced."""
    data = {"basic": list(BASIC), "advanced": list(ADVANCED)}
    return scope.answer(data, None, scope.timeframe)


def dimension_values(scope: Scope, name: str) -> Mapping[str, object]:
    """Return the answer: a page of the values of a dimension, most views first."""
    counted: Counter[str | None] = Counter()
    for value, views in zip(values(dimension_of(name)), _views(scope), strict=True):
        counted[value] += views
    return _answer(scope, _ordered(counted))


def trace_elements(scope: Scope, name: str) -> Mapping[str, object]:
    """Return the answer: a page of the elements of a trace, with the views that have them."""
    if dimension_of(name) not in TRACES:
        raise invalid(f"{name} has no elements")
    counted: Counter[str | None] = Counter()
    for trace, views in zip(elements(name), _views(scope), strict=True):
        for element in set(trace):
            counted[element] += views
    rows = _ordered(counted)
    if scope.parameters.choice("order_by", _ORDERS, "views") == "field":
        rows.sort(key=lambda row: row[0] or "")
    if scope.parameters.choice("order_direction", ("asc", "desc"), "desc") == "asc":
        rows.reverse()
    return _answer(scope, rows)


def _views(scope: Scope) -> Iterable[int]:
    """Return the number of views of each cell in the range."""
    counts = weights(scope.segments(_QUALITY, scope.timeframe.outward()))
    return (kept * count for kept, count in zip(scope.keep, counts, strict=True))


def _ordered(counted: Mapping[str | None, int]) -> list[tuple[str | None, int]]:
    rows = [(value, views) for value, views in counted.items() if views]
    return sorted(rows, key=lambda row: (-row[1], row[0] is not None, row[0] or ""))


def _answer(scope: Scope, rows: list[tuple[str | None, int]]) -> Mapping[str, object]:
    page = [{"value": value, "total_count": scope.text(views)} for value, views in rows]
    return scope.rounded_answer(scope.page(page), len(rows))
