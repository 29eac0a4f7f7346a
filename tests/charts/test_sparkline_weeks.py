"""Days keep their columns; where they cannot, whole weeks share one. Figures of complete values."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glomex_cli.charts.series import Series
from glomex_cli.charts.sparkline.columns import grid_of, reduce
from glomex_cli.charts.sparkline.lines import draw
from glomex_cli.charts.sparkline.options import SparklineOptions
from glomex_cli.metrics import UNKNOWN, guess_kind

START = datetime(2026, 9, 2, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
BOLD, DIM, OFF = "\x1b[1m", "\x1b[2m", "\x1b[0m"


def timed(values: list[float], step: timedelta = DAY, partial: tuple[int, ...] = ()) -> Series:
    """Return a count named `views`, a value every `step`."""
    times = [START + step * index for index in range(len(values))]
    return Series("views", values, times, kind=guess_kind("views"), partial=frozenset(partial))


def labeled(series: Series, width: int = 80) -> str:
    return draw([series], SparklineOptions(width=width, labels=True)).lines[0]


def test_a_change_says_from_what_to_what() -> None:
    assert labeled(timed([50, 60, 54])).endswith("  last 54  min 50  max 60  +8% vs 2026-09-02")
    assert labeled(timed([50, 54], HOUR)).endswith("  +8% vs 2026-09-02 00:00")
    months = [START.replace(month=month, day=1) for month in (9, 10)]
    assert labeled(Series("", [50, 54], months)).endswith("  +8% vs 2026-09")


def test_a_change_is_colored_by_what_is_good_for_the_metric() -> None:
    times = [START, START + DAY]
    for name, values, code in (
        ("views", [1, 2], 32),
        ("views", [2, 1], 31),
        ("errors", [1, 2], 31),
    ):
        line = Series(name, values, times, kind=guess_kind(name))
        text = draw([line], SparklineOptions(labels=True, color=True)).lines[0]
        assert f"\x1b[{code}m{'+100%' if values[1] == 2 else '-50%'} vs 2026-09-02\x1b[0m" in text
    plain = Series("mood", [1, 2], times, kind=guess_kind("mood"))
    assert "\x1b[3" not in draw([plain], SparklineOptions(labels=True, color=True)).lines[0]


def test_cut_and_growing_values_are_on_the_scale_and_in_no_figure() -> None:
    line = timed([1, 20, 30, 25, 90], partial=(0, 4))
    assert labeled(line) == "views ▁▂▃▃█  last 25  min 20  max 30  +25% vs 2026-09-03"
    (colored,) = draw([line], SparklineOptions(color=True)).lines
    assert colored == f"{DIM}▁▂{OFF}{BOLD}▃{OFF}▃{DIM}█{OFF}"
    assert labeled(timed([5], partial=(0,))) == "views ▄  no complete values"


@pytest.mark.parametrize(
    ("width", "figures"),
    [
        (80, "  last 27  min 0  max 27  +27 vs 2026-09-02"),
        (70, "  last 27  max 27  +27 vs 2026-09-02"),
        (68, "  last 27  +27 vs 2026-09-02"),
        (60, "  +27 vs 2026-09-02"),
        (50, "  last 27"),
        (40, ""),
    ],
)
def test_min_then_max_then_last_give_way_before_a_day_does(width: int, figures: str) -> None:
    line = labeled(timed([float(day) for day in range(28)]), width)
    assert line.removeprefix("views ")[28:] == figures


def test_twelve_weeks_of_days_are_a_column_a_week() -> None:
    weekly = [float(day % 7) for day in range(84)]
    picture = draw([timed(weekly)], SparklineOptions(width=80, labels=True))
    assert picture.lines[0].startswith("views ▄▄▄▄▄▄▄▄▄▄▄▄  last 6  min 0  max 6  +6 vs ")
    assert picture.notes == ("84 days, 7 per column (sum)",)
    rate = timed(weekly)._replace(kind=UNKNOWN)
    assert draw([rate], SparklineOptions(width=40)).notes == ("84 days, 7 per column (mean)",)


@pytest.mark.parametrize(
    ("count", "step", "width", "note"),
    [
        (600, DAY, 60, "600 days, 14 per column (sum)"),
        (336, HOUR, 68, "336 hours, 6 per column (sum)"),
        (1440, timedelta(minutes=1), 30, "1,440 minutes, 60 per column (sum)"),
        (1440, timedelta(minutes=10), 80, "1,440 values, 18 per column (sum)"),
        (90, timedelta(days=7), 60, "90 weeks, 2 per column (sum)"),
    ],
)
def test_whole_times_share_a_column(count: int, step: timedelta, width: int, note: str) -> None:
    assert draw([timed([1.0] * count, step)], SparklineOptions(width=width)).notes == (note,)


def test_weeks_are_counted_back_from_the_last_day_and_a_short_first_is_faint() -> None:
    columns = draw([timed([1.0] * 86)], SparklineOptions(width=40, color=True)).lines
    assert columns == (f"{DIM}▁{OFF}" + "█" * 12,)


@given(
    st.integers(1, 900),
    st.sampled_from([1, 30, 60, 600, 3_600, 86_400, 604_800, 5_000]),
    st.integers(1, 120),
)
def test_columns_but_the_first_hold_equally_many(count: int, step_s: int, width: int) -> None:
    line = timed([1.0] * count, timedelta(seconds=step_s))
    columns = reduce(line, grid_of(line), width=width)
    sizes = [end - start for start, end in pairwise(columns.edges)]
    assert len(sizes) <= width
    assert sum(sizes) == count
    assert len(set(sizes[1:])) <= 1
    assert 0 < sizes[0] <= sizes[-1]
