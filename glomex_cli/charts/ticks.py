"""Labels of axes: round times of the calendar, formats of times, and short numbers.

Round times are quarters of an hour, midnights, Mondays, first days of months. Numbers look the
same in every country: four significant digits, and k, M or G.
"""

from __future__ import annotations

from datetime import timedelta
from math import ceil, inf, isinf
from typing import TYPE_CHECKING, NamedTuple

from glomex_cli.metrics import Unit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from glomex_cli.metrics import MetricKind

_DAY_S = 86_400
_WEEK_S = 7 * _DAY_S
_STEPS_S = (1, 5, 15, 60, 300, 900, 1800, 3600, 10_800, 21_600, 43_200, _DAY_S, _WEEK_S)
_STEPS_MONTHS = (1, 3, 6, 12, 24, 60, 120, 600, 1200)
_MONTH_S = 30.4 * _DAY_S
_YEAR_MONTHS = 12
_MINUTE_S = 60
# Blanks between two labels, at least.
LABEL_GAP = 2
_LEAST_SPACING = len("00:00:00") + LABEL_GAP  # that is the longest label
_HOUR, _DAY, _YEAR = timedelta(hours=1), timedelta(days=1), timedelta(days=365)
_UNITS = ("", "k", "M", "G")
_THOUSAND = 1000.0
_HOUR_S = 3600
_LEAST_HOURS = 0.01
_LARGEST = 1e15


def round_times(first: datetime, last: datetime, *, columns: int) -> Iterator[tuple[datetime, str]]:
    """Yield round times after `first` and before `last`, with their labels.

    Their step is the smallest one that leaves room for the labels on `columns` columns.
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
        yield moment, moment.strftime("%m-%d" if is_midnight(moment) else clock)


def _by_months(first: datetime, last: datetime, months: int) -> Iterator[tuple[datetime, str]]:
    start = first.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    number = first.year * _YEAR_MONTHS + first.month - 1
    for later in range(number + months - number % months, (last.year + 1) * _YEAR_MONTHS, months):
        moment = start.replace(year=later // _YEAR_MONTHS, month=later % _YEAR_MONTHS + 1)
        if moment < last:
            yield moment, moment.strftime("%Y-%m" if months < _YEAR_MONTHS else "%Y")


def is_midnight(moment: datetime) -> bool:
    """Return whether a time is the beginning of a day, to the second."""
    return not (moment.hour or moment.minute or moment.second)


def end_formats(times: Sequence[datetime], *, is_daily: bool) -> list[str]:
    """Return the `strftime` formats for both ends of an axis, the most precise first.

    Each is unambiguous for the span of `times`, which ascend. `is_daily` leaves the time of day
    out; seconds are shown within an hour only.
    """
    span = times[-1] - times[0]
    if span >= _YEAR:
        return ["%Y-%m-%d"]
    if is_daily:
        return ["%Y-%m-%d", "%m-%d"]
    has_seconds = span < _HOUR and any(moment.second for moment in times)
    clock = "%H:%M:%S" if has_seconds else "%H:%M"
    return [f"%Y-%m-%d {clock}", f"%m-%d {clock}", clock if span < _DAY else "%m-%d"]


def short_number(value: float) -> str:
    """Format a number with four significant digits, and k, M or G where it is large.

    >>> [short_number(value) for value in (0.98, 421.5, 12345, 999960, 1e15, -0.0)]
    ['0.98', '421.5', '12.35k', '1M', '1e15', '0']
    """
    for power, unit in enumerate(_UNITS):
        digits = f"{value / _THOUSAND**power:.4g}"
        if abs(float(digits)) < _THOUSAND:
            return "0" if not value else _tidy(digits) + unit
    return _tidy(f"{value:.4g}")


def _tidy(digits: str) -> str:
    """Format an exponent as `1e-7` instead of `1e-07`."""
    mantissa, _, exponent = digits.partition("e")
    return f"{mantissa}e{int(exponent)}" if exponent else mantissa


class Measure(NamedTuple):
    """How the values of a line are read: multiplied by `factor`, in the unit `name`."""

    factor: float = 1.0
    name: str = ""

    def text(self, value: float) -> str:
        """Format a value in this unit, without naming it."""
        return short_number(value * self.factor)


RAW = Measure()
_MEASURES = {
    Unit.FRACTION: Measure(100, "%"),
    Unit.PERCENT: Measure(1, "%"),
    Unit.SCORE: Measure(100),
    Unit.BITS_PER_SECOND: Measure(1e-6, " Mb/s"),
    Unit.PER_MINUTE: Measure(1, "/min"),
}


def measure_of(kind: MetricKind, largest: float) -> Measure:
    """Return the measure of a line whose largest value is given, as tables show such values.

    >>> from glomex_cli.metrics import MetricKind
    >>> startup = MetricKind(Unit.MILLISECONDS, adds_up=False)
    >>> measure_of(startup, 717).name, measure_of(startup, 1241).text(1241)
    (' ms', '1.241')
    """
    if not abs(largest) < _LARGEST:
        return RAW
    if kind.unit not in {Unit.SECONDS, Unit.MILLISECONDS}:
        return _MEASURES.get(kind.unit, RAW)
    second = 1.0 if kind.unit is Unit.SECONDS else 1 / _THOUSAND
    seconds = abs(largest) * second
    if kind.adds_up and seconds >= _LEAST_HOURS * _HOUR_S:
        return Measure(second / _HOUR_S, " h")
    return Measure(second, " s") if seconds >= 1 else Measure(second * _THOUSAND, " ms")


def short_change(first: float, last: float) -> str:
    """Format the change from `first` to `last`: in percent, or absolute where `first` is zero.

    >>> short_change(50, 54), short_change(0, 5), short_change(-4, -5)
    ('+8%', '+5', '-25%')
    """
    percent = 100 * (last / abs(first) - first / abs(first)) if first else inf
    if isinf(percent):
        return _signed(short_number(last - first))
    return f"{_signed(short_number(round(percent, 1)))}%"


def since_label(moment: datetime, *, is_daily: bool, is_monthly: bool) -> str:
    """Format the time that a change counts from, no finer than its values are.

    >>> from datetime import datetime
    >>> since_label(datetime(2026, 10, 28), is_daily=True, is_monthly=False)
    '2026-10-28'
    """
    if not is_daily:
        return moment.strftime("%Y-%m-%d %H:%M")
    return str(moment.date())[: len("2026-10") if is_monthly else None]


def _signed(text: str) -> str:
    return text if text.startswith("-") else f"+{text}"
