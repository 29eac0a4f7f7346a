"""Round times of the calendar: quarters of an hour, midnights, Mondays, first days of months."""

from __future__ import annotations

from datetime import timedelta
from math import ceil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

_DAY_S = 86_400
_WEEK_S = 7 * _DAY_S
_STEPS_S = (1, 5, 15, 60, 300, 900, 1800, 3600, 10_800, 21_600, 43_200, _DAY_S, _WEEK_S)
_STEPS_MONTHS = (1, 3, 6, 12, 24, 60, 120, 600, 1200)
_MONTH_S = 30.4 * _DAY_S
_YEAR_MONTHS = 12
_MINUTE_S = 60
# The longest label, and two blanks.
_LEAST_SPACING = len("00:00:00") + 2


def round_times(first: datetime, last: datetime, *, columns: int) -> Iterator[tuple[datetime, str]]:
    """Give round times after `first` and before `last`, with their texts.

    They follow each other at the smallest step that leaves room for the texts.
    """
    least_s = (last - first).total_seconds() * _LEAST_SPACING / columns
    for step_s in _STEPS_S:
        if step_s >= least_s:
            return _by_seconds(first, last, step_s)
    for months in _STEPS_MONTHS:
        if months * _MONTH_S >= least_s:
            return _by_months(first, last, months)
    return iter(())


def _by_seconds(first: datetime, last: datetime, step_s: int) -> Iterator[tuple[datetime, str]]:
    midnight = first.replace(hour=0, minute=0, second=0, microsecond=0)
    if step_s == _WEEK_S:
        midnight -= timedelta(days=first.weekday())
    begin, end = ((moment - midnight).total_seconds() for moment in (first, last))
    clock = "%H:%M" if step_s >= _MINUTE_S else "%H:%M:%S"
    for number in range(int(begin // step_s) + 1, ceil(end / step_s)):
        moment = midnight + timedelta(seconds=step_s * number)
        is_midnight = not (moment.hour or moment.minute or moment.second)
        yield moment, moment.strftime("%m-%d" if is_midnight else clock)


def _by_months(first: datetime, last: datetime, months: int) -> Iterator[tuple[datetime, str]]:
    start = first.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    number = first.year * _YEAR_MONTHS + first.month - 1
    for later in range(number + months - number % months, (last.year + 1) * _YEAR_MONTHS, months):
        moment = start.replace(year=later // _YEAR_MONTHS, month=later % _YEAR_MONTHS + 1)
        if moment < last:
            yield moment, moment.strftime("%Y-%m" if months < _YEAR_MONTHS else "%Y")
