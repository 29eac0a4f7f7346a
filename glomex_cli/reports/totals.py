"""The totals below a report: sums of what adds up, the figure of the whole range for the rest.

Medians and averages have no sum, so their whole range is asked for.
"""

import math
from collections.abc import Callable, Sequence

from glomex_cli.metrics import MetricKind, guess_kind
from glomex_cli.models import Cell, Column, Report, ReportRequest, Role, Row, TimeRange
from glomex_cli.reports.comparison import CHANGE, PREVIOUS, change_cells
from glomex_cli.services.normalize import numeric

TOTAL_LABEL = "total"
_NOT_ADDED = "-"


def kind_of(column: Column) -> MetricKind:
    """Return what the metric in a column is: as the service says, else by its name."""
    return column.kind or guess_kind(column.name)


def add_up(kind: MetricKind, cells: Sequence[Cell]) -> float | None:
    """Return the sum of what is there: exact for integers, None where nothing may be added.

    Text that is no number among the cells makes the sum unknown, not smaller.
    """
    present = [cell for cell in cells if cell is not None]
    numbers = [number for cell in present if (number := numeric(cell)) is not None]
    if not kind.adds_up or not numbers or len(numbers) < len(present):
        return None
    if all(isinstance(number, int) for number in numbers):
        return sum(numbers)
    return _float_sum(numbers)


def total_of(
    report: Report, *, limit: int | None = None, say: Callable[[str], None] = lambda _: None
) -> Report:
    """Return the report with a total: a sum below each metric that adds up, blank elsewhere.

    A metric of which nobody knows whether it adds up has `-`, and `say` is told so. A change
    and its percentage come from the totals themselves. The first column, of a dimension or its
    title, says `total`, with the number of rows where only `limit` of them will be shown. Rows
    are read, so a stream ends here.
    """
    rows = list(report.rows)
    cells: dict[str, Cell] = dict.fromkeys(column.name for column in report.columns)
    for column in report.columns[:1]:
        if column.role in {Role.DIMENSION, Role.LABEL}:
            is_cut = limit is not None and limit < len(rows)
            cells[column.name] = f"{TOTAL_LABEL} ({len(rows):,})" if is_cut else TOTAL_LABEL
    unknown = [c.name for c in report.columns if c.role is Role.METRIC and _is_unknown(c)]
    compared = [c.name.removesuffix(CHANGE) for c in report.columns if c.role is Role.CHANGE]
    for column in report.columns:
        if column.role is Role.METRIC:
            cells[column.name] = add_up(kind_of(column), [row.get(column.name) for row in rows])
    for name in compared:
        cells |= change_cells(name, now=cells[name], before=cells[name + PREVIOUS])
    cells |= dict.fromkeys(unknown, _NOT_ADDED)
    earlier = {name + PREVIOUS for name in compared}
    if named := [name for name in unknown if name not in earlier]:
        say(f"no total of {', '.join(named)}: it is unknown whether it can be added up")
    odd = [column.name for column in report.columns if _has_text(column, rows)]
    cells |= dict.fromkeys(odd, _NOT_ADDED)
    if odd:
        say(f"no total of {', '.join(odd)}: not every value is a number")
    return report._replace(rows=rows, total=cells)


def _is_unknown(column: Column) -> bool:
    return kind_of(column).adds_up is None


def _has_text(column: Column, rows: Sequence[Row]) -> bool:
    """Return whether a metric that adds up has a value which is no number."""
    if column.role is not Role.METRIC or not kind_of(column).adds_up:
        return False
    cells = (row.get(column.name) for row in rows)
    return any(cell is not None and numeric(cell) is None for cell in cells)


def _float_sum(numbers: Sequence[float]) -> float | None:
    try:
        return math.fsum(numbers)
    except OverflowError:
        return None


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
