"""The questions of a report: which paths are asked for, with which parameters. No effects.

Filters are on dimensions, on traces of several values, and on metrics. Paths that a person asks
for come by `glomex query`.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, TypeAlias

from glomex_cli.errors import UsageError
from glomex_cli.models import Bucket, Filter, Json
from glomex_cli.services.mux.client import PathQuestion
from glomex_cli.services.mux.metrics import Asked
from glomex_cli.services.mux.timeframes import Timeframe
from glomex_cli.suggestions import quoted

METRIC_OPERATORS = (">=", "<=", ">", "<")
_SIGNS = {"=": "", "!=": "!", "+=": "+", "-=": "-"}
_TRACE_END = "_trace"
# A path and its query (RFC 3986), without dots that lead out of it; it cannot name a host.
_PATH = re.compile(
    r"/(?!/)[A-Za-z0-9._~!$&'()*+,;=:@%/-]*(?:\?[A-Za-z0-9._~!$&'()*+,;=:@%/?\[\]-]*)?"
)
_UPWARD = re.compile(r"(?:^|/)(?:\.|%2e){1,2}(?:/|$)", re.IGNORECASE)
_EXAMPLE = "glomex query '/data/v1/metrics/views/overall' --var 'timeframe[]=7:days'"
PAGE = 100
WHOAMI = PathQuestion("/system/v1/whoami")
DIMENSIONS = PathQuestion("/data/v1/dimensions")
Parameters: TypeAlias = tuple[tuple[str, str], ...]
# By name, so that a page does not change while others are read.
_BY_FIELD = (("order_by", "field"), ("order_direction", "asc"))
_BY_VIEWS = (("order_by", "views"), ("order_direction", "desc"))


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
    if one.op in METRIC_OPERATORS:
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


def parse_questions(text: str, variables: dict[str, Json]) -> list[PathQuestion]:
    """Return the paths of `text`, one a line, each with the variables as further parameters.

    Raises UsageError for what is no path below the endpoint: the token is sent nowhere else.
    """
    more = tuple(_parameters(variables))
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not lines:
        raise UsageError("there is no path to request", _EXAMPLE)
    return [_question(line, more) for line in lines]


def _question(line: str, more: tuple[tuple[str, str], ...]) -> PathQuestion:
    path, _, query = line.partition("?")
    if not _PATH.fullmatch(line) or _UPWARD.search(path):
        raise UsageError(f"{quoted(line)} is not a path of this service", _EXAMPLE)
    return PathQuestion(path, more, query)


def _parameters(variables: dict[str, Json]) -> Iterator[tuple[str, str]]:
    for name, value in variables.items():
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, (dict, list)):
                raise UsageError(f"the variable {quoted(name)} is not a single value", _EXAMPLE)
            yield name, _text(each)


def _text(value: str | float | None) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)


class MuxSource(NamedTuple):
    """What one line of requests measures: a metric, and a measurement unless it is the usual."""

    ident: str
    measurement: str = ""


class RankedPage(NamedTuple):
    """A page of a breakdown in the order `by` "value" or "views"; pages count from 1."""

    by: str
    descending: bool
    size: int
    page: int = 1


def sources_of(metrics: Sequence[Asked]) -> dict[str, MuxSource]:
    """Return the source of each metric by its name; views come with the values, if those are asked.

    >>> from glomex_cli.services.mux.metrics import parse_metric
    >>> asked = [parse_metric("seek_latency:95th"), parse_metric("seek_latency:views")]
    >>> len(set(sources_of(asked).values()))
    1
    """
    valued = {each.ident: MuxSource(each.ident, each.sent) for each in metrics if not each.is_views}
    return {
        each.name: valued.get(each.ident, MuxSource(each.ident))
        if each.is_views
        else MuxSource(each.ident, each.sent)
        for each in metrics
    }


def series_question(
    source: MuxSource, within: Timeframe, bucket: Bucket, filters: Parameters
) -> PathQuestion:
    """Return the question for the buckets of a range."""
    return _question_of(source, "timeseries", within, filters).with_parameters(
        ("group_by", bucket.value), ("order_direction", "asc")
    )


def overall_question(source: MuxSource, within: Timeframe, filters: Parameters) -> PathQuestion:
    """Return the question for the one figure of a range."""
    return _question_of(source, "overall", within, filters)


def page_question(
    source: MuxSource, within: Timeframe, dimension: str, filters: Parameters, *, page: int
) -> PathQuestion:
    """Return the question for a page of the values of a dimension, in the order of names."""
    return _question_of(source, "breakdown", within, filters).with_parameters(
        ("group_by", dimension), *_BY_FIELD, ("limit", str(PAGE)), ("page", str(page))
    )


def top_question(
    source: MuxSource, within: Timeframe, dimension: str, filters: Parameters, *, count: int
) -> PathQuestion:
    """Return the question for the values of a dimension that most views have."""
    return _question_of(source, "breakdown", within, filters).with_parameters(
        ("group_by", dimension), *_BY_VIEWS, ("limit", str(count)), ("page", "1")
    )


def ranked_question(
    source: MuxSource, within: Timeframe, dimension: str, filters: Parameters, *, part: RankedPage
) -> PathQuestion:
    """Return the question for a page of the values of a dimension, in the order of figures."""
    return _question_of(source, "breakdown", within, filters).with_parameters(
        ("group_by", dimension),
        ("order_by", part.by),
        ("order_direction", "desc" if part.descending else "asc"),
        ("limit", str(part.size)),
        ("page", str(part.page)),
    )


def values_question(dimension: str, within: Timeframe, *, page: int) -> PathQuestion:
    """Return the question for a page of the values that a dimension has."""
    paging = (("limit", str(PAGE)), ("page", str(page)))
    return PathQuestion(f"/data/v1/dimensions/{dimension}", (*within.parameters, *paging))


def _question_of(
    source: MuxSource, view: str, within: Timeframe, filters: Parameters
) -> PathQuestion:
    measured = (("measurement", source.measurement),) if source.measurement else ()
    path = f"/data/v1/metrics/{source.ident}/{view}"
    return PathQuestion(path, (*within.parameters, *filters, *measured))
