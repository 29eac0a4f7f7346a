"""The table: legible, aligned, fitted, and harmless on a terminal."""

import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.rendering import COMPARED, DAYS, HOSTILE, PIPE, Emulator, on_terminal, written

from glomex_cli.models import Cell, Column, Report, Role
from glomex_cli.render import Format, Options, write_report

VIDEOS = Report(
    COMPARED,
    [
        dict(zip((column.name for column in COMPARED), cells, strict=True))
        for cells in (
            ("Größenordnung: wie Kühe die Welt sehen", 1234567, 123456, 11.11, "▁▂▃▄▅▆▇█"),
            ("日本の動画 👍", 7, -12, -99.9, "▁▁▁▁▁▁▁▁"),
            ("Äußerst kurz", None, 0, None, ""),
        )
    ],
    total={"video_views": 1234574, "video_views_change": 123444},
)
ANY_TEXT = st.one_of(st.text(st.characters(), max_size=40), st.sampled_from(HOSTILE))
SGR = re.compile(r"\x1b\[[0-9;]*m")


def table(report: Report, *, width: int = 80, color: bool = False, unicode: bool = True) -> str:
    screen = on_terminal(width, color=color, unicode=unicode)
    return written(report, Format.TABLE, screen=screen)


def test_numbers_are_grouped_and_stand_on_the_right() -> None:
    assert table(DAYS) == (
        "day          video_views\n"
        "────────────────────────\n"
        "2026-03-01     1,234,567\n"
        "2026-03-02             -\n"
        "2026-03-03        0.5000\n"
        "────────────────────────\n"
        "total       1,234,567.50\n"
    )


def test_lines_are_ascii_where_nothing_else_can_be_shown() -> None:
    assert table(Report(DAYS.columns, DAYS.rows), unicode=False) == (
        "day         video_views\n"
        "-----------------------\n"
        "2026-03-01    1,234,567\n"
        "2026-03-02            -\n"
        "2026-03-03       0.5000\n"
    )


def test_no_rows_are_a_header() -> None:
    assert table(Report(DAYS.columns, [])) == "day  video_views\n────────────────\n"


def test_a_comparison_at_its_full_width() -> None:
    assert table(VIDEOS, width=200) == (
        "video                                   video_views  video_views_change"
        "  video_views_percent  trend\n"
        "──────────────────────────────────────────────────────────────────────────"
        "──────────────────────────\n"
        "Größenordnung: wie Kühe die Welt sehen    1,234,567            +123,456"
        "               +11.1%  ▁▂▃▄▅▆▇█\n"
        "日本の動画 👍                                     7                 -12"
        "               -99.9%  ▁▁▁▁▁▁▁▁\n"
        "Äußerst kurz                                      -                   0"
        "                    -\n"
        "──────────────────────────────────────────────────────────────────────────"
        "──────────────────────────\n"
        "total                                     1,234,574            +123,444\n"
    )


def test_a_narrow_terminal_folds_headers_and_then_cuts_titles() -> None:
    assert table(VIDEOS, width=60) == (
        "                                     video_   video_\n"
        "                             video_  views_   views_\n"
        "video                         views  change  percent  trend\n"
        "────────────────────────────────────────────────────────────\n"
        "Größenordnung: wie K…     1,234,567  +123,456  +11.1%  ▁▂▃▄▅▆▇█\n"
    )


@pytest.mark.parametrize("width", range(1, 201))
def test_numbers_and_trends_are_whole_at_every_width(width: int) -> None:
    shown = table(VIDEOS, width=width)

    for number in ("1,234,567", "+123,456", "+11.1%", "▁▂▃▄▅▆▇█", "-99.9%", "1,234,574"):
        assert number in shown
    least = 1 + len("1,234,567+123,456percent▁▂▃▄▅▆▇█") + 4 * 2
    if width >= least:
        assert max(map(_columns, shown.split("\n"))) <= width


def _columns(line: str) -> int:
    emulator = Emulator(width=500, height=1, top=0)
    emulator.write(line)
    return emulator.cursor[1]


@pytest.mark.parametrize("width", [30, 44, 60, 80, 120])
def test_columns_are_aligned_on_the_terminal(width: int) -> None:
    lines = table(VIDEOS, width=width).split("\n")
    emulator = Emulator(width=300, height=len(lines), top=0)

    emulator.write("\n".join(lines))

    ends = [
        "".join(cell or " " for cell in emulator.line(number)).index(text) + len(text)
        for number, line in enumerate(lines)
        for text in ("1,234,567", " 7", " - ", "1,234,574")
        if text in line
    ]
    assert len(ends) >= 4
