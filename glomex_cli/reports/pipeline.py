"""The rows of a report made into what is printed: compared, drawn, sorted, added up, cut."""

from collections.abc import Callable, Sequence
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from glomex_cli.dates.buckets import bucket_in, bucket_of, metric_names
from glomex_cli.dates.calendar import described
from glomex_cli.errors import UsageError
from glomex_cli.models import Bucket, Column, Report, ReportRequest, Role, Top
from glomex_cli.reports.request import with_labels
from glomex_cli.reports.sort import limit_rows, sort_rows, sort_short
from glomex_cli.reports.totals import kind_of, total_of

if TYPE_CHECKING:
    from glomex_cli.dates.comparison import Comparison

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
    terminals only. `show_titles` puts the titles in a report where they see them, or leaves
    them out.
    """

    now: datetime
    is_ascii: bool
    say: Callable[[str], None]
    announce: Callable[[str], None]
    show_titles: Callable[[Report], Report] = lambda report: report
    zone: tzinfo | None = None  # of its days, where it is not this machine's
    has_wholes: bool = False  # whether the service tells the figures of a whole range


def with_top(request: ReportRequest, work: Work) -> ReportRequest:
    """Return the request with `top` where no row but the first by its only metric is needed.

    The rows are sorted and cut here all the same: a service may return more of them.
    """
    needs_others = work.total or work.compare or bucket_in(request.dimensions)
    if needs_others or not work.limit or work.limit < 1 or len(request.metrics) != 1:
        return request
    (metric,) = request.metrics
    if work.sort not in {None, metric, f"-{metric}"}:
        return request
    return request._replace(top=Top(work.limit, descending=work.sort != metric))


def fetch_and_arrange(
    fetch: Fetch, request: ReportRequest, work: Work, *, viewer: Viewer
) -> Report:
    """Fetch a report and all that is shown beside it; return it as it is printed."""
    if work.trend and bucket_in(request.dimensions):
        raise UsageError(
            "--trend draws rows without a time bucket", "glomex report -d video --trend"
        )
    report = with_labels(fetch(request))
    comparison = _comparison(request, work.compare, viewer) if work.compare else None
    if comparison:
        report = _compared(fetch, request, report, comparison, viewer.say)
    report = viewer.show_titles(_with_partial(report, request, viewer.now))
    report = _arrange(report, work, viewer.say)
    if work.total and viewer.has_wholes and request.dimensions:
        from glomex_cli.reports.totals import with_wholes

        report = with_wholes(report, fetch, request, before=comparison and comparison.before)
    return _with_trend(fetch, request, report, is_ascii=viewer.is_ascii) if work.trend else report


def _comparison(request: ReportRequest, text: str, viewer: Viewer) -> "Comparison":
    from glomex_cli.dates.comparison import parse_comparison

    bucket = bucket_in(request.dimensions)
    comparison = parse_comparison(text, request.period, now=viewer.now, bucket=bucket)
    viewer.announce(f"compared with {described(comparison.before, viewer.zone)}")
    return comparison


def _compared(
    fetch: Fetch,
    request: ReportRequest,
    report: Report,
    comparison: "Comparison",
    say: Callable[[str], None],
) -> Report:
    """Return the report beside that of the range before, after a note on what that one lacks."""
    from glomex_cli.dates.buckets import lacks, missing_starts
    from glomex_cli.reports.comparison import compare

    bucket = bucket_in(request.dimensions)
    before = fetch(request._replace(period=comparison.before))
    rows = list(before.rows)
    if bucket:
        missing = missing_starts((row.get(bucket) for row in rows), bucket, comparison.before)
        if missing:
            say(lacks(len(missing), bucket))
    return compare(report, before._replace(rows=rows), comparison=comparison)


def _with_partial(report: Report, request: ReportRequest, now: datetime) -> Report:
    """Return the report with the names of its buckets that the range cuts or that still grow."""
    bucket = bucket_in(request.dimensions)
    if bucket is None:
        return report
    from glomex_cli.dates.buckets import partial_labels

    cells = [row.get(bucket) for row in report.rows]
    cut = partial_labels(cells, bucket, report.range or request.period, now=now)
    return report._replace(partial={*cut, *report.partial})


def fetch_and_stream(fetch: Fetch, request: ReportRequest, *, viewer: Viewer) -> Report:
    """Fetch a report whose rows pass as they arrive; a short one is sorted all the same."""
    report, is_sorted = sort_short(fetch(request), most=_MOST_SORTED)
    if not is_sorted:
        measured = metric_names(report.columns) or request.metrics
        order = bucket_in(request.dimensions) or f"-{measured[0]}"
        viewer.say(
            f"more than {_MOST_SORTED:,} rows come as the service orders them;"
            f" to sort them all first: --sort {order}"
        )
    return report


def _arrange(report: Report, work: Work, say: Callable[[str], None]) -> Report:
    report = sort_rows(report, work.sort)
    if work.total:
        from glomex_cli.dates.buckets import complete_rows

        bucket = bucket_of(report.columns) if work.compare else None
        counted = complete_rows(report, bucket) if bucket else report
        report = report._replace(total=total_of(counted, limit=work.limit, say=say).total)
    return limit_rows(report, work.limit)


def _with_trend(fetch: Fetch, request: ReportRequest, report: Report, *, is_ascii: bool) -> Report:
    metric = next((column for column in report.columns if column.role is Role.METRIC), None)
    if metric is None:
        return report
    days = request._replace(dimensions=(*request.dimensions, Bucket.DAY), metrics=(metric.name,))

    from glomex_cli.reports.series import with_trend

    def draw(values: Sequence[float | None]) -> str:
        return _trend_line(values, metric, is_ascii=is_ascii)

    return with_trend(report, fetch(days), period=request.period, bucket=Bucket.DAY, draw=draw)


def _trend_line(values: Sequence[float | None], metric: Column, *, is_ascii: bool) -> str:
    from glomex_cli.charts.series import Series
    from glomex_cli.charts.sparkline.lines import draw
    from glomex_cli.charts.sparkline.options import SparklineOptions

    drawing = SparklineOptions(width=_WIDEST_TREND, ascii_only=is_ascii)
    return draw([Series(metric.name, values, kind=kind_of(metric))], drawing).lines[0]
