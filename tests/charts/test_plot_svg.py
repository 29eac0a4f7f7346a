"""The chart as an image: well formed, the same each time, with the values where they belong."""

import re
from itertools import pairwise
from xml.dom.minidom import Element, parseString

import pytest

from glomex_cli.charts.plot.draw import draw_chart
from glomex_cli.charts.plot.layout import Chart, ChartKind, ChartLine, DataPoint
from glomex_cli.charts.plot.svg import draw_svg
from glomex_cli.errors import UsageError
from glomex_cli.metrics import MetricKind, Unit
from support.charts.plots import canvas, daily

VIEWS = ChartLine('<views> & "more"', daily([1, 5, 2]), daily([3, 3, 3]))


def image(
    *lines: ChartLine, title: str = "views", kind: ChartKind = ChartKind.LINE, width: int = 60
) -> str:
    return draw_svg(Chart(title, lines, kind), canvas(width, 12))


def elements(svg: str, tag: str, name: str = "") -> list[Element]:
    """Return the elements of a tag that have a class."""
    found = parseString(svg).getElementsByTagName(tag)
    return [each for each in found if name in each.getAttribute("class").split() or not name]


def texts(svg: str) -> list[str]:
    return [str(each.firstChild.nodeValue) for each in elements(svg, "text") if each.firstChild]


def points(path: Element) -> list[list[tuple[float, float]]]:
    """Return the points of a path of straight lines, a list for each stretch."""
    stretches = path.getAttribute("d").replace("h0", "").split("M")[1:]
    pairs = [re.split("[L ](?=[0-9.]+[ ,])", stretch) for stretch in stretches]
    return [
        [(float(x), float(y)) for x, y in (re.split("[ ,]", pair) for pair in each)]
        for each in pairs
    ]


def test_a_line_is_drawn_through_its_values() -> None:
    (line,) = elements(image(ChartLine("views", daily([0, 10, 5]))), "path", "line")
    ((first, middle, last),) = points(line)
    assert middle[0] - first[0] == pytest.approx(last[0] - middle[0])
    assert first[1] > last[1] > middle[1]  # y grows downwards
    assert first[1] - last[1] == pytest.approx(last[1] - middle[1], abs=0.1)


def test_a_gap_cuts_the_line_and_a_lone_value_is_a_dot() -> None:
    svg = image(ChartLine("views", daily([1, 2, None, 3, None])))
    (line,) = elements(svg, "path", "line")
    assert [len(stretch) for stretch in points(line)] == [2, 1]
    assert "h0" in line.getAttribute("d")


def test_what_is_not_final_is_faint_with_what_joins_it() -> None:
    svg = image(ChartLine("views", daily([1, 2, 3, 4]), partial=[3]))
    faint, whole = elements(svg, "path", "partial"), elements(svg, "path", "line")
    assert [len(stretch) for each in faint for stretch in points(each)] == [2]
    assert [len(stretch) for stretch in points(whole[0])] == [3]


@pytest.mark.parametrize("values", [[3, 6, 0], [-3, 6, 2], [None, 4, None]])
def test_bars_reach_from_zero_to_their_values(values: list[float | None]) -> None:
    svg = image(ChartLine("views", daily(values)), kind=ChartKind.BAR)
    (bars,) = elements(svg, "path", "bar")
    found = re.findall(r"M([\d.]+) ([\d.]+)V([\d.]+)h([\d.]+)V([\d.]+)z", bars.getAttribute("d"))
    known = [value for value in values if value is not None]
    assert len(found) == len(known)
    feet = {foot for _, foot, _, _, again in found for foot in (foot, again)}
    assert len(feet) == 1
    heights = [float(foot) - float(top) for _, foot, top, _, _ in found]
    unit = next(height / value for height, value in zip(heights, known, strict=True) if value)
    assert heights == pytest.approx([value * unit for value in known], abs=0.1)


def test_bars_of_several_lines_stand_side_by_side() -> None:
    lines = [ChartLine(name, daily([1, 2])) for name in ("a", "b", "c")]
    paths = elements(image(*lines, kind=ChartKind.BAR), "path", "bar")
    starts = [
        [float(x) for x in re.findall(r"M([0-9.]+) ", each.getAttribute("d"))] for each in paths
    ]
    assert starts[0][1] - starts[0][0] > 3  # a bucket is wider than its bars
    steps = [right[0] - left[0] for left, right in pairwise(starts)]
    assert steps == pytest.approx([(starts[0][1] - starts[0][0]) / 3] * 2, abs=0.01)


def test_both_ends_of_both_axes_are_labeled() -> None:
    shown = texts(image(ChartLine("views", daily([1000, 2500]))))
    assert {"views", "1k", "2.5k", "2026-01-05", "2026-01-06"} <= set(shown)


def test_lines_of_other_sizes_have_an_axis_on_the_right() -> None:
    svg = image(ChartLine("views", daily([1, 2])), ChartLine("revenue", daily([1e6, 2e6])))
    anchors = {
        str(each.firstChild.nodeValue): each.getAttribute("text-anchor")
        for each in elements(svg, "text")
        if each.firstChild
    }
    assert (anchors["2"], anchors["2M"]) == ("end", "start")
    assert "revenue (right)" in anchors


def test_an_axis_of_one_unit_names_it_and_one_of_several_does_not() -> None:
    fast = ChartLine("fast", daily([300, 900]), kind=MetricKind(Unit.MILLISECONDS))
    share = ChartLine("share", daily([100, 450]), kind=MetricKind(Unit.FRACTION))
    assert {"300", "900 ms"} <= set(texts(draw_svg(Chart("", [fast]), canvas(80, 12))))
    assert "900" in texts(draw_svg(Chart("", [fast, share]), canvas(80, 12)))
    assert " 900 ms┤" in f" {draw_chart(Chart('', [fast]), canvas(80, 12))}".replace("\n", " ")


def test_the_legend_names_each_line_with_its_look() -> None:
    svg = image(VIEWS)
    assert {'<views> & "more"', "previous"} <= set(texts(svg))
    samples = [each for each in elements(svg, "path", "line") if "h20" in each.getAttribute("d")]
    assert [each.getAttribute("class") for each in samples] == ["line", "line previous"]


def test_labels_do_not_touch() -> None:
    svg = image(ChartLine("views", daily(range(400))), width=100)
    row = [each for each in elements(svg, "text") if each.getAttribute("y") == "198"]
    assert len(row) > 3
    ends: list[tuple[float, float]] = []
    for each in row:
        text, x = str(each.firstChild and each.firstChild.nodeValue), float(each.getAttribute("x"))
        part = {"start": 0.0, "middle": 0.5, "end": 1.0}[each.getAttribute("text-anchor")]
        ends.append((x - part * 7 * len(text), x + (1 - part) * 7 * len(text)))
    ends.sort()
    assert all(before[1] < after[0] for before, after in pairwise(ends))


def test_more_points_than_can_be_seen_keep_their_extremes_in_a_small_file() -> None:
    values: list[DataPoint] = daily([index % 7 for index in range(20_000)])
    svg = image(ChartLine("views", [*values[:9_999], (values[9_999][0], 50.0), *values[10_000:]]))
    assert len(svg) < 60_000
    (line,) = elements(svg, "path", "line")
    heights = [y for stretch in points(line) for _, y in stretch]
    assert min(heights) == 36  # the top of the area
    assert heights.count(36) <= 2


def test_a_small_chart_is_a_small_file() -> None:
    assert len(image(ChartLine("views", daily(range(60))))) < 5_000


def test_the_image_follows_light_and_dark_and_names_no_address_but_its_format() -> None:
    svg = image(VIEWS)
    assert "@media (prefers-color-scheme: dark)" in svg
    assert re.findall(r"https?:[^\"\s]*", svg) == ["http://www.w3.org/2000/svg"]
    assert not re.search(r"@font-face|@import|<script|url\(| id=", svg)


def test_the_same_chart_gives_the_same_image() -> None:
    assert image(VIEWS) == image(VIEWS)


def test_without_values_it_says_so() -> None:
    assert "no data" in texts(image(ChartLine("views", daily([None, None]))))


def test_a_chart_that_no_terminal_could_show_is_refused() -> None:
    with pytest.raises(UsageError, match="20 columns"):
        image(VIEWS, width=10)


@pytest.mark.parametrize("title", ["<script>", "a & b", "\x1b[2J\x07", "\ud800", "{width}", "日本"])
def test_any_title_gives_a_well_formed_image(title: str) -> None:
    svg = image(ChartLine(title, daily([1, 2])), VIEWS, title=title)
    assert parseString(svg).documentElement is not None
    assert "<script>" not in svg
