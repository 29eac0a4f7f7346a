"""Which path is answered by what, and which parameters it takes."""

from collections.abc import Callable, Mapping

from glomex_cli.sandbox.mux import breakdown, comparison, dimension_values, insights, timeseries
from glomex_cli.sandbox.mux.catalog import Metric
from glomex_cli.sandbox.mux.errors import not_found
from glomex_cli.sandbox.mux.options import MuxOptions
from glomex_cli.sandbox.mux.parameters import read_parameters
from glomex_cli.sandbox.mux.scope import Scope, metric_of, scope_of
from glomex_cli.sandbox.mux.traffic import Clock

_Body = Mapping[str, object]
_METRIC_VIEWS: Mapping[str, tuple[Callable[[Scope, Metric], _Body], frozenset[str]]] = {
    "timeseries": (timeseries.timeseries, timeseries.PARAMETERS),
    "breakdown": (breakdown.breakdown, breakdown.PARAMETERS),
    "overall": (breakdown.overall, breakdown.OVERALL_PARAMETERS),
    "insights": (insights.insights, insights.PARAMETERS),
}


def answer_data(path: list[str], query: str, options: MuxOptions, clock: Clock) -> _Body:
    """Answer a path below `/data/v1`, or raise RefusedError."""

    def scope(allowed: frozenset[str]) -> Scope:
        return scope_of(read_parameters(query, allowed), options, clock)

    match path:
        case ["metrics", "comparison"]:
            return comparison.comparison(scope(comparison.PARAMETERS))
        case ["metrics", ident, view] if view in _METRIC_VIEWS:
            answer, allowed = _METRIC_VIEWS[view]
            return answer(scope(allowed), metric_of(ident))
        case ["dimensions"]:
            return dimension_values.dimensions(scope(frozenset()))
        case ["dimensions", name]:
            return dimension_values.dimension_values(scope(dimension_values.PARAMETERS), name)
        case ["dimensions", name, "elements"]:
            return dimension_values.trace_elements(scope(dimension_values.ELEMENT_PARAMETERS), name)
        case _:
            raise not_found()
