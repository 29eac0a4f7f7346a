"""The dimensions there are, their values, and the elements of traces."""

from collections import Counter
from collections.abc import Iterable, Mapping

from glomex_cli.sandbox.mux.aggregation import weights
from glomex_cli.sandbox.mux.catalog import METRICS
from glomex_cli.sandbox.mux.dimensions import ADVANCED, BASIC, TRACES
from glomex_cli.sandbox.mux.errors import invalid
from glomex_cli.sandbox.mux.parameters import PAGED
from glomex_cli.sandbox.mux.population import elements, values
from glomex_cli.sandbox.mux.scope import Scope, dimension_of

PARAMETERS = PAGED
ELEMENT_PARAMETERS = PAGED | {"order_by", "order_direction"}
_ORDERS = ("negative_impact", "value", "views", "field")
_QUALITY = METRICS["viewer_experience_score"]  # counts views at their end


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
