"""Split daily reports give what an unsplit one would, whichever way the service reads `to`."""

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glomex_cli.dates.bucket_reader import BucketReader
from glomex_cli.dates.calendar import ONE_DAY, request_window, windows
from glomex_cli.errors import ServiceError
from glomex_cli.models import Bucket, Period, Row
from glomex_cli.services.glomex.fit import Fit
from support.ranges import days_of, period, periods
from support.reports import VIDEOS

JUNE = period("2025-06-01..2025-06-30")


class Service:
    """Answers by video and day, with days missing, including `to` or not."""

    def __init__(self, *, includes_to: bool, gap_every: int, time: str) -> None:
        self.includes_to = includes_to
        self.gap_every = gap_every
        self.time = time

    def answer(self, wanted: Period) -> list[Row]:
        days = days_of(wanted) if self.includes_to else days_of(wanted)[:-1]
        return [
            {"video": video, "day": f"{day}{self.time}", "video_views": day.toordinal() + number}
            for day in days
            for number, video in enumerate(VIDEOS[:2])
            if (day.toordinal() + number) % self.gap_every
        ]


SERVICES = st.builds(
    Service,
    includes_to=st.booleans(),
    gap_every=st.integers(1, 7),
    time=st.sampled_from(["", "T00:00:00Z", " 00:00:00"]),
)


def joined(parts: Iterable[tuple[Period, Iterable[Row]]]) -> list[Row]:
    """Return the rows of all windows, as a split report joins them."""
    return [row for window, rows in parts for row in trimmed(rows, window)]


def trimmed(rows: Iterable[Row], window: Period) -> list[Row]:
    """Return the rows of a window that was asked for with one day more."""
    fit = Fit(("day",), BucketReader(Bucket.DAY, window), window.last + ONE_DAY)
    kept = fit.kept(list(rows))
    if fit.failure:
        raise fit.failure
    told = [each.message for each in fit.problems("report", has_errors=True)]
    assert not [text for text in told if "outside" in text]
    return kept


def truth(service: Service, whole: Period) -> list[Row]:
    """Return what the service holds for these days, asked in the reading that is its own."""
    rows = service.answer(whole if service.includes_to else request_window(whole))
    return [{**row, "day": str(row["day"])[:10]} for row in rows]


@given(service=SERVICES, whole=periods(longest=120), size=st.integers(1, 60))
def test_a_split_report_equals_the_unsplit_one(service: Service, whole: Period, size: int) -> None:
    parts = [(window, service.answer(request_window(window))) for window in windows(whole, size)]
    assert joined(parts) == truth(service, whole)


@given(service=SERVICES, whole=periods(longest=90), lost=st.integers(0, 8))
def test_a_failed_window_takes_only_its_own_days(
    service: Service, whole: Period, lost: int
) -> None:
    pieces = windows(whole, 10)
    failed = pieces[lost % len(pieces)]
    parts = [(piece, service.answer(request_window(piece))) for piece in pieces if piece != failed]
    kept = [truth(service, piece) for piece in pieces if piece != failed]
    assert joined(parts) == [row for rows in kept for row in rows]


def rows_by_day(*days: str | None) -> Iterable[Row]:
    return [{"day": day, "video_views": 1} for day in days]


def test_a_row_without_a_day_is_kept() -> None:
    fit = Fit(("day",), BucketReader(Bucket.DAY, JUNE), JUNE.last + ONE_DAY)
    rows = rows_by_day(None, "2025-05-31", "2025-07-01")
    assert fit.kept(list(rows)) == list(rows_by_day(None))
    assert [each.message for each in fit.problems("report", has_errors=False)] == [
        "a row outside the range left out, such as 2025-05-31",
        "a row with no day",
    ]


@pytest.mark.parametrize("day", ["06-2025", "2025060", "", "Sunday"])
def test_a_day_in_an_unknown_form_is_refused_before_it_counts_twice(day: str) -> None:
    with pytest.raises(ServiceError, match="sent a day in an unknown format") as caught:
        joined([(JUNE, rows_by_day(day))])
    assert caught.value.hint == "group by week or month instead: -d week"
