"""The table: legible, aligned, fitted, and harmless on a terminal."""

import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.rendering import COMPARED, DAYS, HOSTILE, PIPE, Emulator, on_terminal, written

from glomex_cli.models import Cell, Column, Report, Role
from glomex_cli.render import Format, Options, write_report
from glomex_cli.sanitise import is_harmless
from glomex_cli.terminal import Screen

VIDEOS = Report(
    COMPARED,
    [
        dict(zip((column.name for column in COMPARED), cells, strict=True))
        for cells in (
            ("Größenordnung: wie Kühe die Welt sehen", 1234, 12, 11.11, "▁▂▃▄▅▆▇█"),
            ("日本の動画 👍", 7, -1200, -99.9, "▁▁▁▁▁▁▁▁"),
            ("Äußerst kurz", None, 0, None, ""),
        )
    ],
    total={"views": 1241, "views_change": -1188},
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
    rows = [{"video": "Kuhstall im Morgenlicht", "views": 5}]

    assert table(Report(VIDEOS.columns[:2], rows), width=20, unicode=False).split("\n") == [
        "video          views",
        "--------------------",
        "Kuhstall i...      5",
        "",
    ]


@pytest.mark.parametrize("width", range(1, 201))
def test_numbers_and_trends_are_whole_at_every_width(width: int) -> None:
    shown = table(VIDEOS, width=width)

    for number in ("1,234", "+12", "+11.1%", "▁▂▃▄▅▆▇█", "-1,200", "-99.9%", "1,241"):
        assert number in shown
    least = len("…  1,234  -1,200  +11.1%  ▁▂▃▄▅▆▇█")
    if width >= least:
        assert max(len(line) for line in shown_columns(shown)) <= width


def shown_columns(text: str) -> list[str]:
    """Give each line as a terminal shows it, one character for each column."""
    lines = text.removesuffix("\n").split("\n")
    emulator = Emulator(width=250, height=len(lines), top=0)
    emulator.write(text.replace("\n", "\x1b[K\n"))
    seen = ["".join(cell[:1] or "·" for cell in emulator.line(n)) for n in range(len(lines))]
    return [line.rstrip() for line in seen]


@pytest.mark.parametrize("width", [34, 44, 60, 80, 120])
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
    rows: list[dict[str, Cell]] = [{"video": title + "!", "views": 5}]

    piped = written(Report(VIDEOS.columns[:2], rows), Format.TABLE)

    assert f"{title}!" in piped
    assert piped.count("\n") == 3


def test_colour_only_adds_to_the_sign() -> None:
    coloured = table(VIDEOS, color=True)

    assert "\x1b[32m+12\x1b[0m" in coloured
    assert "\x1b[31m-99.9%\x1b[0m" in coloured
    lines = (line.rstrip() for line in SGR.sub("", coloured).split("\n"))
    assert "\n".join(lines) == table(VIDEOS)


def test_no_escape_sequence_is_written_without_colour() -> None:
    assert "\x1b" not in table(VIDEOS)


def test_the_environment_has_no_say(monkeypatch: pytest.MonkeyPatch) -> None:
    plain, coloured = table(VIDEOS), table(VIDEOS, color=True)
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
    assert table(VIDEOS, color=True) == coloured


@pytest.mark.parametrize("text", [text for text in HOSTILE if text.startswith(("[", ":"))])
def test_markup_is_text(text: str) -> None:
    names = tuple(Column(f"{text}{n}", role) for n, role in enumerate(Role))
    report = Report(names, [{column.name: text for column in names}])

    shown = table(report, width=500, color=True)

    assert SGR.sub("", shown).count(text) == 2 * len(names)


@given(st.lists(ANY_TEXT, min_size=5, max_size=5), st.booleans())
def test_only_the_lines_of_the_table_change(texts: list[str], color: bool) -> None:  # noqa: FBT001
    row = dict(zip((column.name for column in COMPARED), texts, strict=True))
    screen = Screen(is_terminal=False, width=80, height=24, color=color, unicode=True)

    shown = written(Report(COMPARED, [row, row]), Format.TABLE, screen=screen)

    emulator = Emulator(width=2_000, height=7, top=1)
    emulator.write(shown)
    assert {0, 5, 6} <= set(emulator.untouched())
    assert emulator.cursor == (5, 0)
    assert emulator.title == ""
    assert is_harmless(SGR.sub("", shown).replace("\n", ""))


@given(ANY_TEXT, st.integers(1, 200), st.booleans())
def test_no_text_breaks_a_table_at_any_width(text: str, width: int, unicode: bool) -> None:  # noqa: FBT001
    columns = tuple(Column(f"{text[:20]}{role}", role) for role in Role)
    report = Report(columns, [{column.name: text for column in columns}], {columns[0].name: text})

    assert table(report, width=width, unicode=unicode).count("\n") >= 5


@pytest.mark.parametrize(
    ("encoding", "title"),
    [("ascii", "Gr\\xfc\\xdfe \\u20ac"), ("latin-1", "Grüße \\u20ac"), ("cp1252", "Grüße €")],
)
def test_columns_are_aligned_in_any_encoding(encoding: str, title: str) -> None:
    page = io.BytesIO()
    out = io.TextIOWrapper(page, encoding=encoding, errors="backslashreplace", newline="")
    rows: list[dict[str, Cell]] = [{"video": "Grüße €", "views": 1}, {"video": "b", "views": 2}]
    screen = Screen(is_terminal=False, width=80, height=24, color=False, unicode=False)

    write_report(Report(VIDEOS.columns[:2], rows), out, screen, Options(Format.TABLE))

    _, ruler, *lines = page.getvalue().decode(encoding).split("\n")
    assert lines == [f"{title}      1", f"b{'2':>{len(title) + 6}}", ""]
    assert set(ruler) == {"-"}


@pytest.mark.parametrize(
    ("rows", "limit", "shown", "is_cut"),
    [(5, None, 5, False), (5, 5, 5, False), (5, 4, 4, True), (0, 4, 0, False), (5, 0, 0, True)],
)
def test_a_long_table_is_cut_on_a_terminal_and_says_so(
    rows: int,
    limit: int | None,
    shown: int,
    is_cut: bool,  # noqa: FBT001
) -> None:
    columns = (Column("row", Role.DIMENSION),)
    out = io.StringIO()

    report = Report(columns, ({"row": f"row {n}"} for n in range(rows)))
    cut = write_report(report, out, on_terminal(), Options(Format.TABLE, limit))

    assert (cut.rows, cut.is_cut) == (shown, is_cut)
    assert out.getvalue().count("row ") == shown


def test_a_long_table_is_not_cut_in_a_pipe() -> None:
    rows = [{"row": f"row {n}"} for n in range(1_500)]
    report = Report((Column("row", Role.DIMENSION),), rows)

    assert written(report, Format.TABLE, screen=PIPE, limit=10).count("row ") == 1_500
