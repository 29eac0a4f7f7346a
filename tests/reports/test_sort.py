"""Rows in order, and no more of them than asked for."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glomex_cli.errors import UsageError
from glomex_cli.models import Cell, Column, Report, Role, Row
from glomex_cli.reports.sort import limit_rows, sort_rows, sort_short
from glomex_cli.services.normalize import numeric
from support.ranges import period
from support.reports import ANY_CELL, METRICS, report, reports

JUNE = period("2025-06-01..2025-06-30")


def column(sorted_report: Report, name: str) -> list[Cell]:
    return [row[name] for row in sorted_report.rows]


def by_views(*cells: Cell) -> Report:
    rows = [{"video": f"v{n}", "video_views": cell} for n, cell in enumerate(cells)]
    return report("video", rows, metrics=METRICS[:1])


def test_without_a_key_rows_come_by_time_then_by_the_first_metric() -> None:
    found = sort_rows(
        report(
            "video,day",
            [
                {"video": "b", "day": "2025-06-02", "video_views": 1},
                {"video": "a", "day": "2025-06-02", "video_views": 1},
                {"video": "c", "day": "2025-06-02", "video_views": 9},
                {"video": "z", "day": None, "video_views": 99},
                {"video": "d", "day": "2025-06-01T00:00:00Z", "video_views": 5},
            ],
        )
    )
    assert column(found, "video") == ["d", "c", "a", "b", "z"]


def test_without_a_time_bucket_the_first_metric_comes_largest_first() -> None:
    assert column(sort_rows(by_views(5, "7", None, 6.5)), "video") == ["v1", "v3", "v0", "v2"]


def test_times_that_cannot_be_read_come_last_in_the_order_of_the_service() -> None:
    rows: list[Row] = [
        {"week": "b-week", "video_views": 1},
        {"week": "2025-W02", "video_views": 1},
        {"week": "a-week", "video_views": 9},
        {"week": "2025-W01", "video_views": 1},
    ]
    assert column(sort_rows(report("week", rows)), "week") == [
        "2025-W01", "2025-W02", "b-week", "a-week",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("bucket", "cells"),
    [
        ("week", ["2024-W52", "2025-W2", "2025-W10"]),
        ("week", ["2020-W53", "2021-W01", "2021-W02"]),
        ("month", ["2024-12", "2025-2", "2025-10"]),
        ("month", ["2024-12-01", "2025-02", "2025-10-01T00:00:00Z"]),
        ("day", ["2024-12-31", "2025-01-01", "nonsense"]),
    ],
)
def test_time_is_ordered_as_time_however_it_is_written(bucket: str, cells: list[str]) -> None:
    rows: list[Row] = [{bucket: cell, "video_views": 1} for cell in reversed(cells)]
    assert column(sort_rows(report(bucket, rows)), bucket) == cells


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("video_views", [2, "3", 10, "n/a", "Other", None]),
        ("-video_views", [10, "3", 2, "Other", "n/a", None]),
    ],
)
def test_missing_values_come_last_in_both_directions(key: str, expected: list[Cell]) -> None:
    found = sort_rows(by_views(None, "Other", 2, "n/a", 10, "3"), key)
    assert column(found, "video_views") == expected


@pytest.mark.parametrize("key", ["video_views", "-video_views"])
def test_equal_rows_stay_as_they_were(key: str) -> None:
    assert column(sort_rows(by_views(1, 1, None, 1, None), key), "video") == [
        "v0",
        "v1",
        "v3",
        "v2",
        "v4",
    ]


@given(
    rows=st.lists(
        st.fixed_dictionaries(dict.fromkeys(("video", "day", *METRICS), ANY_CELL)), max_size=15
    ),
    key=st.sampled_from([None, "day", "-day", "video", "-video_views"]),
)
def test_sorting_any_cells_is_a_permutation(rows: list[Row], key: str | None) -> None:
    found = sort_rows(report("video,day", rows), key)
    assert sorted(map(id, found.rows)) == sorted(map(id, rows))


@given(drawn=reports(JUNE))
def test_the_usual_order_never_goes_back(drawn: Report) -> None:
    def place(row: Row) -> tuple[str, bool, float]:
        views = numeric(row["video_views"])
        return str(row["day"]), views is None, -(views or 0)

    places = [place(row) for row in sort_rows(drawn).rows]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("key", "hint"),
    [
        ("-video_veiws", "did you mean --sort -video_views?"),
        ("Day", "did you mean --sort day?"),
        ("", "type one of: day, video_views, ad_impressions"),
        ("-", "type one of: day, video_views, ad_impressions"),
        ("--day", "did you mean --sort -day?"),
    ],
)
def test_an_unknown_column_is_refused_with_the_likely_one(key: str, hint: str) -> None:
    with pytest.raises(UsageError, match="is not a column of this report") as caught:
        sort_rows(report("day", []), key)
    assert caught.value.hint == hint


def test_a_limit_reads_no_more_rows_than_it_shows() -> None:
    def endless() -> Iterator[Row]:
        while True:
            yield {"video": "v", "video_views": 1}

    stream = by_views()._replace(rows=endless(), total={"video_views": 9})
    limited = limit_rows(stream, 3)
    assert len(list(limited.rows)) == 3
    assert limited.total == {"video_views": 9}


def test_no_limit_gives_the_report_itself() -> None:
    whole = by_views(1, 2)
    assert limit_rows(whole, None) is whole
    assert len(list(limit_rows(whole, 99).rows)) == 2


@pytest.mark.parametrize("limit", [0, -1])
def test_a_limit_of_no_row_is_refused(limit: int) -> None:
    with pytest.raises(UsageError, match=f"--limit {limit} shows no row"):
        limit_rows(by_views(1), limit)


@pytest.mark.parametrize("most", [2, 3])
def test_text_is_no_sort_key_and_a_label_however_many_rows_come(most: int) -> None:
    rows: list[Row] = [
        {"video": "b", "title": "Zebra", "video_views": 1},
        {"video": "a", "title": "1984", "video_views": 3},
        {"video": "c", "title": "Ameise", "video_views": 2},
    ]
    whole = report("video", rows, metrics=["title", "video_views"])
    found, is_sorted = sort_short(whole._replace(rows=iter(rows)), most=most)
    assert found.columns[1] == Column("title", Role.LABEL)
    assert is_sorted is (most == len(rows))
    assert column(found, "video") == (["a", "c", "b"] if is_sorted else ["b", "a", "c"])


@pytest.mark.parametrize(("key", "expected"), [("change", [-1, 5]), ("-change", [5, -1])])
def test_a_heading_of_one_column_is_a_name(key: str, expected: list[Cell]) -> None:
    columns = (
        Column("video", Role.DIMENSION),
        Column("views_change", Role.CHANGE, "change"),
        Column("views_change_percent", Role.PERCENT, "%"),
    )
    rows: list[Row] = [{"video": "a", "views_change": 5}, {"video": "b", "views_change": -1}]
    assert column(sort_rows(Report(columns, rows), key), "views_change") == expected
    twice = Report((*columns, Column("plays_change", Role.CHANGE, "change")), rows)
    with pytest.raises(UsageError, match="is not a column"):
        sort_rows(twice, key)
