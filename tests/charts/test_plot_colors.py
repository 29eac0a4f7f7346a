"""Colors that read on any background and to any eye, and charts that do without them."""

from itertools import combinations
from math import dist

import pytest

from glomex_cli.charts.plot.layout import COLORS, MOST_LINES, ChartKind, ChartLine, pen_of
from support.charts.plots import canvas, daily, drawn

BLACK, WHITE = (0.0, 0.0, 0.0), (1.0, 1.0, 1.0)

# What is left of red, green and blue (linear) without red or green cones: Machado, Oliveira and
# Fernandes, "A Physiologically-based Model for Simulation of Color Vision Deficiency", 2009.
PROTANOPIA = (
    (0.152286, 1.052583, -0.204868),
    (0.114503, 0.786281, 0.099216),
    (-0.003882, -0.048116, 1.051998),
)
DEUTERANOPIA = (
    (0.367322, 0.860646, -0.227968),
    (0.280085, 0.672501, 0.047413),
    (-0.011820, 0.042940, 0.968881),
)


def linear(code: int) -> tuple[float, ...]:
    """Return a color of the 6 x 6 x 6 cube as linear light."""
    steps = (0, 95, 135, 175, 215, 255)
    levels = [steps[(code - 16) // part % 6] / 255 for part in (36, 6, 1)]
    return tuple(((level + 0.055) / 1.055) ** 2.4 if level > 0.04 else 0.0 for level in levels)


def luminance(light: tuple[float, ...]) -> float:
    return sum(part * share for part, share in zip(light, (0.2126, 0.7152, 0.0722), strict=True))


@pytest.mark.parametrize("code", COLORS)
@pytest.mark.parametrize("ground", [BLACK, WHITE])
def test_each_color_stands_out_from_black_and_from_white(
    code: int, ground: tuple[float, ...]
) -> None:
    darker, lighter = sorted([luminance(linear(code)), luminance(ground)])
    assert (lighter + 0.05) / (darker + 0.05) >= 3


@pytest.mark.parametrize("eye", [PROTANOPIA, DEUTERANOPIA])
def test_colors_differ_for_color_blind_eyes(eye: tuple[tuple[float, ...], ...]) -> None:
    seen = [
        [sum(a * b for a, b in zip(row, linear(code), strict=True)) for row in eye]
        for code in COLORS
    ]
    assert min(dist(one, other) for one, other in combinations(seen, 2)) > 0.15


@pytest.mark.parametrize("kind", ChartKind)
@pytest.mark.parametrize("color", [True, False])
@pytest.mark.parametrize("unicode", [True, False])
def test_all_lines_and_their_earlier_periods_look_different(
    kind: ChartKind, *, color: bool, unicode: bool
) -> None:
    on = canvas(80, 24, color=color, unicode=unicode)
    pens = [
        pen_of(line, kind, on, is_previous=is_previous)
        for line in range(MOST_LINES)
        for is_previous in (False, True)
    ]
    assert len({(pen.marker, pen.code) for pen in pens}) == 2 * MOST_LINES
    assert len({pen.ink for pen in pens}) == 2 * MOST_LINES
    assert len({pen.sample for pen in pens}) == 2 * MOST_LINES
    assert color or not any(pen.code for pen in pens)
    assert unicode or "".join(pen.sample for pen in pens).isascii()


LINES = [ChartLine("a", daily([1, 2]), daily([2, 1])), ChartLine("b", daily([1, 1]))]


def test_color_is_on_marks_and_legend_only_and_never_on_the_ground() -> None:
    picture = drawn(LINES, canvas(30, 7, color=True))
    assert picture == [
        "\x1b[38;5;33m⠒⠒\x1b[0m a  \x1b[2;38;5;33m··\x1b[0m a, previous  \x1b[38;5;166m⠒⠒\x1b[0m b",
        "2┤\x1b[2;38;5;33m·\x1b[0m                    \x1b[38;5;33m⢀⣀⠤⠤⠒⠊\x1b[0m│",
        " │ \x1b[2;38;5;33m········\x1b[0m     \x1b[38;5;33m⢀⣀⠤⠤⠒⠊⠉⠁\x1b[0m     │",
        " │       \x1b[38;5;33m⢀⣀⠤⠤⠒⠊⠉⠁\x1b[0m\x1b[2;38;5;33m···\x1b[0m         │",
        "1┤\x1b[38;5;33m⣀⣀⠤⠤⠒⠊⠉⠁\x1b[0m\x1b[38;5;166m⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀\x1b[0m│",
        " └┬─────────────────────────┬┘",
        "  2026-01-05       2026-01-06",
    ]


@pytest.mark.parametrize("kind", ChartKind)
def test_without_color_there_is_no_escape(kind: ChartKind) -> None:
    assert "\x1b" not in "".join(drawn(LINES, canvas(60, 20), kind=kind))


@pytest.mark.parametrize("kind", ChartKind)
def test_what_is_not_final_is_drawn_faint(kind: ChartKind) -> None:
    line = ChartLine("views", daily([4, 6, 8, 2]))
    cut = drawn([line._replace(partial={0, 3})], canvas(44, 10, color=True), kind=kind)
    whole = drawn([line], canvas(44, 10, color=True), kind=kind)
    faint, plain = f"\x1b[2;38;5;{COLORS[0]}m", f"\x1b[38;5;{COLORS[0]}m"
    assert faint not in "".join(whole)
    joined = [row.replace(faint, plain).replace(f"\x1b[0m{plain}", "") for row in cut]
    assert joined == [row.replace(f"\x1b[0m{plain}", "") for row in whole]
    top = next(row for row in cut if "\x1b" in row)  # of the third day alone
    bottom = [row for row in cut if "\x1b" in row][-1]
    assert plain in top
    assert bottom.rindex(faint) > bottom.rfind(plain)
