"""Time buckets in all the forms a service may write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glomex_cli.dates.buckets import bucket_label, bucket_of, first_day_of, written_day
from glomex_cli.dates.calendar import start_of
from glomex_cli.models import Bucket, Cell
from support.reports import report

DAILY = (Bucket.DAY, Bucket.WEEK, Bucket.MONTH)
DAYS = st.dates(min_value=date(1000, 1, 1), max_value=date(9999, 12, 31))


@pytest.mark.parametrize(
    ("cell", "bucket", "expected"),
    [
        ("2025-06-01", Bucket.DAY, "2025-06-01"),
        ("2025-06-01T22:00:00+02:00", Bucket.DAY, "2025-06-01"),
        ("2025-06-01 00:00:00", Bucket.DAY, "2025-06-01"),
        ("2025-W23", Bucket.WEEK, "2025-06-02"),
        ("2025W23", Bucket.WEEK, "2025-06-02"),
        ("2025-W1", Bucket.WEEK, "2024-12-30"),
        ("2020-W53", Bucket.WEEK, "2020-12-28"),
        ("2025-06-08", Bucket.WEEK, "2025-06-02"),
        ("2025-06", Bucket.MONTH, "2025-06-01"),
        ("2025-6", Bucket.MONTH, "2025-06-01"),
        ("2025-06-30T00:00:00Z", Bucket.MONTH, "2025-06-01"),
    ],
)
def test_each_known_form_is_read(cell: str, bucket: Bucket, expected: str) -> None:
    assert str(first_day_of(cell, bucket)) == expected


@pytest.mark.parametrize("bucket", list(Bucket))
@pytest.mark.parametrize(
    "cell",
    [
        None,
        20250601,
        1.5,
        "",
        "2025-06-31",
        "2021-W53",
        "2025-13",
        "0000-01",
        "２０２５-06-01",
        "June",
    ],
)
def test_what_names_no_bucket_is_no_date(cell: Cell, bucket: Bucket) -> None:
    assert written_day(cell, bucket) is None


@given(day=DAYS, bucket=st.sampled_from(DAILY), tail=st.sampled_from(["", "T00:00:00Z"]))
def test_a_label_is_read_as_what_it_was_written_for(day: date, bucket: Bucket, tail: str) -> None:
    start = start_of(day, bucket)
    like = f"2025-06-02{tail}"
    assert first_day_of(bucket_label(start, bucket), bucket) == start
    assert bucket_label(start, bucket, like=like) == f"{start}{tail}"
    assert bucket_label(start, bucket, like=bucket_label(start, bucket)) == bucket_label(
        start, bucket
    )


@pytest.mark.parametrize(
    ("bucket", "like", "expected"),
    [
        (Bucket.DAY, "nonsense", "2024-12-30"),
        (Bucket.WEEK, None, "2025-W01"),
        (Bucket.WEEK, "2025W07", "2025W01"),
        (Bucket.MONTH, "2025-01-01", "2024-12-30"),
        (Bucket.MONTH, 7, "2024-12"),
    ],
)
def test_a_label_takes_the_form_of_its_neighbors(bucket: Bucket, like: Cell, expected: str) -> None:
    assert bucket_label(date(2024, 12, 30), bucket, like=like) == expected


def test_the_bucket_of_a_report_is_a_dimension_not_a_metric() -> None:
    assert bucket_of(report("video,month", []).columns) is Bucket.MONTH
    assert bucket_of(report("video", [], metrics=["day"]).columns) is None
