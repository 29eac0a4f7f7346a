"""What harms a metric most, looked for in the values of many dimensions."""

from collections.abc import Mapping

from glomex_cli.sandbox.mux.catalog import Metric
from glomex_cli.sandbox.mux.parameters import LISTS
from glomex_cli.sandbox.mux.rows import Cells, Row, harm, totals
from glomex_cli.sandbox.mux.scope import Scope, measurement_of

PARAMETERS = LISTS | {"measurement", "order_direction"}
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


def insights(scope: Scope, metric: Metric) -> Mapping[str, object]:
    """Return the answer: up to 50 values, the most harmful first; `order_direction` is ignored."""
    scope.parameters.choice("order_direction", ("asc", "desc"), "asc")
    cells = Cells(scope, metric, measurement_of(metric, scope.parameters))
    whole = cells.whole()
    found = [(name, row) for name in _SEARCHED for row in cells.by(name)] if whole else []
    entries = [_entry(name, row, whole, metric) for name, row in found if whole]
    entries.sort(key=lambda entry: float(str(entry["negative_impact_score"])))
    body = scope.rounded_answer(entries[:_MOST], len(entries[:_MOST]))
    return scope.with_meta(body, metric, scope.timeframe.granularity)


def _entry(name: str, row: Row, whole: Row, metric: Metric) -> Mapping[str, object]:
    return {
        "filter_column": name,
        "filter_value": row.field,
        "metric": row.value,
        "negative_impact_score": -round(harm(row, whole, metric), 3),
        "total_views": row.views,
        **totals(row),
    }
