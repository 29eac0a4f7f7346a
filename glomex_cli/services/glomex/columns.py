"""The columns of a report, with what each metric is: by the schema, else by our own table."""

from collections.abc import Iterator

from glomex_cli.metrics import MetricKind
from glomex_cli.models import Column, ReportRequest, ReportSchema, Role, Schema
from glomex_cli.services.glomex.cell_types import dimension_type, metric_type
from glomex_cli.services.glomex.schema import DOCUMENTED
from glomex_cli.services.report_shape import Shape

_UNKNOWN = ReportSchema((), {})


def told_kind(name: str, schema: Schema | None) -> MetricKind:
    """Return what a metric is, by the schema where it is known, else by our own table."""
    from glomex_cli.services.glomex.metrics import kind_of_metric

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
