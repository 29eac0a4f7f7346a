"""A split report is the unsplit one, whichever way the service reads `to`."""

import time
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from threading import Event

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from glomex_cli.dates.calendar import whole_days
from glomex_cli.errors import (
    GlomexError,
    ServiceError,
    SessionExpiredError,
    UnavailableError,
    UsageError,
)
from glomex_cli.models import (
    Column,
    Period,
    Problem,
    Report,
    ReportKind,
    ReportRequest,
    Role,
    Row,
)
from glomex_cli.reports.fetch import DAYS_PER_WINDOW, is_long, split_report
from glomex_cli.services.glomex.queries import OPERATIONS
from support.asking import asking
from support.ranges import days_of, period
from support.servers.network import DAILY
from support.servers.sandbox_client import NOON

QUARTER = period("2025-01-01..2025-03-31")


def unheard(_done: int, _total: int) -> None:
    """Take the progress of a split report, which some tests do not look at."""


def in_order(rows: Iterator[Row]) -> list[tuple[object, ...]]:
    return sorted(tuple(row.values()) for row in rows)


@st.composite
def ranges(draw: st.DrawFn) -> Period:
    """Draw days around the turn of years, leap days and the sandbox's today."""
    first = draw(st.dates(date(2019, 12, 20), NOON.date() + timedelta(days=5)))
    return Period(first, first + timedelta(days=draw(st.integers(0, 30))))


@settings(max_examples=40)
@given(
    whole=ranges(),
    days=st.integers(1, 12),
    exclusive_to=st.booleans(),
    kind=st.sampled_from(list(OPERATIONS)),
    dimensions=st.sampled_from([("day",), ("channel", "day")]),
)
@example(
    whole=period("2024-02-27..2024-03-02"),
    days=1,
    exclusive_to=True,
    kind=ReportKind.CONTENT_OWNER,
    dimensions=("day",),
)
@example(
    whole=period("2025-12-29..2026-01-02"),
    days=2,
    exclusive_to=False,
    kind=ReportKind.PUBLISHER,
    dimensions=("channel", "day"),
)
def test_a_split_report_equals_the_unsplit_one_for_either_reading_of_to(
    *, whole: Period, days: int, exclusive_to: bool, kind: ReportKind, dimensions: tuple[str, ...]
) -> None:
    request = DAILY._replace(kind=kind, dimensions=dimensions, period=whole)
    ask, other = asking(exclusive_to=exclusive_to), asking(exclusive_to=not exclusive_to)
    split = split_report(ask, request, progress=unheard, days_per_window=days)
    found = in_order(iter(split.rows))
    unsplit = [ask(request), other(request)]
    for report in unsplit:
        assert found == in_order(iter(report.rows))
        assert split.columns == report.columns
    assert not split.problems


@pytest.mark.parametrize("exclusive_to", [True, False])
def test_no_day_is_lost_or_doubled(*, exclusive_to: bool) -> None:
    whole = period("2024-01-05..2024-03-20")
    report = split_report(
        asking(exclusive_to=exclusive_to),
        DAILY._replace(period=whole),
        progress=unheard,
        days_per_window=7,
    )
    outages = {date(2024, 2, 10), date(2024, 2, 11)}
    expected = [str(day) for day in days_of(whole) if day not in outages]
    assert [row["day"] for row in report.rows] == expected


@pytest.mark.parametrize(
    ("dimensions", "days", "expected"),
    [
        (("day",), DAYS_PER_WINDOW, False),
        (("day",), DAYS_PER_WINDOW + 1, True),
        (("video", "day"), 1000, True),
        (("week",), 1000, False),
        (("video",), 1000, False),
    ],
)
def test_only_long_daily_reports_are_split(
    *, dimensions: tuple[str, ...], days: int, expected: bool
) -> None:
    first = date(2020, 1, 1)
    whole = Period(first, first + timedelta(days=days - 1))
    assert is_long(DAILY._replace(dimensions=dimensions, period=whole)) is expected


def split(
    failures: Mapping[int, Exception], whole: Period = QUARTER
) -> tuple[Report, list[tuple[int, int]]]:
    """Split a report whose windows fail as told, by the month they begin in."""
    told: list[tuple[int, int]] = []

    def ask(request: ReportRequest) -> Report:
        if failure := failures.get(whole_days(request.period).first.month):
            raise failure
        rows: list[Row] = [{"day": str(whole_days(request.period).first)}]
        problems = [Problem(f"problem {whole_days(request.period).first}")]
        return Report((Column("day", Role.DIMENSION),), iter(rows), problems=problems)

    report = split_report(
        ask,
        DAILY._replace(period=whole),
        progress=lambda done, total: told.append((done, total)),
        days_per_window=31,
    )
    return report, told


def test_progress_counts_every_window_also_those_that_fail() -> None:
    assert split({2: ServiceError("x")})[1] == [(0, 3), (1, 3), (2, 3), (3, 3)]


def test_rows_and_problems_of_the_windows_come_in_the_order_of_time() -> None:
    report, _ = split({})
    assert [row["day"] for row in report.rows] == ["2025-01-01", "2025-02-01", "2025-03-04"]
    assert [each.message[8:] for each in report.problems] == [
        "2025-01-01",
        "2025-02-01",
        "2025-03-04",
    ]


def test_neighbouring_windows_that_fail_are_one_missing_range_with_the_first_reason() -> None:
    report, _ = split({2: UnavailableError("down"), 3: ServiceError("odd")})
    assert report.problems[1:] == [Problem("down", "2025-02-01 to 2025-03-31")]
    assert [row["day"] for row in report.rows] == ["2025-01-01"]


def test_each_missing_range_has_its_own_reason_though_the_last_fails_first() -> None:
    has_failed = Event()

    def ask(request: ReportRequest) -> Report:
        if whole_days(request.period).first.month == 3:
            has_failed.set()
            raise ServiceError("last")
        if whole_days(request.period).first.month == 1:
            assert has_failed.wait(10)
            time.sleep(0.05)  # until the other failure has been handed over
            raise UnavailableError("first")
        return Report((), [])

    whole = DAILY._replace(period=QUARTER)
    report = split_report(ask, whole, progress=unheard, days_per_window=31)
    assert report.problems == [
        Problem("first", "2025-01-01 to 2025-01-31"),
        Problem("last", "2025-03-04 to 2025-03-31"),
    ]


def test_where_all_windows_fail_the_first_failure_is_raised() -> None:
    with pytest.raises(UnavailableError, match="one"):
        split({1: UnavailableError("one"), 2: ServiceError("two"), 3: ServiceError("three")})


@pytest.mark.parametrize("kind", [SessionExpiredError, UsageError])
def test_what_concerns_all_windows_is_raised_though_others_have_rows(
    kind: type[GlomexError],
) -> None:
    with pytest.raises(kind):
        split({2: kind("x")})


def test_a_fault_of_the_program_is_never_taken_for_a_missing_range() -> None:
    with pytest.raises(ZeroDivisionError):
        split({2: ZeroDivisionError()})
