"""The times below a line: both ends always, round times between only where there is room."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glomex_cli.charts.series import Series
from glomex_cli.charts.sparkline.lines import draw
from glomex_cli.charts.sparkline.options import SparklineOptions

MORNING = datetime(2017, 7, 25, 10, tzinfo=UTC)
JANUARY = datetime(2026, 1, 30, tzinfo=UTC)
SECOND, MINUTE, HOUR, DAY = (timedelta(seconds=seconds) for seconds in (1, 60, 3600, 86_400))
FIGURES = len("  last 0  min 0  max 0")


def line(start: datetime, step: timedelta, count: int) -> Series:
    values = [float(index % 7) for index in range(count)]
    return Series("", values, [start + step * index for index in range(count)])


def axis(series: Series, width: int) -> list[str]:
    return list(draw([series], SparklineOptions(width=width, labels=True)).lines[1:])


AXES: list[tuple[Series, int, list[str]]] = [
    (line(MORNING, HOUR, 24), 80, ["07-25 10:00  07-26 09:00"]),
    (line(MORNING, HOUR, 8), 80, ["2017-07-25 10:00  2017-07-25 17:00"]),
    (line(MORNING, HOUR, 8), 8, ["10:00", "17:00"]),
    (line(MORNING, HOUR, 2), 4, ["10:0", "11:0"]),
    (line(MORNING, HOUR, 1), 80, ["2017-07-25 10:00"]),
    (line(MORNING, MINUTE, 5), 28, ["07-25 10:00  07-25 10:04"]),
    (line(MORNING, 10 * SECOND, 5), 18, ["10:00:00  10:00:40"]),
    (line(JANUARY, DAY, 14), 80, ["01-30    02-12"]),
    (line(JANUARY, DAY, 7), 80, ["2026-01-30  2026-02-05"]),
    (line(JANUARY, DAY, 7), 12, ["01-30  02-05"]),
    (
        line(MORNING, HOUR, 72),
        72 + FIGURES + 7,
        ["2017-07-25 10:00          12:00       07-27             2017-07-28 09:00"],
    ),
    (
        line(JANUARY, DAY, 60),
        100,
        ["2026-01-30                    2026-03             2026-03-30"],
    ),
    (
        line(JANUARY, 7 * DAY, 52),
        100,
        ["2026-01-30           2026-07              2027-01-22"],
    ),
    (
        line(MORNING, SECOND, 70),
        120,
        ["2017-07-25 10:00:00           10:00:30             2017-07-25 10:01:09"],
    ),
    (
        line(JANUARY, 365 * DAY, 60),
        100,
        ["2026-01-30   2040      2050      2060      2070   2085-01-15"],
    ),
]


@pytest.mark.parametrize(("series", "width", "expected"), AXES)
def test_axis_has_both_ends_and_round_times(
    series: Series, width: int, expected: list[str]
) -> None:
    assert axis(series, width) == expected


def test_round_time_stands_below_the_column_that_holds_it() -> None:
    series = line(JANUARY, DAY, 60)
    glyphs, times = draw([series], SparklineOptions(width=60 + FIGURES + 8, labels=True)).lines
    assert series.times is not None
    assert series.times[times.index("2026-03")] == datetime(2026, 3, 1, tzinfo=UTC)
    assert len(times) == len(glyphs.split("  last")[0])


def test_times_keep_the_zone_they_came_in() -> None:
    berlin = timezone(timedelta(hours=2))
    series = line(datetime(2026, 7, 1, tzinfo=berlin), DAY, 5)
    assert axis(series, 80) == ["2026-07-01  2026-07-05"]


def test_round_time_in_an_outage_is_left_out() -> None:
    days = [*range(5), *range(55, 60)]
    series = Series("", [1.0] * 10, [JANUARY + DAY * day for day in days])
    assert axis(series, 100) == ["2026-01-30" + " " * 40 + "2026-03-30"]


def test_lines_with_the_same_times_share_an_axis() -> None:
    first = line(JANUARY, DAY, 14)._replace(name="a")
    lines = [first, first._replace(name="bb"), Series("c", [1]), line(MORNING, HOUR, 24)]
    texts = draw(lines, SparklineOptions(labels=True)).lines
    assert [text[:8].rstrip() for text in texts] == [
        "a  ▁▂▃▄▆",
        "bb ▁▂▃▄▆",
        "   01-30",
        "c  ▄",
        "   ▁▂▃▄▆",
        "   07-25",
    ]


def test_times_at_the_ends_of_the_calendar_are_drawn() -> None:
    east, west = timezone(timedelta(hours=14)), timezone(-timedelta(hours=12))
    start, end = datetime(1, 1, 1, tzinfo=east), datetime(9999, 12, 31, 23, 59, 59, tzinfo=west)
    span = end - start
    for count in (2, 30, 200):
        times = [start + span * index / (count - 1) for index in range(count - 1)]
        (text,) = axis(Series("", [1.0] * count, [*times, end]), 100)
        assert text.endswith("9999-12-31")
    minutes = [end - MINUTE * index for index in range(60)]
    assert axis(Series("", [1.0] * 60, minutes), 100)[0].endswith("9999-12-31 23:59:59")


@given(
    st.integers(10**8, 4 * 10**9),
    st.sampled_from([SECOND, 7 * SECOND, MINUTE, HOUR, 5 * HOUR, DAY, 7 * DAY, 31 * DAY]),
    st.integers(2, 200),
    st.integers(20, 200),
)
def test_both_ends_are_there_whatever_the_room(
    start_s: int, step: timedelta, count: int, width: int
) -> None:
    series = line(datetime.fromtimestamp(start_s, UTC), step, count)
    texts = axis(series, width)
    ends = " ".join(texts).split()
    assert series.times is not None
    assert ends[0] in str(series.times[0])
    assert ends[-1] in str(series.times[-1])
    assert all(len(text) <= width for text in texts)
