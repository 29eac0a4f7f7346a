"""Which days `--from`, `--to`, `--last` and `--period` mean, for any today."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glomex_cli.errors import UsageError
from glomex_cli.models import PeriodWord
from support.ranges import Typed, resolve

TODAYS = st.one_of(
    st.dates(),
    st.integers(2000, 9999).map(lambda year: date(year, 12, 31)),
    st.integers(2000, 9999).map(lambda year: date(year, 1, 1)),
    st.integers(500, 2498).map(lambda number: date(number * 4 + 4, 2, 28) + timedelta(days=1)),
)
DAYS = st.one_of(
    st.dates().map(str), st.sampled_from(["today", "yesterday", "", "2025-02-30"]), st.text()
)
SPANS = st.one_of(st.from_regex(r"[0-9]{1,8}[dwmy]", fullmatch=True), st.text())
NAMES = st.one_of(st.sampled_from(list(PeriodWord)), st.text())


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ({}, "2025-06-01 to 2025-06-14"),
        ({"first": "2025-05-01"}, "2025-05-01 to 2025-06-14"),
        ({"first": "yesterday"}, "2025-06-14 to 2025-06-14"),
        ({"first": "today"}, "2025-06-15 to 2025-06-15"),
        ({"last": "2025-03-01"}, "2025-02-16 to 2025-03-01"),
        ({"last": "Today"}, "2025-06-02 to 2025-06-15"),
        ({"first": "2025-06-01", "last": "2025-06-15"}, "2025-06-01 to 2025-06-15"),
        ({"first": "2024-02-29", "last": "2024-02-29"}, "2024-02-29 to 2024-02-29"),
        ({"span": "7d"}, "2025-06-08 to 2025-06-14"),
        ({"span": "1d"}, "2025-06-14 to 2025-06-14"),
        ({"span": "4w"}, "2025-05-18 to 2025-06-14"),
        ({"span": "6M"}, "2024-12-15 to 2025-06-14"),
        ({"span": "1y"}, "2024-06-15 to 2025-06-14"),
        ({"span": "007d"}, "2025-06-08 to 2025-06-14"),
        ({"span": "7"}, "2025-06-08 to 2025-06-14"),
        ({"span": "7days"}, "2025-06-08 to 2025-06-14"),
        ({"span": "7 Days"}, "2025-06-08 to 2025-06-14"),
        ({"span": "4 weeks"}, "2025-05-18 to 2025-06-14"),
        ({"span": "6 months"}, "2024-12-15 to 2025-06-14"),
        ({"span": "1year"}, "2024-06-15 to 2025-06-14"),
    ],
)
def test_a_range_includes_both_its_ends(typed: Typed, expected: str) -> None:
    assert str(resolve(typed)) == expected


@pytest.mark.bug("B3")
@pytest.mark.parametrize(
    ("span", "today", "expected"),
    [
        ("1m", "2025-04-01", "2025-03-01 to 2025-03-31"),
        ("1m", "2025-03-31", "2025-02-28 to 2025-03-30"),  # 31 February: its last day
        ("6m", "2025-05-01", "2024-11-01 to 2025-04-30"),
        ("1m", "2025-03-29", "2025-02-28 to 2025-03-28"),
        ("305m", "2025-06-15", "2000-01-15 to 2025-06-14"),
        ("6m", "2025-09-01", "2025-03-01 to 2025-08-31"),
        ("1y", "2024-03-01", "2023-03-01 to 2024-02-29"),
        ("1y", "2025-03-01", "2024-03-01 to 2025-02-28"),
        ("1y", "2025-01-01", "2024-01-01 to 2024-12-31"),
        ("2d", "2024-03-01", "2024-02-28 to 2024-02-29"),
    ],
)
def test_spans_meet_month_ends_and_leap_days(span: str, today: str, expected: str) -> None:
    assert str(resolve({"span": span}, today=date.fromisoformat(today))) == expected


@pytest.mark.parametrize(
    ("named", "today", "expected"),
    [
        ("this-week", "2025-06-15", "2025-06-09 to 2025-06-14"),
        ("this-week", "2025-06-16", "2025-06-16 to 2025-06-16"),  # a Monday: today itself
        ("last-week", "2025-06-15", "2025-06-02 to 2025-06-08"),
        ("last-week", "2025-01-01", "2024-12-23 to 2024-12-29"),
        ("this-month", "2025-06-15", "2025-06-01 to 2025-06-14"),
        ("mtd", "2025-06-15", "2025-06-01 to 2025-06-14"),
        ("mtd", "2025-06-01", "2025-06-01 to 2025-06-01"),
        ("last-month", "2024-03-31", "2024-02-01 to 2024-02-29"),
        ("last-month", "2025-01-15", "2024-12-01 to 2024-12-31"),
        ("this-year", "2025-06-15", "2025-01-01 to 2025-06-14"),
        ("YTD", "2025-01-01", "2025-01-01 to 2025-01-01"),
        ("last-year", "2024-02-29", "2023-01-01 to 2023-12-31"),
    ],
)
def test_calendar_words_name_complete_days(named: str, today: str, expected: str) -> None:
    assert str(resolve({"named": named}, today=date.fromisoformat(today))) == expected


@given(
    today=TODAYS,
    typed=st.one_of(
        st.fixed_dictionaries({}, optional={"first": DAYS, "last": DAYS}),
        st.fixed_dictionaries({"span": SPANS}),
        st.fixed_dictionaries({"named": NAMES}),
    ),
)
def test_any_typing_on_any_day_is_a_past_range_or_a_usage_error(today: date, typed: Typed) -> None:
    try:
        period = resolve(typed, today=today)
    except UsageError:
        return
    assert period.first <= period.last <= today


@given(today=st.dates(min_value=date(2001, 1, 2)), word=st.sampled_from(list(PeriodWord)))
def test_a_calendar_word_is_never_refused(today: date, word: PeriodWord) -> None:
    period = resolve({"named": word}, today=today)
    assert period.last < today or period.first == period.last == today


@given(today=st.dates(min_value=date(2010, 1, 1)), count=st.integers(1, 3000))
def test_days_and_weeks_are_counted_exactly(today: date, count: int) -> None:
    days, weeks = resolve({"span": f"{count}d"}, today=today), min(count, 500)
    assert days.days == count
    assert resolve({"span": f"{weeks}w"}, today=today).days == weeks * 7
    assert today - days.last == timedelta(days=1)


@given(today=st.dates(min_value=date(2020, 1, 1)))
def test_twelve_months_are_a_year(today: date) -> None:
    year = resolve({"span": "1y"}, today=today)
    assert year == resolve({"span": "12m"}, today=today)
    assert year.days in {365, 366}
