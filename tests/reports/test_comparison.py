"""Two reports side by side: no row lost, no number invented."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glomex_cli.dates.comparison import Comparison, previous, year_before
from glomex_cli.errors import ServiceError
from glomex_cli.models import Bucket, Cell, Problem, Report, Role, Row
from glomex_cli.reports.comparison import change, compare, percent
from glomex_cli.reports.sort import sort_rows
from glomex_cli.reports.totals import total_of
from support.ranges import period
from support.reports import METRICS, report, reports, total, written

WEEK = period("2025-06-09..2025-06-15")
MONTHS = period("2025-01-01..2025-06-30")


def views(dimensions: str, rows: Sequence[Sequence[Cell]]) -> Report:
    names = [*dimensions.split(","), METRICS[0]]
    return report(
        dimensions, [dict(zip(names, row, strict=True)) for row in rows], metrics=METRICS[:1]
    )


def cells(found: Report) -> list[list[Cell]]:
    return [list(row.values()) for row in sort_rows(found).rows]


@pytest.mark.parametrize(
    ("now", "before", "difference", "per_cent"),
    [
        (90, 80, 10, 12.5),
        (80, 90, -10, -11.11),
        (5, 0, 5, None),
        (0, 5, -5, -100.0),
        (None, 5, None, None),
        (5, None, None, None),
        ("7", 7.0, 0.0, 0.0),
        (0.3, 0.1, 0.2, 200.0),
        (5, -10, 15, 150.0),
        (2**60 + 1, 2**60, 1, 0.0),
        ("n/a", 5, None, None),
        (1e308, -1e308, None, None),
        (10**308, 1, 10**308 - 1, None),
        (1, 5e-324, 1.0, None),
    ],
)
def test_a_change_is_exact_and_no_percentage_stands_over_zero(
    now: Cell, before: Cell, difference: Cell, per_cent: Cell
) -> None:
    assert change(now, before) == difference
    assert percent(now, before) == per_cent


def test_days_stand_beside_the_same_place_in_the_earlier_period() -> None:
    found = compare(
        views("day", [["2025-06-09", 90], ["2025-06-10", 5], ["2025-06-12", None]]),
        views("day", [["2025-06-02", 80], ["2025-06-04", 3], ["2025-06-05", 1]]),
        comparison=Comparison(WEEK, previous(WEEK)),
    )
    assert [(column.name, column.role) for column in found.columns] == [
        ("day", Role.DIMENSION),
        ("video_views", Role.METRIC),
        ("video_views_previous", Role.METRIC),
        ("video_views_change", Role.CHANGE),
        ("video_views_change_percent", Role.PERCENT),
    ]
    assert cells(found) == [
        ["2025-06-09", 90, 80, 10, 12.5],
        ["2025-06-10", 5, None, None, None],
        ["2025-06-11", None, 3, None, None],
        ["2025-06-12", None, 1, None, None],
    ]


def test_a_year_stands_beside_the_same_weekday() -> None:
    found = compare(
        views("day", [["2025-06-09T00:00:00Z", 2]]),
        views("day", [["2024-06-10T00:00:00Z", 1], ["2024-06-11T00:00:00Z", 1]]),
        comparison=Comparison(WEEK, year_before(WEEK)),
    )
    assert cells(found) == [
        ["2025-06-09T00:00:00Z", 2, 1, 1, 100.0],
        ["2025-06-10T00:00:00Z", None, 1, None, None],
    ]


@pytest.mark.parametrize(
    ("bucket", "now", "before", "beside"),
    [
        (Bucket.WEEK, "2025-W24", "2025-W23", "2025-W24"),
        (Bucket.WEEK, "2025-06-09", "2025-06-02", "2025-06-09"),
        (Bucket.MONTH, "2025-06", "2025-05", "2025-06"),
    ],
)
def test_weeks_and_months_meet_by_their_place(
    bucket: Bucket, now: str, before: str, beside: str
) -> None:
    found = compare(
        views(f"video,{bucket}", [["a", now, 4]]),
        views(f"video,{bucket}", [["b", before, 1], ["a", before, 2]]),
        comparison=Comparison(WEEK, previous(WEEK, bucket)),
    )
    assert cells(found) == [["a", beside, 4, 2, 2, 100.0], ["b", beside, None, 1, None, None]]


def test_without_a_time_bucket_rows_meet_by_name() -> None:
    found = compare(
        views("video", [["a", 4], ["b", 2]]),
        views("video", [["c", 1], ["a", 5]]),
        comparison=Comparison(WEEK, previous(WEEK)),
    )
    assert cells(found) == [
        ["a", 4, 5, -1, -20.0],
        ["b", 2, None, None, None],
        ["c", None, 1, None, None],
    ]


def test_rows_without_a_time_meet_their_like_and_are_kept() -> None:
    found = compare(
        views("day", [[None, 1]]),
        views("day", [[None, 4], ["9999-12-31", 5]]),
        comparison=Comparison(WEEK, previous(WEEK)),
    )
    assert cells(found) == [["9999-12-31", None, 5, None, None], [None, 1, 4, -3, -75.0]]


@pytest.mark.parametrize("place", [0, 1])
def test_a_time_that_cannot_be_read_is_named_and_never_paired(place: int) -> None:
    reports = [views("day", [["2025-06-02", 1]]), views("day", [["2025-06-02", 2]])]
    reports[place] = views("day", [["someday", 3]])
    with pytest.raises(ServiceError, match="sent 'someday' as a day") as caught:
        compare(*reports, comparison=Comparison(WEEK, previous(WEEK)))
    assert caught.value.hint == "its rows can be printed: glomex report -d day"


def test_what_is_missing_in_either_report_is_told() -> None:
    now = views("day", [])._replace(problems=[Problem("no rows", "rows")])
    before = views("day", [])._replace(problems=[Problem("too old", "rows.3")])
    found = compare(now, before, comparison=Comparison(WEEK, previous(WEEK)))
    assert found.problems == [
        Problem("no rows", "rows"),
        Problem("in the earlier range: too old", "rows.3"),
    ]


@given(data=st.data(), bucket=st.sampled_from(list(Bucket)))
def test_the_sums_of_both_reports_are_found_again(data: st.DataObject, bucket: Bucket) -> None:
    comparison = Comparison(MONTHS, previous(MONTHS, bucket))
    now = data.draw(reports(comparison.current, bucket=bucket))
    before = data.draw(reports(comparison.before, bucket=bucket))
    found = total_of(compare(now, before, comparison=comparison))
    rows = list(found.rows)
    assert found.total is not None
    for name in METRICS:
        old, new = total(before.rows, name), total(now.rows, name)
        assert (total(rows, name), total(rows, f"{name}_previous")) == (new, old)
        if found.total[f"{name}_change"] is not None:
            assert found.total[f"{name}_change"] == new - old


@given(data=st.data(), bucket=st.sampled_from(list(Bucket)))
def test_every_aligned_time_lies_in_the_current_period(data: st.DataObject, bucket: Bucket) -> None:
    comparison = Comparison(MONTHS, year_before(MONTHS, bucket))
    before = data.draw(reports(comparison.before, bucket=bucket))
    rows: list[Row] = list(compare(before._replace(rows=[]), before, comparison=comparison).rows)
    low, high = written(MONTHS.first, bucket), written(MONTHS.last, bucket)
    assert len(rows) == len(list(before.rows))
    assert all(low <= str(row[bucket]) <= high for row in rows)
