"""Compare two reports of the same question over different days: `--compare`."""

from collections import defaultdict, deque
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple, TypeAlias

from glomex_cli.dates.bucket_reader import readable_start
from glomex_cli.dates.buckets import (
    bucket_label,
    bucket_of,
    dimension_names,
    metric_names,
    written_day,
)
from glomex_cli.dates.comparison import Comparison
from glomex_cli.metrics import CellType, guess_kind
from glomex_cli.models import Bucket, Cell, Column, Problem, Report, Role, Row
from glomex_cli.services.normalize import numeric

PREVIOUS = "_previous"


CHANGE = "_change"


PERCENT = "_change_percent"


def change_columns(metric: Column) -> tuple[Column, ...]:
    """Return a metric's column, then its earlier value, change and change in percent."""
    kind = metric.kind or guess_kind(metric.name)
    return (
        metric._replace(kind=kind),
        Column(metric.name + PREVIOUS, Role.METRIC, "previous", kind, metric.type),
        Column(metric.name + CHANGE, Role.CHANGE, "change", kind, metric.type),
        Column(metric.name + PERCENT, Role.PERCENT, "%", kind, CellType.NUMBER),
    )


def change_cells(name: str, *, now: Cell, before: Cell) -> Row:
    """Return the cells of a metric's four columns.

    >>> change_cells("views", now=90, before=80)
    {'views': 90, 'views_previous': 80, 'views_change': 10, 'views_change_percent': 12.5}
    """
    return {
        name: now,
        name + PREVIOUS: before,
        name + CHANGE: change(now, before),
        name + PERCENT: percent(now, before),
    }


def change(now: Cell, before: Cell) -> float | None:
    """Return `now - before`, or None where one of them is missing: missing is not zero.

    Exact for integers. Of floats twelve digits are kept: the rest is noise of subtraction.

    >>> change(0.3, 0.1)
    0.2
    """
    new, old = numeric(now), numeric(before)
    if new is None or old is None:
        return None
    if isinstance(new, int) and isinstance(old, int):
        return new - old
    return numeric(float(f"{new - old:.12g}"))


def percent(now: Cell, before: Cell) -> float | None:
    """Return the change in percent of `before`, to two decimals: 12.5 means 12.5 %.

    None where a value is missing, and over zero, where no percentage is defined. Below zero
    the sign still says which way it went.
    """
    difference, old = change(now, before), numeric(before)
    if difference is None or not old:
        return None
    return numeric(round(float(difference) / abs(float(old)) * 100, 2))


_Key: TypeAlias = tuple[Cell | date, ...]


def compare(current: Report, before: Report, *, comparison: Comparison) -> Report:
    """Return `current` with the earlier value, the change and its percentage for each metric.

    Rows meet by their dimensions; in time, by their place in the two periods. A row that is
    only in `before` appears too, at the date it stands beside, so that the sums of both
    reports are found again in this one. Such rows come last: sort afterwards.
    """
    shape = _Shape(
        dimension_names(current.columns),
        metric_names(current.columns),
        [column.name for column in current.columns if column.role is Role.LABEL],
    )
    bucket = bucket_of(current.columns)
    waiting: dict[_Key, deque[Row]] = defaultdict(deque)
    for row in before.rows:
        moved = _moved(row, bucket, comparison)
        waiting[shape.key(moved, bucket)].append(moved)
    rows = list(_paired(current.rows, waiting, shape, bucket))
    rows += [shape.join(row, None, row) for queue in waiting.values() for row in queue]
    problems = [*current.problems, *map(_named_earlier, before.problems)]
    columns = tuple(_columns(current.columns))
    return current._replace(columns=columns, rows=rows, total=None, problems=problems)


class _Shape(NamedTuple):
    """The names of the columns that both reports share."""

    dimensions: Sequence[str]
    metrics: Sequence[str]
    labels: Sequence[str]

    def key(self, row: Row, bucket: Bucket | None) -> _Key:
        """Return what rows of both reports meet by; ServiceError for a time that cannot be read."""
        start = None if bucket is None else readable_start(row.get(bucket), bucket)
        cells = [row.get(name) for name in self.dimensions]
        return tuple(
            start if start is not None and name == bucket else cell
            for name, cell in zip(self.dimensions, cells, strict=True)
        )

    def join(self, named_by: Row, now: Row | None, before: Row | None) -> Row:
        """Return one row of both, with the dimensions and titles of `named_by`."""
        cells = {name: named_by.get(name) for name in (*self.dimensions, *self.labels)}
        for name in self.metrics:
            cells |= change_cells(name, now=(now or {}).get(name), before=(before or {}).get(name))
        return cells


def _paired(
    rows: Iterable[Row], waiting: dict[_Key, deque[Row]], shape: _Shape, bucket: Bucket | None
) -> Iterable[Row]:
    for row in rows:
        queue = waiting[shape.key(row, bucket)]
        yield shape.join(row, row, queue.popleft() if queue else None)


def _moved(row: Row, bucket: Bucket | None, comparison: Comparison) -> Row:
    """Return an earlier row at the date it stands beside; one without a date stays as it is."""
    day = None if bucket is None else written_day(row.get(bucket), bucket)
    if bucket is None or day is None:
        return row
    try:
        aligned = comparison.align(day, bucket)
    except (OverflowError, ValueError):
        return row
    return {**row, bucket: bucket_label(aligned, bucket, like=row.get(bucket))}


def _columns(columns: Iterable[Column]) -> Iterable[Column]:
    for column in columns:
        yield from change_columns(column) if column.role is Role.METRIC else (column,)


def _named_earlier(problem: Problem) -> Problem:
    return problem._replace(message=f"in the earlier range: {problem.message}")
