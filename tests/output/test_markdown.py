"""Markdown: what GitHub renders is what the service said."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from glomex_cli.models import Cell, Column, Report, Role
from glomex_cli.output.writer import Format
from glomex_cli.terminal.sanitize import disarm, is_harmless
from support.rendering import COMPARED, DAYS, HOSTILE, as_rows, report_of, written

NAMES = ("video", "title")
MARKUP = st.text("\\`*_~|[]()<>&#!:;/.$-+=w1a \n\"'{}^@")
TEXTS = st.one_of(st.text(st.characters()), MARKUP, st.sampled_from(HOSTILE))
RENDERER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def test_numbers_are_grouped_and_stand_on_the_right() -> None:
    assert written(DAYS, Format.MARKDOWN) == (
        "| day | video_views |\n"
        "| --- | ---: |\n"
        "| 2026-03-01 | 1,234,567 |\n"
        "| 2026-03-02 | - |\n"
        "| 2026-03-03 | 0.5000 |\n"
        "| **total** | **1,234,567.50** |\n"
    )


def test_changes_carry_their_sign_and_what_has_no_total_stays_empty() -> None:
    cells: tuple[Cell, ...] = ("a", 5, -1200, -99.96, "▁█")
    row = dict(zip((column.name for column in COMPARED), cells, strict=True))

    assert written(Report(COMPARED, [row], {"views": 5}), Format.MARKDOWN) == (
        "| video | views | views_change | views_percent | trend |\n"
        "| --- | ---: | ---: | ---: | --- |\n"
        "| a | 5 | -1,200 | -100.0% | ▁█ |\n"
        "| **total** | **5** |  |  |  |\n"
    )


def test_no_rows_are_a_header() -> None:
    assert written(report_of({"day": "x"}), Format.MARKDOWN).startswith("| day |\n| --- |\n")
    assert written(Report(DAYS.columns, []), Format.MARKDOWN) == (
        "| day | video_views |\n| --- | ---: |\n"
    )


@pytest.mark.fault("F23")
@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("plain, with (parentheses)!", "plain, with (parentheses)!"),
        ("a|b", r"a\|b"),
        ("a\\|b", r"a\\\|b"),
        ("`code`", r"\`code\`"),
        ("*a* _b_ ~~c~~", r"\*a\* \_b\_ \~\~c\~\~"),
        ("video_views", "video_views"),
        ("a__b", r"a\_\_b"),
        ("<b>", r"\<b>"),
        ("[a](b)", r"\[a](b)"),
        ("&lt; &#60; R&D", r"\&lt; \&#60; R\&D"),
        ("A & B", "A & B"),
        ("$x$", r"\$x\$"),
        ("http://a.b www.c.d 10:30", r"http\://a.b www\.c.d 10:30"),
        ("a\nb\r\nc", "a<br>b<br>c"),
        ("  a ", "&nbsp;&nbsp;a&nbsp;"),
        ("   ", "&nbsp;&nbsp;&nbsp;"),
        ("", ""),
        ("a\tb\rc\x1b", r"a\\tb\\rc\\x1b"),
        ("\ud800\u202e", r"\\ud800\\u202e"),
    ],
)
def test_text_is_rendered_literally(text: str, cell: str) -> None:
    assert written(report_of({"x": text}), Format.MARKDOWN) == f"| x |\n| --- |\n| {cell} |\n"


def rendered(markdown: str) -> list[list[str]]:
    """Return the text of each cell, after the renderer; anything else than text fails."""
    rows: list[list[str]] = []
    for token in RENDERER.parse(markdown):
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline":
            rows[-1].append("".join(map(_shown, token.children or [])))
    return rows


def _shown(token: Token) -> str:
    if token.type == "html_inline":
        assert token.content == "<br>"
        return "\n"
    assert token.type == "text", token
    return token.content


def visible(text: str) -> str:
    """Return what is to be seen of a text; HTML does not show the spaces around it."""
    safe = disarm(text.replace("\r\n", "\n"), keep="\n")
    return re.sub(r"^ +| +$", lambda found: "\xa0" * len(found[0]), safe).strip()


@given(as_rows(NAMES, TEXTS))
def test_what_is_rendered_is_what_was_written(rows: list[dict[str, str]]) -> None:
    columns = tuple(Column(name, Role.DIMENSION) for name in NAMES)

    markdown = written(Report(columns, rows), Format.MARKDOWN)

    cells = [[cell.strip() for cell in row] for row in rendered(markdown)]
    assert cells == [list(NAMES), *([visible(row[name]) for name in NAMES] for row in rows)]
    assert is_harmless(markdown.replace("\n", ""))


def test_the_footer_is_rendered_bold() -> None:
    html = RENDERER.render(written(DAYS, Format.MARKDOWN))

    assert "<strong>total</strong>" in html
    assert "<strong>1,234,567.50</strong>" in html


def test_names_of_columns_are_foreign_text_too() -> None:
    assert written(report_of({"a|<b>": 1}), Format.MARKDOWN) == "| a\\|\\<b> |\n| --- |\n| 1 |\n"
