"""What `--compare` sets beside a period."""

from datetime import date, timedelta

import pytest
from hypothesis import given

from glomex_cli.dates.calendar import distance, end_of_month, whole_days
from glomex_cli.dates.comparison import Comparison, parse_comparison, previous, year_before
from glomex_cli.errors import UsageError
from glomex_cli.models import Bucket, Period
from support.ranges import noon, period, periods

TODAY = date(2025, 6, 15)


@given(current=periods())
def test_the_previous_period_is_as_long_and_ends_the_day_before(current: Period) -> None:
    before = whole_days(previous(current))
    assert before.days == current.days
    assert before.last + timedelta(days=1) == current.first


@given(current=periods())
def test_the_year_before_has_the_same_weekdays(current: Period) -> None:
    before = whole_days(year_before(current))
    assert before.days == current.days
    assert (current.first - before.first).days == 364
    assert before.first.weekday() == current.first.weekday()


@given(current=periods())
def test_previous_weeks_begin_on_the_same_weekday_without_overlap(current: Period) -> None:
    before = whole_days(previous(current, Bucket.WEEK))
    assert before.first.weekday() == current.first.weekday()
    assert before.days == current.days
    assert before.last < current.first


@given(current=periods())
def test_previous_months_are_as_many_and_no_month_is_in_both(current: Period) -> None:
    before = whole_days(previous(current, Bucket.MONTH))
    months = distance(current.first, current.last, Bucket.MONTH)
    assert distance(before.first, before.last, Bucket.MONTH) == months
    assert before.first <= before.last
    assert distance(before.last, current.first, Bucket.MONTH) == 1


@given(current=periods())
def test_whole_months_stand_beside_whole_months(current: Period) -> None:
    whole = Period(current.first.replace(day=1), end_of_month(current.last))
    for found in (previous(whole, Bucket.MONTH), year_before(whole, Bucket.MONTH)):
        before = whole_days(found)
        assert before.first.day == 1
        assert before.last == end_of_month(before.last)


@pytest.mark.parametrize(
    ("text", "current", "bucket", "expected"),
    [
        ("previous", "2025-06-01..2025-06-14", None, "2025-05-18..2025-05-31"),
        ("Previous", "2025-06-01..2025-06-14", Bucket.DAY, "2025-05-18..2025-05-31"),
        ("previous", "2025-06-02..2025-06-11", Bucket.WEEK, "2025-05-19..2025-05-28"),
        ("previous", "2025-06-01..2025-06-18", Bucket.MONTH, "2025-05-01..2025-05-18"),
        ("previous", "2024-03-01..2024-03-31", Bucket.MONTH, "2024-02-01..2024-02-29"),
        ("previous", "2025-05-01..2025-06-30", Bucket.MONTH, "2025-03-01..2025-04-30"),
        ("year", "2025-06-02..2025-06-08", Bucket.DAY, "2024-06-03..2024-06-09"),
        ("year", "2025-06-02..2025-06-08", Bucket.WEEK, "2024-06-03..2024-06-09"),
        ("year", "2025-02-01..2025-02-28", Bucket.MONTH, "2024-02-01..2024-02-29"),
        ("year", "2024-02-29..2024-02-29", Bucket.MONTH, "2023-02-28..2023-02-28"),
        ("2024-01-01..2024-01-03", "2025-06-01..2025-06-14", None, "2024-01-01..2024-01-03"),
        ("2025-06-10..today", "2025-06-01..2025-06-06", None, "2025-06-10..2025-06-15"),
    ],
)
def test_a_comparison_names_its_days(
    text: str, current: str, bucket: Bucket | None, expected: str
) -> None:
    found = parse_comparison(text, period(current), now=noon(TODAY), bucket=bucket)
    assert found == Comparison(period(current), period(expected))


@pytest.mark.parametrize(
    ("bucket", "day", "expected"),
    [
        (Bucket.DAY, "2024-06-05", "2025-06-04"),
        (Bucket.WEEK, "2024-06-05", "2025-06-02"),
        (Bucket.MONTH, "2024-06-30", "2025-06-01"),
        (Bucket.MONTH, "2024-07-01", "2025-07-01"),
    ],
)
def test_earlier_days_stand_beside_the_same_place_in_the_period(
    bucket: Bucket, day: str, expected: str
) -> None:
    beside = Comparison(period("2025-06-02..2025-07-06"), period("2024-06-03..2024-07-07"))
    assert str(beside.align(date.fromisoformat(day), bucket)) == expected


USUAL_HINT = "type --compare previous, --compare year or --compare 2025-05-01..2025-05-31"


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("yaer", "--compare 'yaer' is not known", "did you mean --compare year?"),
        ("previuos", "--compare 'previuos' is not known", "did you mean --compare previous?"),
        ("", "--compare '' is not known", USUAL_HINT),
        ("2025-05-01", "--compare '2025-05-01' is not known", USUAL_HINT),
        ("2025-05-01..", "--compare '' is not a date", USUAL_HINT),
        ("2025-05-01...2025-05-02", "--compare '.2025-05-02' is not a date", USUAL_HINT),
        (
            "2025-05-01..2025-02-30",
            "--compare 2025-02-30 does not exist",
            USUAL_HINT,
        ),
        (
            "2025-02-30..2025-05-01",
            "--compare 2025-02-30 does not exist",
            USUAL_HINT,
        ),
        (
            "2025-06-01..2025-07-01",
            "--compare 2025-07-01 is in the future",
            USUAL_HINT,
        ),
        (
            "2025-05-02..2025-05-01",
            "the range ends before it begins: 2025-05-02 to 2025-05-01",
            "swap them: --compare 2025-05-01..2025-05-02",
        ),
    ],
)
def test_what_cannot_be_compared_says_what_to_type(text: str, message: str, hint: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_comparison(text, period("2025-06-01..2025-06-14"), now=noon(TODAY))
    assert (caught.value.message, caught.value.hint) == (message, hint)


@pytest.mark.parametrize("text", ["previous", "year"])
@pytest.mark.parametrize("bucket", [None, *Bucket])
def test_the_first_days_of_the_calendar_have_nothing_before(
    text: str, bucket: Bucket | None
) -> None:
    with pytest.raises(UsageError) as caught:
        parse_comparison(text, period("0001-01-01..0001-01-05"), now=noon(TODAY), bucket=bucket)
    assert caught.value.message == "the calendar has no days before 0001-01-01 to 0001-01-05"
    assert caught.value.hint == "leave --compare out, or type a later range"
