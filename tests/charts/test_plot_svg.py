"""The chart as an image: well formed, the same each time, and loading nothing from elsewhere."""

import re
from xml.dom.minidom import parseString

import pytest

from glomex_cli.charts.plot.canvas import to_svg
from glomex_cli.charts.plot.layout import ChartLine
from support.charts.plots import canvas, daily, drawn

LINES = [ChartLine('<views> & "more"', daily([1, 5, 2]), daily([3, 3, 3]))]
PICTURE = drawn(LINES, canvas(60, 12, color=True), title="views")


def test_the_image_shows_all_of_the_text() -> None:
    image = parseString(to_svg("\n".join(PICTURE), title="glomex plot", width=60))
    texts = [
        "".join(str(node.nodeValue) for node in text.childNodes)
        for text in image.getElementsByTagName("text")
    ]
    assert texts[0] == "glomex\xa0plot"
    plain = re.sub(r"\x1b\[[0-9;]*m", "", "\n".join(PICTURE))
    shown = "".join(texts[1:]).replace("\xa0", "")
    assert shown.replace("\n", "") == re.sub(r"\s", "", plain)


def test_the_image_has_the_colors_of_the_terminal() -> None:
    image = to_svg("\n".join(PICTURE), title="", width=60)
    assert "fill: #0087ff" in image


def test_the_image_names_no_address_but_that_of_its_format() -> None:
    image = to_svg("\n".join(PICTURE), title="views", width=60)
    assert re.findall(r"https?:[^\"\s]*", image) == ["http://www.w3.org/2000/svg"]
    assert "@font-face" not in image
    assert "@import" not in image


def test_the_same_chart_gives_the_same_image_and_another_one_other_names() -> None:
    first = to_svg("\n".join(PICTURE), title="views", width=60)
    assert first == to_svg("\n".join(PICTURE), title="views", width=60)
    other = to_svg("\n".join(PICTURE), title="plays", width=60)
    ids = [set(re.findall(r'id="([^"]*)"', image)) for image in (first, other)]
    assert ids[0]
    assert ids[0].isdisjoint(ids[1])


@pytest.mark.parametrize("title", ["<script>", "a & b", "\x1b[2J\x07", "\ud800", "{width}", "日本"])
def test_any_title_gives_a_well_formed_image(title: str) -> None:
    image = to_svg("\n".join(PICTURE), title=title, width=60)
    assert parseString(image).documentElement is not None
    assert "<script>" not in image
