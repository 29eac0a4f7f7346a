"""Ranges of days for tests: as a person types them, and any at all."""

from datetime import date, timedelta
from typing import TypedDict

from hypothesis import strategies as st

from glomex_cli.dates.ranges import resolve_period
from glomex_cli.models import Period

SUNDAY = date(2025, 6, 15)


class Typed(TypedDict, total=False):
    """The options on a command line, those left out missing."""

    first: str
    last: str
    span: str
    named: str


def resolve(typed: Typed, *, today: date = SUNDAY) -> Period:
    """Return the period, on a Sunday unless told otherwise."""
    return resolve_period(
        first=typed.get("first"),
        last=typed.get("last"),
        span=typed.get("span"),
        named=typed.get("named"),
        today=today,
    )


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
