"""Filters as Mux writes them: on dimensions, on traces of several values, and on metrics."""

from collections.abc import Iterable

from glomex_cli.errors import UsageError
from glomex_cli.models import Filter
from glomex_cli.suggestions import quoted

_METRIC_OPERATORS = (">=", "<=", ">", "<")
_SIGNS = {"=": "", "!=": "!", "+=": "+", "-=": "-"}
_TRACE_END = "_trace"


def filter_parameters(filters: Iterable[Filter]) -> tuple[tuple[str, str], ...]:
    """Return the parameters of filters; UsageError for a threshold that is no number.

    A dimension that is given twice is met by either value. Only the first colon separates, so a
    value may hold more.

    >>> filter_parameters([Filter("country", "!=", "DE")])
    (('filters[]', '!country:DE'),)
    """
    return tuple(map(_parameter, filters))


def filter_on(dimension: str, value: str) -> tuple[str, str]:
    """Return the parameter that keeps one value of a dimension.

    >>> filter_on("video_cdn_trace", "fastly")
    ('filters[]', 'video_cdn_trace:[fastly]')
    """
    is_bare_trace = dimension.endswith(_TRACE_END) and not value.startswith("[")
    return "filters[]", f"{dimension}:[{value}]" if is_bare_trace else f"{dimension}:{value}"


def _parameter(one: Filter) -> tuple[str, str]:
    if one.op in _METRIC_OPERATORS:
        return "metric_filters[]", f"{one.name}{one.op}{_number(one)}"
    if one.op == "=":
        return filter_on(one.name, one.value)
    return "filters[]", f"{_SIGNS[one.op]}{one.name}:{one.value}"


def _number(one: Filter) -> str:
    try:
        float(one.value)
    except ValueError:
        raise UsageError(
            f"--filter {one.name}{one.op} needs a number, not {quoted(one.value)}",
            f"such as --filter '{one.name}{one.op}1000'",
        ) from None
    return one.value
