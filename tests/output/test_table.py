"""The table: legible, aligned, fitted, and harmless on a terminal."""

import re

import pytest

from glomex_cli.models import Cell, Column, Report, Role, Row
from glomex_cli.output.writer import Format
from support.rendering import COMPARED, DAYS, Emulator, on_terminal, written

_CELLS: list[tuple[Cell, ...]] = [
    ("Größenordnung: wie Kühe die Welt sehen", 1234, 12, 11.11, "▁▂▃▄▅▆▇█"),
    ("日本の動画 👍", 7, -1200, -99.9, "▁▁▁▁▁▁▁▁"),
    ("Äußerst kurz", None, 0, None, ""),
]
VIDEOS = Report(
    COMPARED,
    [dict(zip((column.name for column in COMPARED), cells, strict=True)) for cells in _CELLS],
    total={"views": 1241, "views_change": -1188},
)
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


def test_a_terminal_that_is_wide_enough_shows_all() -> None:
    assert table(VIDEOS, width=100).split("\n") == [
        "video                                   views  views_change  views_percent  trend",
        "─" * 84,
        "Größenordnung: wie Kühe die Welt sehen  1,234           +12         +11.1%  ▁▂▃▄▅▆▇█",
        "日本の動画 👍                               7        -1,200         -99.9%  ▁▁▁▁▁▁▁▁",
        "Äußerst kurz                                -             0              -",
        "─" * 84,
        "total                                   1,241        -1,188",
        "",
    ]


def test_a_narrow_terminal_folds_headers_and_then_cuts_titles() -> None:
    assert table(VIDEOS, width=52).split("\n") == [
        "                           views_   views_",
        "video               views  change  percent  trend",
        "─" * 52,
        "Größenordnung: wi…  1,234     +12   +11.1%  ▁▂▃▄▅▆▇█",
        "日本の動画 👍           7  -1,200   -99.9%  ▁▁▁▁▁▁▁▁",
        "Äußerst kurz            -       0        -",
        "─" * 52,
        "total               1,241  -1,188",
        "",
    ]


def test_a_terminal_that_cannot_show_an_ellipsis_gets_dots() -> None:
    rows: list[Row] = [{"video": "Kuhstall im Morgenlicht", "views": 5}]

    assert table(Report(VIDEOS.columns[:2], rows), width=20, unicode=False).split("\n") == [
        "video          views",
        "--------------------",
        "Kuhstall i...      5",
        "",
    ]


def test_numbers_and_trends_are_whole_at_every_width() -> None:
    least = len("…  1,234  -1,200  +11.1%  ▁▂▃▄▅▆▇█")
    for width in range(1, 201):
        shown = table(VIDEOS, width=width)

        for number in ("1,234", "+12", "+11.1%", "▁▂▃▄▅▆▇█", "-1,200", "-99.9%", "1,241"):
            assert number in shown, width
        if width >= least:
            assert max(map(len, shown_columns(shown))) <= width


def shown_columns(text: str) -> list[str]:
    """Return each line as a terminal shows it, one character for each column."""
    lines = text.rstrip("\n").split("\n")
    emulator = Emulator(width=100, height=len(lines), top=0)
    emulator.write("\n".join(f"\x1b[K{line}" for line in lines))
    seen = ["".join(cell[:1] or "·" for cell in emulator.line(n)) for n in range(len(lines))]
    return [line.rstrip() for line in seen]


@pytest.mark.parametrize("width", [36, 44, 60, 80, 100])
def test_columns_are_aligned_on_the_terminal(width: int) -> None:
    *_, header, _, first, second, third, _, total = shown_columns(
        table(VIDEOS, width=width, color=True)
    )

    edge = header.index("views") + len("views")
    assert [line[edge - 5 : edge] for line in (first, second, third, total)] == [
        "1,234",
        "    7",
        "    -",
        "1,241",
    ]
    assert {line[edge : edge + 2] for line in (first, second, third, total)} == {"  "}


def test_a_pipe_gets_all_of_it_however_wide() -> None:
    title = "Ein Titel, der kein Ende nimmt " * 20
    rows: list[Row] = [{"video": title + "!", "views": 5}]

    piped = written(Report(VIDEOS.columns[:2], rows), Format.TABLE)

    assert f"{title}!" in piped
    assert piped.count("\n") == 3


def test_color_only_adds_to_the_sign() -> None:
    colored = table(VIDEOS, color=True)

    assert "\x1b[31m-99.9%\x1b[0m" in colored
    lines = (line.rstrip() for line in SGR.sub("", colored).split("\n"))
    assert "\n".join(lines) == table(VIDEOS)


def test_only_what_changed_has_a_color() -> None:
    columns = (Column("change", Role.CHANGE), Column("views", Role.METRIC))
    rows: list[Row] = [{"change": change, "views": -1} for change in (5, -5, 0, None)]

    shown = table(Report(columns, rows), color=True)

    assert re.findall(r"\x1b\[3\dm[^\x1b]*", shown) == ["\x1b[32m+5", "\x1b[31m-5"]


def test_a_text_where_a_number_should_be_does_not_widen_the_table() -> None:
    rows: list[Row] = [{"video": "a", "views": "not available " * 9}, {"video": "b", "views": 1234}]

    lines = table(Report(VIDEOS.columns[:2], rows), width=30).split("\n")

    assert max(map(len, lines)) == 30
    assert lines[3].endswith("  1,234")


def test_no_escape_sequence_is_written_without_color() -> None:
    assert "\x1b" not in table(VIDEOS)


def test_the_environment_has_no_say(monkeypatch: pytest.MonkeyPatch) -> None:
    plain, colored = table(VIDEOS), table(VIDEOS, color=True)
    for name, value in {
        "FORCE_COLOR": "1",
        "NO_COLOR": "1",
        "COLUMNS": "20",
        "TERM": "dumb",
        "COLORTERM": "truecolor",
        "TTY_COMPATIBLE": "1",
        "JUPYTER_COLUMNS": "20",
    }.items():
        monkeypatch.setenv(name, value)

    assert table(VIDEOS) == plain
    assert table(VIDEOS, color=True) == colored
