"""How a report reads the day given as `to`: whether that day counts. No document says.

Daily rows are asked for with one day more and cut, which is right for both. Weeks, months and
sums would hold that day, so one or two small daily reports are asked first, once for each kind
of report. A failure teaches nothing: only whole answers do.
"""

from collections.abc import Callable
from datetime import date
from typing import TypeAlias

from glomex_cli.dates.calendar import ONE_DAY, whole_days
from glomex_cli.errors import InvalidQueryError, ServiceError, UnavailableError
from glomex_cli.models import Bucket, Period, Report, ReportRequest

# Fetches a daily report, sent as it is.
AskDaily: TypeAlias = Callable[[ReportRequest], Report]


def learn_includes_to(request: ReportRequest, ask: AskDaily) -> bool | None:
    """Return whether `to` is inclusive: whether the last day of `request` has rows.

    None where that day has no data: then both readings give the same figures for `request`.
    Raises ServiceError where the service does not let it be found out.
    """
    last = whole_days(request.period).last
    probe = request._replace(dimensions=(Bucket.DAY,), metrics=request.metrics[:1], filters=())
    if last in _days(probe._replace(period=Period(last - ONE_DAY, last)), ask):
        return True
    try:
        days = _days(probe._replace(period=Period(last - ONE_DAY, last + ONE_DAY)), ask)
    except ServiceError as error:
        if not error.is_refusal:
            raise
        raise ServiceError(
            f"{last} may be missing: the service takes no later end of a range",
            f"end the range a day earlier: --to {last - ONE_DAY}",
        ) from None
    return False if last in days else None


def _days(probe: ReportRequest, ask: AskDaily) -> set[date]:
    """Return the days that have rows, of a whole answer: one that fails is asked once more."""
    try:
        return _whole(ask(probe))
    except (InvalidQueryError, UnavailableError):
        raise
    except ServiceError as error:
        if error.is_refusal:
            raise
        return _whole(ask(probe))


def _whole(report: Report) -> set[date]:
    days = {row.get(Bucket.DAY) for row in report.rows}
    if report.problems:
        first = report.problems[0].message
        message = f"the service could not tell how it reads the end of a range: {first}"
        raise ServiceError(message, "try again")
    return {date.fromisoformat(str(day)) for day in days if day is not None}
