"""Whether a service counts the day given as `to`, found out where no document says it.

Daily reports need not know: they are asked with a day more and trimmed. Sums, weeks and months
would hold that day, so one or two small daily questions are asked first.
"""

from collections.abc import Callable
from datetime import date
from typing import TypeAlias

from glomex_cli.dates.calendar import ONE_DAY
from glomex_cli.models import Period, ReportRequest
from glomex_cli.names import Bucket

# Gives the days that have rows, for a daily request sent as it stands.
DaysOf: TypeAlias = Callable[[ReportRequest], set[date]]


def learn_includes_to(request: ReportRequest, days_of: DaysOf) -> bool | None:
    """Say whether `to` is inclusive, by whether the last day of `request` is answered.

    None where that day has no data: then both readings give the same figures for `request`.
    """
    last = request.period.last
    probe = request._replace(dimensions=(Bucket.DAY,), metrics=request.metrics[:1])
    if last in days_of(probe._replace(period=Period(last - ONE_DAY, last))):
        return True
    if last in days_of(probe._replace(period=Period(last - ONE_DAY, last + ONE_DAY))):
        return False
    return None
