"""The columns of a report, with their types and what each metric is.

Source: the account's schema, else the documented one.
"""

from collections.abc import Iterator

from glomex_cli.metrics import CellType, MetricKind
from glomex_cli.models import Bucket, Column, ReportRequest, ReportSchema, Role, Schema
from glomex_cli.services.glomex.schema import DOCUMENTED
from glomex_cli.services.learned import Shape

# GraphQL's own integer, and what services call one that exceeds its 32 bits.
_INTEGERS = frozenset(
    {"Int", "Long", "BigInt", "BigInteger", "Int64", "UnsignedInt", "NonNegativeInt", "PositiveInt"}
)
# The documented metrics, for where the account's schema is not known.
_COUNTS = frozenset({"video_views", "ad_impressions"})
_DATES = frozenset({Bucket.DAY, Bucket.WEEK, Bucket.MONTH})
_UNKNOWN = ReportSchema((), {})


def dimension_type(name: str) -> CellType:
    """Return the type of a dimension: dates for days and longer, text for ids and titles.

    >>> dimension_type("week"), dimension_type("video_title")
    (<CellType.DATE: 'date'>, <CellType.TEXT: 'text'>)
    """
    return CellType.DATE if name in _DATES else CellType.TEXT


def metric_type(name: str, known: ReportSchema) -> CellType:
    """Return the type of a metric: integer for a count, else number, which holds any count too.

    >>> metric_type("video_views", ReportSchema((), {})), metric_type("x", ReportSchema((), {}))
    (<CellType.INTEGER: 'integer'>, <CellType.NUMBER: 'number'>)
    """
    declared = known.metrics.get(name)
    if declared is None:
        return CellType.INTEGER if name in _COUNTS else CellType.NUMBER
    return CellType.INTEGER if declared.rstrip("!") in _INTEGERS else CellType.NUMBER


def told_kind(name: str, schema: Schema | None) -> MetricKind:
    """Return what a metric is, by the schema where it is known, else by our own table."""
    from glomex_cli.services.glomex.schema import kind_of_metric

    reports = (schema or DOCUMENTED).reports.values()
    told = next((each for each in reports if name in each.metrics), None)
    kind = told.kinds[name] if told and name in told.kinds else kind_of_metric(name)
    # A weight is fetched beside its metric, so it has to be one that the account has.
    offered = {metric for each in reports for metric in each.metrics}
    return kind if kind.weight in offered else kind._replace(weight="")


def columns_of(request: ReportRequest, shape: Shape, schema: Schema | None) -> tuple[Column, ...]:
    """Return the columns of dimensions with their titles, then of metrics and labels."""
    known = schema.reports.get(request.kind, _UNKNOWN) if schema else _UNKNOWN
    titles = {f"{name}_title" for name in request.dimensions if name in shape.titled}
    measured = (
        Column(name, Role.LABEL)
        if name in known.labels
        else Column(name, Role.METRIC, kind=told_kind(name, schema), type=metric_type(name, known))
        for name in request.metrics
        if name not in titles
    )
    return (*_dimension_columns(request, shape), *measured)


def _dimension_columns(request: ReportRequest, shape: Shape) -> Iterator[Column]:
    """Yield the columns of dimensions: of one that is an object, its id, then its title."""
    for name in request.dimensions:
        yield Column(name, Role.DIMENSION, type=dimension_type(name))
        if name in shape.titled:
            yield Column(f"{name}_title", Role.LABEL, type=dimension_type(f"{name}_title"))
