"""All metrics of one range side by side, with their units."""

from collections.abc import Mapping

from glomex_cli.sandbox.mux.catalog import METRICS, Metric
from glomex_cli.sandbox.mux.errors import invalid
from glomex_cli.sandbox.mux.filters import passing
from glomex_cli.sandbox.mux.parameters import LISTS
from glomex_cli.sandbox.mux.rows import Cells, totals
from glomex_cli.sandbox.mux.scope import Scope, dimension_of

PARAMETERS = LISTS | {"dimension", "value"}
_VIEWS, _VIEWERS = METRICS["views"], METRICS["unique_viewers"]
_QUALITY = METRICS["viewer_experience_score"]  # counts views at their end


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
