"""The figures of a whole range below a report: of medians and averages, which no sum gives."""

from collections.abc import Callable

from glomex_cli.models import Report, ReportRequest, Role, Row, TimeRange
from glomex_cli.reports.comparison import change_cells
from glomex_cli.reports.totals import kind_of


def with_wholes(
    report: Report,
    fetch: Callable[[ReportRequest], Report],
    request: ReportRequest,
    *,
    before: TimeRange | None = None,
) -> Report:
    """Return the report whose total has the service's own figure of what does not add up.

    `before` is the range it is compared with; then the change is that of the two figures.
    """
    names = tuple(
        column.name
        for column in report.columns
        if column.role is Role.METRIC
        and column.name in request.metrics
        and kind_of(column).adds_up is False
    )
    if not names or report.total is None:
        return report
    asked = request._replace(dimensions=(), metrics=names)
    now = _whole(fetch, asked)
    cells = {name: now.get(name) for name in names}
    if before is not None:
        then = _whole(fetch, asked._replace(period=before))
        for name in names:
            cells |= change_cells(name, now=now.get(name), before=then.get(name))
    return report._replace(total={**report.total, **cells})


def total_without_partial(report: Report, *, has_wholes: bool) -> str:
    """Return what of a compared total leaves out partial buckets, empty for nothing.

    Sums do; the service's own figures are of the whole range.
    """
    kinds = [kind_of(column) for column in report.columns if column.role is Role.METRIC]
    is_whole = has_wholes and any(kind.adds_up is False for kind in kinds)
    if is_whole and not any(kind.adds_up for kind in kinds):
        return ""
    return "the sums in the total" if is_whole else "the total"


def _whole(fetch: Callable[[ReportRequest], Report], request: ReportRequest) -> Row:
    nothing: Row = {}
    return next(iter(fetch(request).rows), nothing)
