"""Values with times: columns of equal time, outages as wide as they lasted, order restored."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glomex_cli.charts.parse.rows import parse_timestamps
from glomex_cli.charts.series import Series
from glomex_cli.charts.sparkline.columns import grid_of, reduce
from glomex_cli.charts.sparkline.lines import Picture, draw
from glomex_cli.charts.sparkline.options import SparklineOptions
from glomex_cli.charts.sparkline.shares import MONTH_S
from glomex_cli.metrics import Agg, guess_kind
from support.charts.sparklines import drawn
from support.zones import local_time

START = datetime(2026, 3, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)


def timed(slots: list[int], values: list[float], step: timedelta = HOUR, **more: Any) -> Series:
    return Series("", values, [START + step * slot for slot in slots], **more)


def test_outage_is_as_wide_as_it_lasted() -> None:
    line = timed([0, 1, 2, 7, 8], [1, 2, 3, 4, 5])
    assert draw([line], SparklineOptions()).lines == ("▁▃▄    ▆█",)
    assert draw([line], SparklineOptions(width=3)).lines == ("▁ █",)


def test_columns_span_equal_times() -> None:
    slots = [*range(10), *range(90, 100)]
    line = timed(slots, [float(slot) for slot in slots], timedelta(minutes=1))
    assert drawn(line, 10, Agg.LAST) == [9, *[None] * 8, 99]
    assert drawn(line, 200, Agg.LAST)[:12] == [*range(10), None, None]


@pytest.mark.parametrize("width", [8, 12, 24])
def test_even_times_and_no_times_draw_the_same(width: int) -> None:
    values = [float(index * 37 % 11) for index in range(24)]
    with_times = timed(list(range(24)), values)
    assert (
        draw([with_times], SparklineOptions(width=width)).lines
        == draw([Series("", values)], SparklineOptions(width=width)).lines
    )


@pytest.mark.parametrize(
    "days",
    [
        [START.replace(month=month) for month in range(1, 13)],
        [START + timedelta(days=7 * week) for week in range(10)],
        [START + timedelta(days=day, hours=-(day > 3)) for day in range(8)],  # a clock change
        [START + timedelta(seconds=30 * index + index % 3) for index in range(9)],
    ],
)
def test_calendar_months_and_clock_changes_make_no_gaps(days: list[datetime]) -> None:
    line = Series("", [float(index) for index in range(len(days))], days)
    assert None not in drawn(line, 100)
    assert len(drawn(line, 100)) == len(days)
    without_two = Series("", line.values[:3], days[:2] + days[4:5])
    assert drawn(without_two, 100) == [0, 1, None, None, 2]


def test_irregular_times_have_a_column_each_while_they_fit() -> None:
    line = timed([0, 10, 13, 60, 61, 100], [1, 2, 3, 4, 5, 6], timedelta(seconds=1))
    assert drawn(line, 6) == [1, 2, 3, 4, 5, 6]
    assert drawn(line, 5, Agg.LAST) == [3, None, 5, None, 6]


def test_newest_first_is_turned_round_with_its_weights() -> None:
    line = timed([3, 2, 1, 0], [4, 3, 2, 1], weights=[0, 1, 1, 0])
    assert draw([line], SparklineOptions()).lines == ("▁▃▆█",)
    assert draw([line], SparklineOptions(width=2)) == draw(
        [timed([0, 1, 2, 3], [1, 2, 3, 4], weights=[0, 1, 1, 0])], SparklineOptions(width=2)
    )


def test_values_of_the_same_time_share_a_column() -> None:
    line = timed([0, 0, 1, 1], [1, 2, 3, 4], kind=guess_kind("views"))
    picture = draw([line], SparklineOptions())
    assert picture == Picture(("▁█",), ("4 values, 2 per column (sum)",))
    assert drawn(timed([5, 5], [1, 3]), 80) == [2]


def test_times_that_do_not_match_the_values_are_a_mistake() -> None:
    with pytest.raises(ValueError, match="one by one"):
        draw([Series("", [1, 2], [START])], SparklineOptions())


@given(
    st.lists(st.integers(0, 10_000_000), min_size=1, max_size=60).map(sorted), st.integers(1, 50)
)
def test_times_of_any_rhythm_lose_no_value_and_keep_the_width(
    seconds: list[int], width: int
) -> None:
    line = timed(seconds, [1.0] * len(seconds), timedelta(seconds=1))
    columns = reduce(line, grid_of(line), width=width, agg=Agg.SUM)
    assert len(columns.values) == len(columns.edges) - 1 <= width
    assert (columns.edges[0], columns.edges[-1]) == (0, len(seconds))
    assert all(start <= end for start, end in pairwise(columns.edges))
    assert [columns.column_of(index) for index in range(len(seconds))] == [
        column
        for column, (start, end) in enumerate(pairwise(columns.edges))
        for _ in range(start, end)
    ]


@pytest.mark.parametrize("zone", ["America/Los_Angeles", "Pacific/Kiritimati", "UTC"])
def test_a_time_without_a_zone_is_in_utc_wherever_it_is_read(zone: str) -> None:
    with local_time(zone):
        assert parse_timestamps(["2025-06-01T12:00:00", "2025-06-02"]) == (
            datetime(2025, 6, 1, 12, tzinfo=UTC),
            datetime(2025, 6, 2, tzinfo=UTC),
        )


@pytest.mark.parametrize("months", [(2, 3), (2, 3, 4), (1, 2), (4, 5), (7, 8, 9)])
def test_months_of_any_length_are_steps_of_a_month(months: tuple[int, ...]) -> None:
    days = [START.replace(month=month) for month in months]
    grid = grid_of(Series("", [1.0] * len(days), days))
    assert (grid.regular, grid.step_s) == (True, MONTH_S)
