"""The rows of a report made into what is printed: compared, drawn, sorted, added up, cut."""

from collections.abc import Sequence
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from glomex_cli.dates.buckets import bucket_in
from glomex_cli.errors import UsageError
from glomex_cli.models import Bucket, Report, ReportRequest
from glomex_cli.output.formats import load_renderer
from glomex_cli.reports.fetch import ask_report

if TYPE_CHECKING:
    from glomex_cli.cli.context import Connection

_WIDEST_TREND = 30
# As many rows are held to sort them; of a longer report the first are to be seen early.
_MOST_SORTED = 10_000


class Work(NamedTuple):
    """What to do with the rows; the fields are the options of `report`."""

    sort: str | None = None
    limit: int | None = None
    total: bool = False
    compare: str | None = None
    trend: bool = False

    @property
    def needs_all(self) -> bool:
        """Whether all rows have to be there before the first is known."""
        return bool(self.sort or self.limit or self.total or self.compare or self.trend)


def reworked_report(
    connection: "Connection", request: ReportRequest, work: Work, *, may_stream: bool = False
) -> Report:
    """Ask for the report and all that is set beside it, and give it as it is printed.

    Where it `may_stream` and no work needs all rows, a long report comes in the service's own
    order, row by row, and the person is told so.
    """
    if work.trend and bucket_in(request.dimensions):
        raise UsageError(
            "--trend draws rows without a time bucket", "glomex report -d video --trend"
        )
    connection.meanwhile = partial(_get_ready, for_people=not may_stream)
    report = ask_report(connection, request)
    if may_stream and not work.needs_all:
        return _streamed(connection, request, report)
    if work.compare:
        report = _compared(connection, request, report, work.compare)
    report = _arranged(report, work)
    return _with_trend(connection, request, report) if work.trend else report


def _get_ready(*, for_people: bool) -> None:
    """Import what the rows will meet, while the service works on them."""
    import_module("glomex_cli.reports.sort")
    load_renderer(for_people=for_people)


def _arranged(report: Report, work: Work) -> Report:
    from glomex_cli.reports.sort import limit_rows, sort_rows

    report = sort_rows(report, work.sort)
    if work.total:
        from glomex_cli.reports.totals import total_of

        report = total_of(report)
    return limit_rows(report, work.limit)


def _streamed(connection: "Connection", request: ReportRequest, report: Report) -> Report:
    from glomex_cli.reports.sort import sort_short

    report, is_sorted = sort_short(report, most=_MOST_SORTED)
    if not is_sorted:
        order = bucket_in(request.dimensions) or f"-{request.metrics[0]}"
        connection.say(
            f"more than {_MOST_SORTED:,} rows come as the service orders them;"
            f" to sort them all first: --sort {order}"
        )
    return report


def _compared(
    connection: "Connection", request: ReportRequest, report: Report, words: str
) -> Report:
    from glomex_cli.dates.comparison import parse_comparison
    from glomex_cli.reports.comparison import compare

    bucket = bucket_in(request.dimensions)
    comparison = parse_comparison(words, request.period, today=connection.today, bucket=bucket)
    if connection.screen.is_terminal:
        connection.say(f"beside {comparison.before} ({comparison.before.days} days)")
    report = report._replace(rows=list(report.rows))
    before = ask_report(connection, request._replace(period=comparison.before))
    return compare(report, before, comparison=comparison)


def _with_trend(connection: "Connection", request: ReportRequest, report: Report) -> Report:
    from glomex_cli.reports.series import with_trend

    days = request._replace(
        dimensions=(*request.dimensions, Bucket.DAY), metrics=request.metrics[:1]
    )
    series = ask_report(connection, days)
    is_ascii = not connection.screen.unicode

    def draw(values: Sequence[float | None]) -> str:
        return _trend_line(values, request.metrics[0], is_ascii=is_ascii)

    return with_trend(report, series, period=request.period, bucket=Bucket.DAY, draw=draw)


def _trend_line(values: Sequence[float | None], metric: str, *, is_ascii: bool) -> str:
    from glomex_cli.charts.series import Series, kind_of
    from glomex_cli.charts.sparkline.draw import draw
    from glomex_cli.charts.sparkline.options import Drawing

    drawing = Drawing(width=_WIDEST_TREND, ascii_only=is_ascii)
    return draw([Series(metric, values, kind=kind_of(metric))], drawing).lines[0]
