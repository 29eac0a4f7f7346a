"""Ranges of days for tests: as a person types them, and any at all."""

from datetime import UTC, date, datetime, time, timedelta
from typing import TypedDict

from hypothesis import strategies as st

from glomex_cli.dates.ranges import ServiceCalendar, TypedRange, resolve_range
from glomex_cli.models import Bucket, Period

SUNDAY = date(2025, 6, 15)


class Typed(TypedDict, total=False):
    """The options on a command line, those left out missing."""

    first: str
    last: str
    span: str
    named: str


def noon(today: date) -> datetime:
    """Return the middle of a day, in UTC."""
    return datetime.combine(today, time(12), tzinfo=UTC)


def resolve(typed: Typed, *, today: date = SUNDAY, bucket: Bucket | None = None) -> Period:
    """Return the days that a service whose data are daily is asked for."""
    calendar = ServiceCalendar(noon(today), title="Glomex")
    found = resolve_range(TypedRange(**typed), calendar, bucket)
    assert isinstance(found, Period)
    return found


def period(text: str) -> Period:
    """Read `2025-06-01..2025-06-14`."""
    first, last = text.split("..")
    return Period(date.fromisoformat(first), date.fromisoformat(last))


def days_of(whole: Period) -> list[date]:
    """Return each day of a period."""
    return [whole.first + timedelta(days=index) for index in range(whole.days)]


@st.composite
def periods(draw: st.DrawFn, *, longest: int = 1500) -> Period:
    """Draw any period of 1 to `longest` days between 2000 and 2100."""
    first = draw(st.dates(min_value=date(2000, 1, 1), max_value=date(2095, 12, 31)))
    return Period(first, first + timedelta(days=draw(st.integers(0, longest - 1))))
