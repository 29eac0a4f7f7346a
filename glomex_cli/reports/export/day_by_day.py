"""A report by a dimension and day, from one report a day: where both at once are cut to a few."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeAlias

from glomex_cli.dates.calendar import starts_in
from glomex_cli.metrics import CellType, Unit
from glomex_cli.models import (
    Bucket,
    Cell,
    Column,
    Period,
    Problem,
    Report,
    ReportRequest,
    Role,
    Row,
)

FetchReport: TypeAlias = Callable[[ReportRequest], Report]


def fetch_day_by_day(fetch: FetchReport, request: ReportRequest) -> Report:
    """Return the report of Mux Data with all rows, and with types; rows are asked for as read.

    What a day lacks is added to the problems when its rows are read.
    """
    others = tuple(name for name in request.dimensions if name != Bucket.DAY)
    if not others or not isinstance(request.period, Period):
        return _typed(fetch(request))
    days = list(starts_in(request.period, Bucket.DAY))
    first = fetch(request._replace(dimensions=others, period=Period(days[0], days[0])))
    problems: list[Problem] = []

    def rows() -> Iterator[Row]:
        for day in days:
            one = request._replace(dimensions=others, period=Period(day, day))
            report = first if day == days[0] else fetch(one)
            problems.extend(report.problems)
            yield from ({**row, Bucket.DAY.value: str(day)} for row in report.rows)

    columns = [column for column in first.columns if column.role is not Role.DIMENSION]
    dimensions = [Column(name, Role.DIMENSION) for name in request.dimensions]
    return _typed(Report((*dimensions, *columns), rows(), problems=problems))


def _typed(report: Report) -> Report:
    columns = tuple(column._replace(type=_type(column)) for column in report.columns)
    return report._replace(columns=columns, rows=_whole(columns, report.rows))


def _type(column: Column) -> CellType:
    if column.role is Role.METRIC:
        is_count = column.kind is not None and column.kind.unit is Unit.COUNT
        return CellType.INTEGER if is_count else CellType.NUMBER
    return CellType.DATE if column.name == Bucket.DAY else CellType.TEXT


def _whole(columns: Sequence[Column], rows: Iterable[Row]) -> Iterator[Row]:
    """Yield the rows with counts as integers: Mux Data sends some of them as 12.0."""
    counts = [column.name for column in columns if column.type is CellType.INTEGER]
    for row in rows:
        yield {**row, **{name: _count(row.get(name)) for name in counts}}


def _count(cell: Cell) -> Cell:
    return int(cell) if isinstance(cell, float) and cell.is_integer() else cell
