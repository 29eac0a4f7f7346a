"""From values to glyphs: the scale, rounding, constants, gaps, heights, splitting, ASCII."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from math import inf
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from glomex_cli.charts.series import Series
from glomex_cli.charts.sparkline.lines import draw
from glomex_cli.charts.sparkline.options import SparklineOptions
from glomex_cli.errors import UsageError
from support.charts.sparklines import glyphs

BLOCKS = " ▁▂▃▄▅▆▇█"
HUGE = 1.7976931348623157e308
TINY = 5e-324
FLOATS = st.floats(allow_nan=False, allow_infinity=False)
ODD_FLOATS = FLOATS | st.sampled_from([0.0, -0.0, HUGE, -HUGE, 1e308, TINY, -TINY, 1.0])

CASES: list[tuple[Sequence[float | None], dict[str, Any], list[str]]] = [
    # one row: 7f + 1 eighths, to the nearest
    ([0, 1, 2, 3, 4, 5, 6, 7], {}, ["▁▂▃▄▅▆▇█"]),
    ([0.1, 0.2, 0.9], {}, ["▁▂█"]),
    # halves go to the even height: 1.5 up to 2, 2.5 down to 2, 6.5 down to 6, 7.5 up to 8
    ([0, 1, 3, 11, 13, 14], {}, ["▁▂▂▆██"]),
    # gaps
    ([1, None, 2], {}, ["▁ █"]),
    ([1, float("nan"), 2], {"gap": "·"}, ["▁·█"]),
    ([None, None], {}, ["  "]),
    ([None, None], {"gap": "x", "height": 2}, ["  ", "xx"]),
    # constants
    ([5], {}, ["▄"]),
    ([5, 5, None], {}, ["▄▄ "]),
    ([-3, -3], {}, ["▄▄"]),
    ([0, 0], {}, ["▁▁"]),
    ([0.0, -0.0], {}, ["▁▁"]),
    ([5, 5], {"height": 2}, ["  ", "██"]),
    ([5, 5], {"height": 3}, ["  ", "▄▄", "██"]),
    ([0, 0], {"height": 2}, ["  ", "▁▁"]),
    # fixed ends clamp; a constant on a scale of its own is not in the middle
    ([0, 5, 10], {"low": 5}, ["▁▁█"]),
    ([0, 5, 10], {"high": 5}, ["▁██"]),
    ([0, 5, 10], {"low": -60, "high": 10}, ["▇██"]),
    ([5, 5], {"low": 0, "high": 10}, ["▄▄"]),
    ([10, 10], {"low": 0, "high": 10}, ["██"]),
    ([0, 0], {"low": 0, "high": 10}, ["▁▁"]),
    ([1, 2], {"low": 5}, ["▁▁"]),
    ([1, 2], {"high": 0.5}, ["██"]),
    ([5, 6], {"low": 5, "high": 5}, ["▄█"]),
    ([1, 2], {"low": 2}, ["▁▄"]),
    # zero included
    ([7, 14], {"zero": True}, ["▄█"]),
    ([-7, -14], {"zero": True}, ["▄▁"]),
    ([5, 5], {"zero": True}, ["██"]),
    ([0, 0], {"zero": True}, ["▁▁"]),
    ([-1, 1], {"zero": True}, ["▁█"]),
    # several rows
    ([0, 15], {"height": 2}, [" █", "▁█"]),
    ([0, 7, 8, 15], {"height": 2}, ["  ▁█", "▁███"]),
    ([0, None, 23], {"height": 3, "gap": "x"}, ["  █", "  █", "▁x█"]),
    # negative values: one line from the least to the greatest, or up and down from zero
    ([-3, 0, 4], {}, ["▁▄█"]),
    ([-7, 0, 7], {"split": True}, [" ▁█", "█  "]),
    ([-7, -3, -1, None, 0, 1, 3, 7], {"split": True}, ["    ▁▂▄█", "█▀▔     "]),
    ([-7, 14], {"split": True}, [" █", "▀ "]),
    ([-15, 15, 1], {"split": True, "height": 2}, [" █ ", " █▂", "█  ", "█  "]),
    ([0, 0], {"split": True}, ["▁▁", "  "]),
    ([None], {"split": True, "gap": "x"}, ["x", " "]),
    ([5, 5], {"split": True}, ["██", "  "]),
    ([-20, 5, 10], {"split": True, "low": -10, "high": 5}, [" ▄▄", "█  "]),
    # like spark: floor of 7f, and a constant on the fifth
    ([1, 5, 22, 13, 53], {"like_spark": True}, ["▁▁▃▂█"]),
    ([0, 30, 55, 80, 33, 150], {"like_spark": True}, ["▁▂▃▄▂█"]),
    ([0.1, 0.2, 0.9], {"like_spark": True}, ["▁▁█"]),
    ([3, 3, None], {"like_spark": True}, ["▅▅ "]),
    ([0, 0], {"like_spark": True}, ["▅▅"]),
    # ASCII
    ([0, 1, 2, 3, 4, 5, 6, 7], {"ascii_only": True}, [".:-=+*#@"]),
    ([0, None, 15], {"ascii_only": True, "height": 2}, ["  @", ". @"]),
    ([1, None, 2], {"ascii_only": True, "gap": "·"}, [". @"]),
    ([1, None, 2], {"ascii_only": True, "gap": "_"}, ["._@"]),
    ([-7, 7], {"ascii_only": True, "split": True}, [" @", "@ "]),
    # numbers at the edges of what a float holds
    ([-HUGE, 0, HUGE], {}, ["▁▄█"]),
    ([HUGE, HUGE], {}, ["▄▄"]),
    ([0, TINY], {}, ["▁█"]),
    ([-HUGE, HUGE], {"split": True}, [" █", "█ "]),
    ([1, HUGE], {"zero": True}, ["▁█"]),
    ([1, inf, -inf, 10**400, 2], {}, ["▁   █"]),
]


@pytest.mark.parametrize(("values", "options", "expected"), CASES)
def test_values_become_glyphs(
    values: Sequence[float | None], options: dict[str, Any], expected: list[str]
) -> None:
    assert glyphs(values, **options) == expected


def test_several_lines_have_each_their_scale_or_a_shared_one() -> None:
    lines = [Series("a", [0, 7]), Series("b", [7, 14]), Series("c", [None])]
    assert draw(lines, SparklineOptions()).lines == ("▁█", "▁█", " ")
    assert draw(lines, SparklineOptions(shared=True)).lines == ("▁▄", "▄█", " ")


def test_constant_line_on_a_shared_scale_shows_its_place() -> None:
    lines = [Series("a", [0, 0]), Series("b", [7, 7])]
    assert draw(lines, SparklineOptions(shared=True)).lines == ("▁▁", "██")


@pytest.mark.parametrize("series", [[], [Series("", [])]])
def test_no_data_is_an_empty_line_and_a_note(series: list[Series]) -> None:
    assert draw(series, SparklineOptions(labels=True)) == (("",), ("no data",))


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"width": 0}, "width"),
        ({"width": -1}, "width"),
        ({"height": 0}, "height"),
        ({"low": inf}, "finite"),
        ({"high": float("nan")}, "finite"),
        ({"low": 2.0, "high": 1.0}, "--min 2 is above --max 1"),
        ({"gap": ""}, "--gap-char"),
        ({"gap": "xx"}, "--gap-char"),
        ({"gap": "日"}, "--gap-char"),
        ({"gap": "\u0301"}, "--gap-char"),
        ({"gap": "\x1b"}, "--gap-char"),
        ({"gap": "\u202e"}, "--gap-char"),
    ],
)
def test_impossible_drawing_is_a_usage_error(options: dict[str, Any], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        draw([Series("", [1])], SparklineOptions(**options))


def heights(values: Sequence[float], height: int) -> list[int]:
    """Read the eighths back from a picture."""
    rows = glyphs(values, height=height, width=len(values))
    return [sum(BLOCKS.index(glyph) for glyph in column) for column in zip(*rows, strict=True)]


@given(st.lists(ODD_FLOATS, min_size=1, max_size=40), st.integers(1, 5))
@example([-HUGE, HUGE, 0.0], 1)
@example([TINY, 2 * TINY, 3 * TINY], 3)
def test_order_is_kept_and_extremes_touch_foot_and_top(values: list[float], height: int) -> None:
    levels = heights(values, height)
    ordered = sorted(zip(values, levels, strict=True))
    assert all(lower <= higher for (_, lower), (_, higher) in pairwise(ordered))
    if min(values) != max(values):
        assert ordered[0][1] == 1
        assert ordered[-1][1] == 8 * height


@given(st.lists(ODD_FLOATS, min_size=2, max_size=20), st.integers(1, 5))
def test_height_is_the_nearest_by_exact_arithmetic(values: list[float], height: int) -> None:
    low, high = Fraction(min(values)), Fraction(max(values))
    if low != high:
        for value, level in zip(values, heights(values, height), strict=True):
            exact = (8 * height - 1) * (Fraction(value) - low) / (high - low) + 1
            assert abs(level - exact) <= Fraction(1, 2) + Fraction(1, 10**9)


OPTIONS = st.fixed_dictionaries(
    {
        "width": st.integers(1, 100),
        "height": st.integers(1, 4),
        "split": st.booleans(),
        "ascii_only": st.booleans(),
        "like_spark": st.booleans(),
        "low": st.none() | st.floats(-10, 0),
        "high": st.none() | st.floats(0, 10),
    }
)


@given(st.lists(st.none() | ODD_FLOATS, max_size=200), OPTIONS)
def test_picture_is_never_wider_and_always_complete(
    values: list[float | None], options: dict[str, Any]
) -> None:
    lines = glyphs(values, **options)
    rows = options["height"] * (2 if options["split"] else 1) if values else 1
    assert [len(line) for line in lines] == [min(options["width"], len(values))] * rows
    assert all(line.isascii() for line in lines) or not options["ascii_only"]
