"""Ranges that cannot be: each is refused with what to type instead."""

from datetime import date

import pytest

from glomex_cli.errors import UsageError
from glomex_cli.models import Bucket, Period, PeriodWord
from support.ranges import Typed, resolve


@pytest.mark.parametrize(
    ("typed", "message", "hint"),
    [
        (
            {"first": "2025-06-01", "span": "7d"},
            "--from and --last cannot be combined",
            "keep one: --from … --to …, --last 14d or --period last-week",
        ),
        (
            {"first": "2025-06-01", "last": "2025-06-02", "span": "7d", "named": "mtd"},
            "--from and --to and --last and --period cannot be combined",
            "keep one: --from … --to …, --last 14d or --period last-week",
        ),
        (
            {"first": "2025-06-10", "last": "2025-06-01"},
            "the range ends before it begins: 2025-06-10 to 2025-06-01",
            "swap them: --from 2025-06-01 --to 2025-06-10",
        ),
        (
            {"first": "2025-02-30"},
            "--from 2025-02-30 does not exist",
            "that month ends on 2025-02-28: --from 2025-02-28",
        ),
        (
            {"last": "2025-13-01"},
            "--to 2025-13-01 does not exist",
            "type the day as YYYY-MM-DD: --to 2025-06-14",
        ),
        (
            {"first": "0000-01-01"},
            "--from 0000-01-01 does not exist",
            "type the day as YYYY-MM-DD: --from 2025-06-14",
        ),
        (
            {"first": "2025-06-16"},
            "--from 2025-06-16 is in the future",
            "type --from today, or a day before 2025-06-15",
        ),
        (
            {"first": "2025-06-01", "last": "9999-12-31"},
            "--to 9999-12-31 is in the future",
            "type --to today, or a day before 2025-06-15",
        ),
        (
            {"first": "1999-12-31"},
            "--from 1999-12-31 is too long ago",
            "type --from 2000-01-01 or later",
        ),
        (
            {"first": "yestreday"},
            "--from 'yestreday' is not a date",
            "did you mean --from yesterday?",
        ),
        (
            {"span": "0d"},
            "--last '0d' covers no day",
            "type --last 1d",
        ),
        (
            {"span": "99999y"},
            "--last '99999y' reaches too far back",
            "type --from 2000-01-01 for all there can be, or fewer days: --last 1y",
        ),
        (
            {"span": "306m"},
            "--last '306m' reaches too far back",
            "type --from 2000-01-01 for all there can be, or fewer days: --last 1y",
        ),
        (
            {"named": "last-weak"},
            "--period 'last-weak' is not known",
            "did you mean --period last-week?",
        ),
        (
            {"named": "??"},
            "--period '??' is not known",
            f"type one of: {', '.join(PeriodWord)}",
        ),
    ],
)
def test_what_cannot_be_says_what_to_type(typed: Typed, message: str, hint: str) -> None:
    with pytest.raises(UsageError) as caught:
        resolve(typed)
    assert (caught.value.message, caught.value.hint) == (message, hint)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "2025-6-1",
        "20250601",
        "01.06.2025",
        "2025-06-01 ",
        "2025-06-01\n",
        "２０２５-06-01",
        "٢٠٢٥-٠٦-٠١",
        "-2025-06-01",
        "tomorrow",
        "9" * 100_000,
    ],
)
def test_a_day_is_written_in_one_way_only(text: str) -> None:
    with pytest.raises(UsageError, match=r"--from .{,60} is not a date") as caught:
        resolve({"first": text})
    assert caught.value.hint == "type the day as YYYY-MM-DD: --from 2025-06-14"


@pytest.mark.parametrize(
    "text", ["", "d", "-7d", "+7d", "7  d", "7 dayz", "1.5w", "٧d", "7d7d", "7s", "7d "]
)
def test_a_span_is_a_number_and_a_unit(text: str) -> None:
    with pytest.raises(UsageError, match="is not a duration") as caught:
        resolve({"span": text})
    assert caught.value.hint == "type a number and min, h, d, w, m or y: --last 14d"


@pytest.mark.parametrize("text", ["9999999999d", f"{'9' * 5000}w", "26y", "2000w"])
def test_a_span_that_reaches_too_far_back_is_refused_however_long(text: str) -> None:
    with pytest.raises(UsageError, match="reaches too far back"):
        resolve({"span": text})


def test_a_span_may_reach_back_to_the_first_day_there_can_be() -> None:
    assert str(resolve({"span": "9297d"})) == "2000-01-01 to 2025-06-14"
    with pytest.raises(UsageError, match="'9298d' reaches too far back"):
        resolve({"span": "9298d"})


def test_the_first_day_there_can_be_may_be_today() -> None:
    new_year = date(2000, 1, 1)
    typed: Typed = {"first": "2000-01-01", "last": "today"}
    assert resolve(typed, today=new_year) == Period(new_year, new_year)


def test_control_characters_never_reach_a_message() -> None:
    with pytest.raises(UsageError) as caught:
        resolve({"named": "\x1b[2Jlast-week\u202e"})
    assert caught.value.message.isprintable()


@pytest.mark.parametrize("today", [date.min, date(1970, 1, 1), date(1999, 12, 31)])
def test_a_clock_that_stands_before_2000_is_named(today: date) -> None:
    with pytest.raises(UsageError) as caught:
        resolve({}, today=today)
    assert caught.value.message == f"this machine's clock says {today}"
    assert caught.value.hint == "set the clock to today's date"


@pytest.mark.parametrize(
    ("typed", "message", "hint"),
    [
        ({"span": "24h"}, "--last 24h: Glomex data are daily", "type --last 1d"),
        ({"span": "25 hours"}, "--last 25 hours: Glomex data are daily", "type --last 2d"),
        ({"span": "90min"}, "--last 90min: Glomex data are daily", "type --last 1d"),
        ({"span": "0h"}, "--last '0h' covers no time", "type --last 1h"),
        (
            {"first": "2025-06-01T14:00"},
            "--from '2025-06-01T14:00': Glomex data are daily",
            "type --from 2025-06-01",
        ),
        ({"last": "now"}, "--to 'now': Glomex data are daily", "type --to today"),
    ],
)
def test_daily_data_have_no_hours(typed: Typed, message: str, hint: str) -> None:
    with pytest.raises(UsageError) as caught:
        resolve(typed)
    assert (caught.value.message, caught.value.hint) == (message, hint)


@pytest.mark.parametrize("bucket", [Bucket.MINUTE, Bucket.TEN_MINUTES, Bucket.HOUR])
def test_daily_data_are_not_divided_by_hours(bucket: Bucket) -> None:
    with pytest.raises(UsageError) as caught:
        resolve({}, bucket=bucket)
    assert caught.value.message == f"-d {bucket}: Glomex data are daily"
    assert caught.value.hint == "type -d day or week or month"
