"""Fetch a report: check names where they are known, split long ranges and join the parts."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import UTC, datetime
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, TypeAlias

from glomex_cli.dates.buckets import bucket_in
from glomex_cli.dates.calendar import bucket_windows, merge_periods, whole_days, windows
from glomex_cli.errors import (
    GlomexError,
    InvalidQueryError,
    ServiceError,
    SignInError,
    UsageError,
)
from glomex_cli.models import Bucket, Period, Problem, Report, ReportRequest, Span
from glomex_cli.reports.request import check_names, fits, is_telling

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractContextManager

    from glomex_cli.interfaces import Service
    from glomex_cli.services.client import Client

# With the day more that a window may be asked with, a quarter of a year: 92 days.
DAYS_PER_WINDOW = 91
_AT_ONCE = 4

# Opens what shows long work; the block gets what to call with (windows done, windows in all).
Progress: TypeAlias = "Callable[[], AbstractContextManager[Callable[[int, int], None]]]"


def no_progress() -> AbstractContextManager[Callable[[int, int], None]]:
    """Return a Progress that shows nothing."""
    return nullcontext(lambda _done, _total: None)


def is_long(request: ReportRequest, days_per_window: int = DAYS_PER_WINDOW) -> bool:
    """Return whether a report is split: by day, and longer than a window."""
    period = request.period
    is_daily = Bucket.DAY in request.dimensions and isinstance(period, Period)
    return is_daily and whole_days(period).days > days_per_window


def _bucket_parts(request: ReportRequest, longest: int | None) -> list[Period]:
    """Return the windows of a report by week or month that no window of `longest` days cuts.

    Fewer than two where that is no help: rows by day are split by `is_long`, others never are.
    """
    bucket, period = bucket_in(request.dimensions), request.period
    if longest is None or bucket not in {Bucket.WEEK, Bucket.MONTH} or isinstance(period, Span):
        return []
    return bucket_windows(period, Bucket(bucket), longest)


def split_report(
    ask: Callable[[ReportRequest], Report],
    request: ReportRequest,
    *,
    progress: Callable[[int, int], None],
    days_per_window: int = DAYS_PER_WINDOW,
    parts: Sequence[Period] = (),
) -> Report:
    """Fetch window by window, at most four at once; the rows come in the order of time.

    `ask` is called from several threads. `progress` hears how many of how many windows are
    done. What no window gave after its retries is a problem of the report that names the days;
    where all fail, the first failure is raised, and a refused session always is.
    """
    from glomex_cli.concurrency import as_done

    parts = parts or windows(whole_days(request.period), days_per_window)
    calls = [partial(_read, ask, request._replace(period=part)) for part in parts]
    reports: dict[Period, Report] = {}
    failures: dict[Period, GlomexError] = {}
    progress(0, len(parts))
    for done, (index, outcome) in enumerate(as_done(calls, at_once=_AT_ONCE), start=1):
        if isinstance(outcome, Report):
            reports[parts[index]] = outcome
        else:
            failures[parts[index]] = _bearable(outcome)
        progress(done, len(parts))
    if not reports:
        raise failures[parts[0]]
    return _joined([reports[part] for part in parts if part in reports], failures)


def _read(ask: Callable[[ReportRequest], Report], request: ReportRequest) -> Report:
    """Return one window, its rows read here, in the thread that waits for them."""
    report = ask(request)
    return report._replace(rows=list(report.rows))


def _bearable(error: Exception) -> GlomexError:
    """Return a failure that the other windows outweigh; raise what concerns them all."""
    if not isinstance(error, GlomexError) or isinstance(error, (SignInError, UsageError)):
        raise error
    if isinstance(error, ServiceError) and error.is_of_range:
        raise error  # the windows are too long
    return error


def _joined(reports: Sequence[Report], failures: dict[Period, GlomexError]) -> Report:
    rows = list(chain.from_iterable(report.rows for report in reports))
    problems = [problem for report in reports for problem in report.problems]
    for missing in merge_periods(failures):
        reason = next(error for part, error in failures.items() if part.first == missing.first)
        problems.append(Problem(reason.message, str(missing)))
    return reports[0]._replace(rows=rows, problems=problems, range=None)


def fetch_report(
    client: Client, request: ReportRequest, *, progress: Progress = no_progress
) -> Report:
    """Fetch a report; raise UsageError with a did-you-mean for a name the account does not have.

    Names are checked against the cached schema, and against a fresh one before they are refused.
    Where none is cached it is asked for metrics that are not documented, so that the first
    report knows a title from a metric as the second does. Where the service does not tell,
    names are sent as asked.
    """
    check_times(request, client.service)
    _check(client, request)
    try:
        return _fetch(client, request, progress)
    except InvalidQueryError:
        schema = client.cache.learned.schema
        if schema and client.service.knows_names and is_telling(request, schema):
            check_names(request, schema)
        raise


def check_times(request: ReportRequest, service: Service) -> None:
    """Raise UsageError for a bucket or a range that the service's reports do not have."""
    from glomex_cli.dates.ranges import ServiceCalendar

    calendar = ServiceCalendar(datetime.now(UTC), service.buckets, service.title)
    calendar.check(bucket_in(request.dimensions))
    if isinstance(request.period, Span):
        calendar.check_moments(str(request.period), "whole days")


def _check(client: Client, request: ReportRequest) -> None:
    if not client.service.knows_names:
        return
    cached = client.cache.learned.schema
    known = cached or (None if client.is_documented(request.metrics) else client.known_schema())
    if known is None or not is_telling(request, known) or fits(request, known):
        return
    if fresh := client.schema() if cached else known:
        check_names(request, fresh)


def _fetch(client: Client, request: ReportRequest, progress: Progress) -> Report:
    """Fetch in windows as long as the service is known to allow, or says where it refuses."""
    days = _window_days(client.cache.learned.reading(request.kind).longest)
    try:
        return _fetch_in(client, request, progress, days)
    except ServiceError as error:
        if len(parts := _bucket_parts(request, error.longest_days)) > 1:
            with progress() as show:
                return split_report(client.report, request, progress=show, parts=parts)
        shorter = _window_days(error.longest_days)
        if shorter >= days or not is_long(request, shorter):
            raise
        return _fetch_in(client, request, progress, shorter)


def _window_days(longest: int | None) -> int:
    """Return the days of a window, which may be asked with one more."""
    return max(1, min(DAYS_PER_WINDOW, (longest or DAYS_PER_WINDOW + 1) - 1))


def _fetch_in(client: Client, request: ReportRequest, progress: Progress, days: int) -> Report:
    longest = client.cache.learned.reading(request.kind).longest
    is_whole = longest == whole_days(request.period).days  # it may be asked as it is typed
    if is_whole or not is_long(request, days):
        return client.report(request)
    with progress() as show:
        return split_report(client.report, request, progress=show, days_per_window=days)
