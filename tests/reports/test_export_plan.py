"""Which months an export asks for: from what it holds, the day, and the look-back."""

from datetime import date

import pytest

from glomex_cli.errors import UsageError
from glomex_cli.models import Bucket, Filter, ReportKind
from glomex_cli.reports.export.manifest import Manifest, Month, Source, dump_manifest, load_manifest
from glomex_cli.reports.export.plan import (
    check_bucket,
    check_rebuilt,
    gone_months,
    is_settled,
    lost_days,
    parse_look_back,
    tasks,
    without_the_gone,
)
from glomex_cli.storage.destination import MOST_BYTES

SOURCE = Source("sandbox:", ReportKind.CONTENT_OWNER, ("video", "day"), ("video_views",), ())
APRIL, MAY, JUNE, JULY = (date(2025, month, 1) for month in (4, 5, 6, 7))


def month(first: date, through: date, *, settled: bool) -> Month:
    return Month(3, (1, 2, 3), "d", {"size": "1"}, first, through, settled, "2025-07-01T00:00:00Z")


def manifest(*settled: date, first: date = APRIL, look_back_days: int = 14) -> Manifest:
    months = {start: month(start, start.replace(day=30), settled=True) for start in settled}
    return Manifest(SOURCE, (), first, look_back_days, months)


@pytest.mark.parametrize(
    ("held", "today", "asked"),
    [
        ((), date(2025, 7, 5), [APRIL, MAY, JUNE, JULY]),
        ((APRIL,), date(2025, 7, 5), [MAY, JUNE, JULY]),
        ((APRIL, MAY), date(2025, 7, 5), [JUNE, JULY]),
        ((APRIL, MAY), date(2025, 7, 1), [JUNE]),  # July has no whole day yet
        ((APRIL, MAY, JUNE), date(2025, 7, 14), [JUNE, JULY]),  # settled by a shorter look-back
        ((APRIL, MAY, JUNE), date(2025, 7, 15), [JULY]),
        ((APRIL, JUNE), date(2025, 7, 20), [MAY, JULY]),  # a month that failed is asked again
    ],
)
def test_all_but_settled_months_are_asked_for(
    held: tuple[date, ...], today: date, asked: list[date]
) -> None:
    assert [task.month for task in tasks(manifest(*held), today=today)] == asked


def test_a_month_is_asked_for_from_the_first_day_to_yesterday() -> None:
    (only,) = tasks(manifest(first=date(2025, 6, 10)), today=date(2025, 6, 21))
    assert str(only.period) == "2025-06-10 to 2025-06-20"


def test_an_earlier_first_day_asks_again_for_a_month_that_began_in_its_middle() -> None:
    held = {APRIL: month(date(2025, 4, 10), date(2025, 4, 30), settled=True)}
    earlier = manifest(first=APRIL)._replace(months=held)
    assert [task.month for task in tasks(earlier, today=date(2025, 5, 20))] == [APRIL, MAY]
    same = earlier._replace(first=date(2025, 4, 10))
    assert [task.month for task in tasks(same, today=date(2025, 5, 20))] == [MAY]


@pytest.mark.parametrize(
    ("today", "days", "settled"),
    [
        (date(2025, 7, 14), 14, False),
        (date(2025, 7, 15), 14, True),
        (date(2025, 7, 1), 0, True),
        (date(2025, 6, 30), 0, False),
    ],
)
def test_a_month_settles_when_its_look_back_is_over(
    today: date, days: int, *, settled: bool
) -> None:
    (task,) = tasks(manifest(first=JUNE), today=date(2025, 7, 1))
    assert is_settled(task, today=today, look_back_days=days) is settled


def test_what_the_service_no_longer_keeps_is_neither_asked_for_nor_lost() -> None:
    held = manifest(APRIL)._replace(months={APRIL: month(APRIL, MAY, settled=False)})
    asked = tasks(held, today=date(2025, 7, 5), oldest=date(2025, 5, 20))
    assert str(asked[0].period) == "2025-05-20 to 2025-05-31"
    assert [task.month for task in asked] == [MAY, JUNE, JULY]
    assert tasks(held, today=date(2025, 5, 2), oldest=date(2025, 6, 1)) == []


def test_days_that_have_gone_are_named() -> None:
    (task,) = tasks(manifest(first=JUNE), today=date(2025, 7, 1))
    held = month(JUNE, JUNE, settled=False)
    assert lost_days(task, held, (1, 3, 4)) == [date(2025, 6, 2)]
    assert lost_days(task, held, (1, 2, 3)) == []
    assert lost_days(task, None, ()) == []


def test_a_first_day_of_today_has_nothing_to_export_yet() -> None:
    with pytest.raises(UsageError, match="no whole day since 2025-07-01"):
        tasks(manifest(first=JULY), today=JULY)


@pytest.mark.parametrize(("text", "days"), [("14d", 14), ("0d", 0), ("4w", 28), ("2W", 14)])
def test_a_look_back_is_days_or_weeks(text: str, days: int) -> None:
    assert parse_look_back(text) == days


@pytest.mark.parametrize("text", ["", "14", "1m", "-1d", "d", "1.5d", "99999d"])
def test_anything_else_is_no_look_back(text: str) -> None:
    with pytest.raises(UsageError, match="--look-back"):
        parse_look_back(text)


@pytest.mark.parametrize("dimensions", [("video",), ("video", "week"), ("month",), ()])
def test_an_export_is_by_day_or_by_hour_where_there_are_hours(dimensions: tuple[str, ...]) -> None:
    with pytest.raises(UsageError, match="by day or hour"):
        check_bucket(dimensions, tuple(Bucket))
    check_bucket(("channel", "day"), (Bucket.DAY, Bucket.WEEK))
    check_bucket(("country", "hour"), tuple(Bucket))
    with pytest.raises(UsageError, match=r"by day$"):
        check_bucket(("video", "hour"), (Bucket.DAY, Bucket.WEEK))


def test_only_months_with_days_before_the_oldest_are_gone() -> None:
    """A month whose first days never had views is asked for until it settles."""
    late = month(APRIL, MAY, settled=False)._replace(days=(5, 6))
    held = manifest()._replace(months={APRIL: late})
    assert gone_months(held, date(2025, 4, 5)) == []
    assert gone_months(held, date(2025, 4, 6)) == [APRIL]
    assert gone_months(held, None) == []
    (again, *_) = tasks(held, today=date(2025, 5, 5), oldest=date(2025, 4, 5))
    assert str(again.period) == "2025-04-05 to 2025-04-30"


@pytest.mark.parametrize(
    ("today", "oldest", "settled"),
    [
        (date(2025, 5, 15), date(2025, 5, 1), True),
        (date(2025, 5, 14), date(2025, 5, 1), False),  # within the look-back: it may be an outage
        (date(2025, 5, 15), date(2025, 4, 30), False),  # a day is left
        (date(2025, 5, 15), None, False),
    ],
)
def test_a_month_that_has_gone_settles_after_its_look_back(
    today: date, oldest: date | None, *, settled: bool
) -> None:
    held = manifest()._replace(months={APRIL: month(APRIL, MAY, settled=False)})
    after = without_the_gone(held, today=today, oldest=oldest)
    assert after.months[APRIL].settled is settled
    assert after._replace(months=held.months) == held


def test_gone_months_cannot_be_had_with_other_columns() -> None:
    held = manifest(APRIL, MAY)
    other = held._replace(source=SOURCE._replace(metrics=("revenue",)))
    with pytest.raises(UsageError, match="nothing before 2025-04-02: 2025-04 cannot be rebuilt"):
        check_rebuilt(other, held, date(2025, 4, 2))
    check_rebuilt(other, held, date(2025, 4, 1))
    check_rebuilt(held, held, date(2025, 4, 2))
    check_rebuilt(other, None, date(2025, 4, 2))
    check_rebuilt(other, held, None)


def test_a_manifest_is_read_as_it_was_written() -> None:
    whole = manifest(APRIL, MAY)._replace(
        source=SOURCE._replace(filters=(Filter("channel", "=", "Ärger"),))
    )
    assert load_manifest(dump_manifest(whole), place="x") == whole


def test_a_manifest_of_ten_thousand_months_takes_no_half_of_what_is_read() -> None:
    one = month(APRIL, MAY, settled=True)._replace(
        days=tuple(range(1, 32)), digest="f" * 32, tag={"e_tag": "0" * 34, "version": "0" * 32}
    )
    months = {date(1 + number // 12, 1 + number % 12, 1): one for number in range(10_000)}
    assert MOST_BYTES / 8 < len(dump_manifest(manifest()._replace(months=months))) < MOST_BYTES / 2
