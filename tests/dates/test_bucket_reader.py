"""Every form in which a service may write a bucket is read, or is said to be unreadable."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glomex_cli.dates.bucket_reader import BucketReader, is_iso, iso_label
from glomex_cli.dates.calendar import starts_in
from glomex_cli.models import Bucket, Cell, Period
from glomex_cli.sandbox.variants.variant import FORMS

WINTER = Period(date(2025, 12, 15), date(2026, 1, 11))
DAYS = st.dates(date(2020, 1, 1), date(2029, 12, 31))


@pytest.mark.parametrize(
    ("bucket", "form"), [(bucket, form) for bucket in FORMS for form in FORMS[bucket]]
)
@given(first=DAYS, days=st.integers(1, 200))
def test_a_form_is_read_as_the_bucket_that_it_was_written_for(
    bucket: str, form: str, first: date, days: int
) -> None:
    period = Period(first, first + timedelta(days=days - 1))
    reader = BucketReader(Bucket(bucket), period)
    for start in starts_in(period, Bucket(bucket)):
        cell = FORMS[bucket][form](start)
        assert reader.start(cell) == start
        assert reader.holds(cell)
        assert reader.label(cell) == iso_label(start, Bucket(bucket))
        assert is_iso(reader.label(cell), Bucket(bucket))


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2026-01-01T20:59:59Z", "2026-01-01"),
        ("2025-12-31T21:00:00Z", "2026-01-01"),
        ("2025-12-31T23:00:00+00:00", "2026-01-01"),
        ("2026-01-01T23:00:00+02:00", "2026-01-01"),
        ("2026-01-01T23:00:00", "2026-01-01"),
        ("31/12/2025", "2025-12-31"),
        ("12/31/2025", "2025-12-31"),
        ("05/01/2026", "2026-01-05"),
        (20260105, "2026-01-05"),
        (20260105.0, "2026-01-05"),
    ],
)
def test_a_day_is_that_of_the_service(cell: Cell, day: str) -> None:
    assert BucketReader(Bucket.DAY, WINTER).label(cell) == day


@pytest.mark.parametrize("bucket", [Bucket.DAY, Bucket.WEEK, Bucket.MONTH])
@pytest.mark.parametrize(
    "cell",
    ["", "soon", None, "2025-13-45", "99", 99, 1.5, True, "KW", "٢٠٢٥-٠٦", "W60-2025", "9" * 99,
     "2025-W60", "2025-12-15/soon", "13/13/2025", "1" * 30],
)  # fmt: skip
def test_what_cannot_be_read_stays_as_it_is(bucket: Bucket, cell: Cell) -> None:
    reader = BucketReader(bucket, WINTER)
    assert reader.start(cell) is None
    assert reader.label(cell) is cell
    assert not reader.holds(cell)


def test_a_number_that_two_weeks_of_the_range_have_is_not_guessed() -> None:
    years = Period(date(2024, 1, 1), date(2025, 12, 31))
    assert BucketReader(Bucket.WEEK, years).start(7) is None
    assert BucketReader(Bucket.WEEK, WINTER).start(7) is None
    assert BucketReader(Bucket.WEEK, WINTER).start(1) == date(2025, 12, 29)


def test_a_day_that_two_readings_of_slashes_have_is_not_guessed() -> None:
    year = Period(date(2025, 1, 1), date(2025, 12, 31))
    assert BucketReader(Bucket.DAY, year).start("03/04/2025") is None


@given(st.one_of(st.text(max_size=40), st.integers(), st.floats()), st.sampled_from(Bucket))
def test_nothing_makes_the_reader_fail(cell: Cell, bucket: Bucket) -> None:
    if bucket not in {"day", "week", "month"}:
        return
    label = BucketReader(bucket, WINTER).label(cell)
    assert label == cell or is_iso(label, bucket) or cell != cell  # noqa: PLR0124 - a NaN
