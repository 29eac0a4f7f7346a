"""Charts of every size, as a terminal shows them; sizes and texts that are refused or fitted."""

import re

import pytest

from glomex_cli.charts.plot.draw import draw_chart
from glomex_cli.charts.plot.layout import Chart, ChartKind, ChartLine
from glomex_cli.errors import UsageError
from support.charts.plots import canvas, daily, drawn
from support.rendering import Emulator

WAVE = [None if 20 <= day < 26 else 1000 + (day * 37) % 400 for day in range(60)]
SIZES = [(20, 5), (20, 80), (21, 6), (40, 12), (80, 24), (132, 43), (300, 80)]


@pytest.mark.parametrize("kind", ChartKind)
@pytest.mark.parametrize("color", [True, False])
@pytest.mark.parametrize(("width", "height"), SIZES)
def test_a_terminal_shows_each_line_where_it_was_drawn(
    kind: ChartKind, width: int, height: int, *, color: bool
) -> None:
    lines = [
        ChartLine("video_views", daily(WAVE), daily(WAVE[::-1])),
        ChartLine("rate", daily([0.5] * 60)),
    ]
    chart = Chart("video_views, 2026-01-05 to 2026-03-05, total 62k", lines, kind)
    screen = Emulator(width, height, 0)
    text = draw_chart(chart, canvas(width, height, color=color))
    screen.write(text)
    plain = re.sub(r"\x1b\[[0-9;]+m", "", text).split("\n")
    assert len(plain) == height
    assert screen.cursor[0] == height - 1
    for row, line in enumerate(plain):
        assert "".join(screen.line(row)) == line.ljust(width, "#")


@pytest.mark.parametrize(("width", "height"), [(19, 5), (20, 4), (0, 0), (1, 1), (-1, 80)])
def test_too_small_a_terminal_is_refused_in_words(width: int, height: int) -> None:
    with pytest.raises(UsageError) as refusal:
        drawn([ChartLine("views", daily([1, 2]))], canvas(width, height))
    assert refusal.value.message == f"a chart needs 20 columns and 5 rows, not {width} and {height}"
    assert refusal.value.hint == "glomex sparkline"


def test_a_huge_size_is_drawn_as_large_as_any_terminal() -> None:
    wide = drawn([ChartLine("views", daily([1, 2]))], canvas(10_000, 5))
    high = drawn([ChartLine("views", daily([1, 2]))], canvas(20, 10_000))
    assert (len(wide), max(map(len, wide))) == (5, 1000)
    assert (len(high), max(map(len, high))) == (400, 20)


def test_more_lines_than_can_be_told_apart_are_refused() -> None:
    lines = [ChartLine(str(number), daily([number])) for number in range(9)]
    assert len(drawn(lines[:8], canvas(80, 24))) == 24
    with pytest.raises(UsageError, match="a chart can show at most 8 lines, not 9"):
        drawn(lines, canvas(80, 24))


def test_of_crossing_lines_the_first_named_is_on_top() -> None:
    same = daily([1, 2, 3])
    picture = drawn(
        [ChartLine("a", same), ChartLine("b", same, same)], canvas(40, 12, unicode=False)
    )
    assert "*" in "".join(picture[1:])
    assert "o" not in "".join(picture[1:])


@pytest.mark.parametrize(
    "title",
    ["\x1b[2Jboo", "\x9b31m", "a\nb\r\tc", "日本" * 40, "\u202egnp", "x" * 500, "\ud800", ""],
)
@pytest.mark.parametrize("unicode", [True, False])
def test_titles_and_names_are_cleaned_and_fitted(title: str, *, unicode: bool) -> None:
    on = canvas(30, 9, unicode=unicode)
    lines = [ChartLine(title, daily([1, 2])), ChartLine(title, daily([1, 2]), daily([2, 1]))]
    picture = drawn(lines, on, title=title)
    screen = Emulator(30, 9, 0)
    screen.write("\n".join(picture))
    assert len(picture) == 9
    assert screen.cursor[0] == 8
    assert all(line.isprintable() for line in picture)
    assert unicode or "".join(picture).isascii()
