"""How a table's columns share a screen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glomex_cli.output.table_layout import Need, folded, shared_widths

NEEDS = st.lists(
    st.tuples(st.integers(1, 30), st.integers(1, 30), st.integers(0, 60), st.integers(0, 20)).map(
        lambda sizes: Need(max(sizes[:2]), min(sizes[:2]), *sizes[2:])
    ),
    min_size=1,
    max_size=6,
)

TITLE = Need(header=5, word=5, text=40, number=0)
DAY = Need(header=3, word=3, text=10, number=0)
VIEWS = Need(header=11, word=6, text=9, number=9)


@pytest.mark.parametrize(
    ("needs", "available", "widths"),
    [
        ([TITLE, VIEWS], 60, [40, 11]),
        ([TITLE, VIEWS], 51, [40, 11]),
        ([TITLE, VIEWS], 50, [40, 10]),
        ([TITLE, VIEWS], 48, [39, 9]),
        ([TITLE, VIEWS], 21, [12, 9]),
        ([TITLE, VIEWS], 20, [11, 9]),
        ([TITLE, VIEWS], 10, [1, 9]),
        ([TITLE, VIEWS], 9, [9, 9]),
        ([TITLE, VIEWS, VIEWS], 18, [12, 9, 9]),
        ([TITLE, TITLE], 30, [15, 15]),
        ([TITLE, DAY], 25, [15, 10]),
        ([TITLE, DAY], 20, [10, 10]),
        ([TITLE, DAY], 19, [9, 10]),
        ([], 10, []),
    ],
)
def test_headers_fold_first_then_texts_are_cut(
    needs: list[Need], available: int, widths: list[int]
) -> None:
    assert shared_widths(needs, available) == widths


@given(NEEDS, st.integers(1, 200))
def test_widths_fit_where_numbers_let_them(needs: list[Need], available: int) -> None:
    widths = shared_widths(needs, available)

    least = sum(max(1, need.number) for need in needs)
    assert sum(widths) <= available or least > available
    assert all(width >= need.number for width, need in zip(widths, needs, strict=True))
    assert all(width <= max(need) for width, need in zip(widths, needs, strict=True))
    assert sum(widths) >= min(available, sum(map(max, needs)))


@pytest.mark.parametrize(
    ("header", "width", "lines"),
    [
        ("views", 3, ["views"]),
        ("video_views", 11, ["video_views"]),
        ("video_views", 10, ["video_", "views"]),
        ("previous_video_views", 15, ["previous_video_", "views"]),
        ("previous_video_views", 14, ["previous_", "video_views"]),
        ("__x_", 1, ["_", "_", "x_"]),
        ("", 5, [""]),
    ],
)
def test_names_fold_after_underscores(header: str, width: int, lines: list[str]) -> None:
    assert folded(header, width) == lines


@given(st.text("ab_"), st.integers(1, 10))
def test_folding_loses_nothing(header: str, width: int) -> None:
    assert "".join(folded(header, width)) == header


def test_a_header_gives_way_before_a_date_does() -> None:
    day, count = Need(3, 3, 10, 0), Need(8, 8, 6, 6)
    assert shared_widths([day, count, count], 23) == [10, 6, 7]
    assert shared_widths([day, count, count], 22) == [10, 6, 6]
    assert shared_widths([day, count, count], 20) == [8, 6, 6]
