"""A long period in pieces, small enough for one request each."""

from collections.abc import Iterable
from datetime import timedelta

from glomex_cli.dates.calendar import ONE_DAY
from glomex_cli.models import Period


def windows(period: Period, days_per_window: int) -> list[Period]:
    """Cut `period` into windows that cover each of its days once, the oldest first.

    Every window has `days_per_window` days, the last as many as are left.

    >>> from datetime import date
    >>> [str(window) for window in windows(Period(date(2025, 6, 1), date(2025, 6, 5)), 3)]
    ['2025-06-01 to 2025-06-03', '2025-06-04 to 2025-06-05']
    """
    if days_per_window < 1:
        raise ValueError("a window has at least one day")
    firsts = range(0, period.days, days_per_window)
    reach = timedelta(days=days_per_window - 1)
    starts = (period.first + timedelta(days=offset) for offset in firsts)
    return [Period(start, start + min(reach, period.last - start)) for start in starts]


def asked(window: Period) -> Period:
    """Give what to ask a service for, so that it answers with every day of `window`.

    Whether a service includes the day it is given as `to` is not documented. One day more
    is right for both readings, once `rows.joining.trim` has dropped what lies outside.
    Only rows by day can be trimmed: a week, month or sum would hold the extra day.
    """
    return Period(window.first, window.last + ONE_DAY)


def merge(periods: Iterable[Period]) -> list[Period]:
    """Give the same days in as few periods as can be, the oldest first."""
    merged: list[Period] = []
    for period in sorted(periods, key=lambda each: each.first):
        if merged and period.first <= merged[-1].last + ONE_DAY:
            merged[-1] = Period(merged[-1].first, max(merged[-1].last, period.last))
        else:
            merged.append(period)
    return merged
