"""The rows of a report made into what is printed: compared, drawn, sorted, added up, cut."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import NamedTuple, TypeAlias

from glomex_cli.dates.buckets import bucket_in, bucket_of
from glomex_cli.dates.calendar import described
from glomex_cli.dates.comparison import parse_comparison
from glomex_cli.dates.partial import complete_rows, lacks, missing_starts, partial_labels
from glomex_cli.errors import UsageError
from glomex_cli.models import Bucket, Report, ReportRequest
from glomex_cli.reports.comparison import compare
from glomex_cli.reports.series import with_trend
from glomex_cli.reports.sort import limit_rows, sort_rows, sort_short
from glomex_cli.reports.totals import total_of

Fetch: TypeAlias = Callable[[ReportRequest], Report]

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


class Viewer(NamedTuple):
    """The person that the rows are for: their characters, and how to reach them.

    `now` is in the zone of the service's days. `say` writes a note, `announce` one for
    terminals only.
    """

    now: datetime
    is_ascii: bool
    say: Callable[[str], None]
    announce: Callable[[str], None]


def fetch_and_arrange(
    fetch: Fetch, request: ReportRequest, work: Work, *, viewer: Viewer
) -> Report:
    """Fetch a report and all that is shown beside it; return it as it is printed."""
    if work.trend and bucket_in(request.dimensions):
        raise UsageError(
            "--trend draws rows without a time bucket", "glomex report -d video --trend"
        )
    report = fetch(request)
    report = report._replace(rows=list(report.rows))
    if work.compare:
        report = _compared(fetch, request, report, work.compare, viewer)
    report = _arrange(_with_partial(report, request, viewer.now), work)
    return _with_trend(fetch, request, report, is_ascii=viewer.is_ascii) if work.trend else report


def _compared(
    fetch: Fetch, request: ReportRequest, report: Report, text: str, viewer: Viewer
) -> Report:
    """Return the report beside that of the range before, after a note on what that one lacks."""
    bucket = bucket_in(request.dimensions)
    comparison = parse_comparison(text, request.period, now=viewer.now, bucket=bucket)
    viewer.announce(f"beside {described(comparison.before)}")
    before = fetch(request._replace(period=comparison.before))
    rows = list(before.rows)
    if bucket:
        missing = missing_starts((row.get(bucket) for row in rows), bucket, comparison.before)
        if missing:
            viewer.say(lacks(len(missing), bucket))
    return compare(report, before._replace(rows=rows), comparison=comparison)


def _with_partial(report: Report, request: ReportRequest, now: datetime) -> Report:
    """Return the report with the names of its buckets that the range cuts or that still grow."""
    bucket = bucket_in(request.dimensions)
    if bucket is None:
        return report
    cells = [row.get(bucket) for row in report.rows]
    cut = partial_labels(cells, bucket, report.range or request.period, now=now)
    return report._replace(partial={*cut, *report.partial})


def fetch_and_stream(fetch: Fetch, request: ReportRequest, *, viewer: Viewer) -> Report:
    """Fetch a report whose rows pass as they arrive; a short one is sorted all the same."""
    report, is_sorted = sort_short(fetch(request), most=_MOST_SORTED)
    if not is_sorted:
        order = bucket_in(request.dimensions) or f"-{request.metrics[0]}"
        viewer.say(
            f"more than {_MOST_SORTED:,} rows come as the service orders them;"
            f" to sort them all first: --sort {order}"
        )
    return report


def _arrange(report: Report, work: Work) -> Report:
    report = sort_rows(report, work.sort)
    if work.total:
        bucket = bucket_of(report.columns) if work.compare else None
        counted = complete_rows(report, bucket) if bucket else report
        report = report._replace(total=total_of(counted).total)
    return limit_rows(report, work.limit)


def _with_trend(fetch: Fetch, request: ReportRequest, report: Report, *, is_ascii: bool) -> Report:
    metric = request.metrics[0]
    days = request._replace(dimensions=(*request.dimensions, Bucket.DAY), metrics=(metric,))

    def draw(values: Sequence[float | None]) -> str:
        return _trend_line(values, metric, is_ascii=is_ascii)

    return with_trend(report, fetch(days), period=request.period, bucket=Bucket.DAY, draw=draw)


def _trend_line(values: Sequence[float | None], metric: str, *, is_ascii: bool) -> str:
    from glomex_cli.charts.series import Series, kind_of
    from glomex_cli.charts.sparkline.draw import draw
    from glomex_cli.charts.sparkline.options import SparklineOptions

    drawing = SparklineOptions(width=_WIDEST_TREND, ascii_only=is_ascii)
    return draw([Series(metric, values, kind=kind_of(metric))], drawing).lines[0]
