"""Color on glyphs: only when asked, the raw extremes marked, rules judged on what is drawn."""

from collections.abc import Sequence
from typing import Any

import pyte
import pytest
from hypothesis import given
from hypothesis import strategies as st

from glomex_cli.charts.series import Series
from glomex_cli.charts.sparkline.lines import draw
from glomex_cli.charts.sparkline.options import SparklineOptions, parse_emphasis
from glomex_cli.errors import UsageError
from support.charts.sparklines import glyphs

BOLD, DIM, RED, OFF = "\x1b[1m", "\x1b[2m", "\x1b[31m", "\x1b[0m"


def colored(values: Sequence[float | None], *rules: str, **options: Any) -> list[str]:
    return glyphs(values, color=True, emphasis=tuple(map(parse_emphasis, rules)), **options)


def test_greatest_is_bold_and_least_is_dim() -> None:
    assert colored([2, 1, 3, 1, 3]) == [f"▄{DIM}▁{OFF}{BOLD}█{OFF}▁█"]


@pytest.mark.parametrize("values", [[5, 5], [0], [None], [None, 2]])
def test_equal_values_have_no_extremes(values: list[float | None]) -> None:
    assert "\x1b" not in colored(values)[0]


def growing(values: list[float | None]) -> tuple[str, ...]:
    """Draw values of which the last still grows."""
    line = Series("", values, partial=frozenset({len(values) - 1}))
    return draw([line], SparklineOptions(color=True)).lines


def test_a_value_that_grows_is_dim_on_the_scale_of_all_and_no_extreme() -> None:
    assert growing([5, 5, 5]) == (f"▄▄{DIM}▄{OFF}",)
    assert growing([1, 3, 2]) == (f"{DIM}▁{OFF}{BOLD}█{OFF}{DIM}▄{OFF}",)
    assert growing([1, 2, 3]) == (f"{DIM}▁{OFF}{BOLD}▄{OFF}{DIM}█{OFF}",)


def test_a_column_that_grows_is_dim_though_it_holds_the_maximum() -> None:
    line = Series("", [1, 2, 3, 9, 4], partial=frozenset({4}))
    (drawn,) = draw([line], SparklineOptions(color=True, width=3)).lines
    assert drawn.endswith(f"{DIM}█{OFF}")
    assert BOLD not in drawn


def test_column_of_the_raw_maximum_keeps_its_mark() -> None:
    values = [0, 10, 6, 6]  # drawn are the means 5 and 6
    assert colored(values, width=2) == [f"{BOLD}▁{OFF}█"]
    assert colored([9, 9, 0, 17], width=2) == [f"█{BOLD}▁{OFF}"]


def test_marks_reach_every_row_and_hanging_bars_are_inverted() -> None:
    assert colored([0, 15], height=2) == [f"{DIM} {OFF}{BOLD}█{OFF}", f"{DIM}▁{OFF}{BOLD}█{OFF}"]
    assert colored([-7, -3, 7], split=True) == [
        f"{DIM} {OFF} {BOLD}█{OFF}",
        f"{DIM}█{OFF}\x1b[7m▄\x1b[0m{BOLD} {OFF}",
    ]
    assert colored([-7, -3], split=True, ascii_only=True)[1] == f"{DIM}@{OFF}{BOLD}={OFF}"


def test_rules_color_what_is_drawn_and_the_later_one_wins() -> None:
    assert colored([1, 2, 3], "red:gt:1", "green:gt:2") == [
        f"{DIM}▁{OFF}{RED}▄{OFF}\x1b[1;32m█{OFF}"
    ]
    assert colored([0, 10, 6, 6], "red:gt:5", width=2) == [f"{BOLD}▁{OFF}{RED}█{OFF}"]


def test_without_color_there_is_none() -> None:
    rules = (parse_emphasis("red:gt:0"),)
    line = Series("", [1, 2], partial=frozenset({1}))
    assert draw([line], SparklineOptions(emphasis=rules)).lines == ("▁█",)


@pytest.mark.parametrize(
    ("rule", "columns"),
    [
        ("red:gt:5", [2, 4]),
        ("red:ge:5", [1, 2, 4]),
        ("red:lt:5", [0]),
        ("red:le:5", [0, 1]),
        ("red:eq:5", [1]),
        ("red:gt:-1e3", [0, 1, 2, 4]),
        ("red:[1:3]", [1, 2]),
        ("red:[3:]", [4]),
        ("red:[-1:]", [4]),
        ("red:[::2]", [0, 2, 4]),
        ("red:[2]", [2]),
        ("red:[-1]", [4]),
        ("red:[9]", []),
        ("red:[:]", [0, 1, 2, 4]),
    ],
)
def test_rule_picks_columns_but_never_gaps(rule: str, columns: list[int]) -> None:
    values = [1, 5, 7, float("nan"), 6]
    assert parse_emphasis(rule).applies_to(values) == columns


def test_a_rule_without_a_color_names_the_colors() -> None:
    with pytest.raises(UsageError) as refused:
        parse_emphasis("pink:gt:1")
    assert refused.value.message == "'pink:gt:1' does not start with a color"
    assert refused.value.hint.startswith("black, red, green, yellow, ")


@pytest.mark.parametrize(
    "rule",
    [
        "",
        "red",
        "pink:gt:5",
        "red:gt",
        "red:gt:",
        "red:gt:x",
        "red:gt:nan",
        "red:above:5",
        "red:[]",
        "red:[1:2:3:4]",
        "red:[a]",
        "red:[::0]",
        "red:gt:5\x1b",
        "red:gt:\ud800",
    ],
)
def test_rule_that_says_nothing_is_refused_printably(rule: str) -> None:
    with pytest.raises(UsageError) as refused:
        parse_emphasis(rule)
    assert refused.value.message.isprintable()
    assert refused.value.hint


VALUES = st.lists(st.none() | st.floats(-1e6, 1e6), min_size=1, max_size=30)


@given(VALUES, st.integers(1, 30), st.sampled_from([False, True]))
def test_color_never_changes_what_stands_on_the_screen(
    values: list[float | None],
    width: int,
    labels: bool,  # noqa: FBT001 - drawn by Hypothesis
) -> None:
    rules = (parse_emphasis("red:gt:0"), parse_emphasis("blue:[::2]"))
    series = [Series("views", values, partial=frozenset({len(values) - 1}))]
    options = SparklineOptions(width=width, emphasis=rules, labels=labels)
    plain = draw(series, options)
    painted = draw(series, options._replace(color=True))
    screen = pyte.Screen(width + 1, 1)
    pyte.Stream(screen).feed(painted.lines[0])
    assert screen.display[0].rstrip() == plain.lines[0].rstrip()
    assert painted.notes == plain.notes


def test_terminal_shows_the_greatest_bold_and_the_rule_red() -> None:
    (text,) = colored([1, 9, 5], "red:gt:6")
    screen = pyte.Screen(4, 1)
    pyte.Stream(screen).feed(text + "x")
    cells = screen.buffer[0]
    assert [cells[column].bold for column in range(4)] == [False, True, False, False]
    assert [cells[column].fg for column in range(4)] == ["default", "red", "default", "default"]
