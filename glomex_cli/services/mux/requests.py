"""The questions of a report: which paths are asked for, with which parameters. No effects."""

from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

from glomex_cli.models import Bucket
from glomex_cli.services.mux.client import PathQuestion
from glomex_cli.services.mux.metrics import Asked
from glomex_cli.services.mux.timeframes import Timeframe

PAGE = 100
WHOAMI = PathQuestion("/system/v1/whoami")
DIMENSIONS = PathQuestion("/data/v1/dimensions")
Parameters: TypeAlias = tuple[tuple[str, str], ...]
# By name, so that a page does not change while others are read.
_BY_FIELD = (("order_by", "field"), ("order_direction", "asc"))
_BY_VIEWS = (("order_by", "views"), ("order_direction", "desc"))


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
    return _question(source, "timeseries", within, filters).with_parameters(
        ("group_by", bucket.value), ("order_direction", "asc")
    )


def overall_question(source: MuxSource, within: Timeframe, filters: Parameters) -> PathQuestion:
    """Return the question for the one figure of a range."""
    return _question(source, "overall", within, filters)


def page_question(
    source: MuxSource, within: Timeframe, dimension: str, filters: Parameters, *, page: int
) -> PathQuestion:
    """Return the question for a page of the values of a dimension, in the order of names."""
    return _question(source, "breakdown", within, filters).with_parameters(
        ("group_by", dimension), *_BY_FIELD, ("limit", str(PAGE)), ("page", str(page))
    )


def top_question(
    source: MuxSource, within: Timeframe, dimension: str, filters: Parameters, *, count: int
) -> PathQuestion:
    """Return the question for the values of a dimension that most views have."""
    return _question(source, "breakdown", within, filters).with_parameters(
        ("group_by", dimension), *_BY_VIEWS, ("limit", str(count)), ("page", "1")
    )


def ranked_question(
    source: MuxSource, within: Timeframe, dimension: str, filters: Parameters, *, part: RankedPage
) -> PathQuestion:
    """Return the question for a page of the values of a dimension, in the order of figures."""
    return _question(source, "breakdown", within, filters).with_parameters(
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


def _question(source: MuxSource, view: str, within: Timeframe, filters: Parameters) -> PathQuestion:
    measured = (("measurement", source.measurement),) if source.measurement else ()
    path = f"/data/v1/metrics/{source.ident}/{view}"
    return PathQuestion(path, (*within.parameters, *filters, *measured))
