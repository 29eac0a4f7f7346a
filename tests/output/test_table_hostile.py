"""The table under hostile texts: markup is text, and only the table's own lines change."""

import io
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glomex_cli.models import Column, Report, Role, Row
from glomex_cli.output.writer import Format, Options, write_blocks
from glomex_cli.terminal.sanitize import is_harmless
from glomex_cli.terminal.screen import Screen
from support.rendering import COMPARED, HOSTILE, Emulator, on_terminal, written

ANY_TEXT = st.one_of(st.text(st.characters(), max_size=14), st.sampled_from(HOSTILE))
SGR = re.compile(r"\x1b\[[0-9;]*m")


@pytest.mark.fault("F23")
@pytest.mark.parametrize("text", [text for text in HOSTILE if text.startswith(("[", ":"))])
def test_markup_is_text(text: str) -> None:
    names = tuple(Column(f"{text}{n}", role) for n, role in enumerate(Role))
    report = Report(names, [{column.name: text for column in names}])

    shown = written(report, Format.TABLE, screen=on_terminal(500, color=True))

    assert SGR.sub("", shown).count(text) == 2 * len(names)


@pytest.mark.fault("F22")
@settings(max_examples=50)
@given(st.lists(ANY_TEXT, min_size=5, max_size=5), st.booleans())
def test_only_the_lines_of_the_table_change(texts: list[str], color: bool) -> None:  # noqa: FBT001
    row = dict(zip((column.name for column in COMPARED), texts, strict=True))
    screen = Screen(is_terminal=False, width=80, height=24, color=color, unicode=True)

    shown = written(Report(COMPARED, [row, row]), Format.TABLE, screen=screen)

    emulator = Emulator(width=900, height=7, top=1)
    emulator.write(shown)
    assert {0, 5, 6} <= set(emulator.untouched())
    assert emulator.cursor == (5, 0)
    assert emulator.title == ""
    assert is_harmless(SGR.sub("", shown).replace("\n", ""))


@given(ANY_TEXT, st.integers(1, 200), st.booleans())
def test_no_text_breaks_a_table_at_any_width(text: str, width: int, unicode: bool) -> None:  # noqa: FBT001
    columns = tuple(Column(f"{text[:20]}{role}", role) for role in Role)
    report = Report(columns, [{column.name: text for column in columns}], {columns[0].name: text})

    screen = on_terminal(width, unicode=unicode)
    assert written(report, Format.TABLE, screen=screen).count("\n") >= 5


@pytest.mark.parametrize(
    ("encoding", "title"),
    [("ascii", "Gr\\xfc\\xdfe \\u20ac"), ("latin-1", "Grüße \\u20ac"), ("cp1252", "Grüße €")],
)
def test_columns_are_aligned_in_any_encoding(encoding: str, title: str) -> None:
    page = io.BytesIO()
    out = io.TextIOWrapper(page, encoding=encoding, errors="backslashreplace", newline="")
    rows: list[Row] = [{"video": "Grüße €", "views": 1}, {"video": "b", "views": 2}]
    screen = Screen(is_terminal=False, width=80, height=24, color=False, unicode=False)

    write_blocks(Report(COMPARED[:2], rows), out, screen, Options(Format.TABLE))

    _, ruler, *lines = page.getvalue().decode(encoding).split("\n")
    assert lines == [f"{title}      1", f"b{'2':>{len(title) + 6}}", ""]
    assert set(ruler) == {"-"}
