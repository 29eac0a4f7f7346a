"""Clean text in columns: cut, measured, and fitted."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcwidth

from glomex_cli.terminal.sanitize import clean, clip, display_width, fit
from support.rendering import HOSTILE, Emulator

ANY_TEXT = st.one_of(st.text(st.characters(), max_size=40), st.sampled_from(HOSTILE))
# What terminals and their emulators agree about.
PLAIN_TEXT = st.text("aZ0 .-äöüßéÅñłжЖλΩ€–„“日本語한국어ｗｉｄｅ👍🎬😀\u0301\u0308e", max_size=40)


@pytest.mark.parametrize(
    ("text", "limit", "clipped"),
    [
        ("short", 5, "short"),
        ("longer", 5, "long…"),
        ("\x1b\x1b", 8, r"\x1b\x1b"),
        ("\x1b\x1b", 7, r"\x1b\x…"),
        ("abc", 1, "…"),
        ("abc", 0, ""),
        ("", 0, ""),
        ("a\ufe0fb\ufe0fc\ufe0f", 3, "ab…"),
    ],
)
def test_clipped_text_says_that_it_was_cut(text: str, limit: int, clipped: str) -> None:
    assert clip(text, limit) == clipped


@given(ANY_TEXT, st.integers(0, 20))
def test_clipped_text_is_clean_and_no_longer_than_asked(text: str, limit: int) -> None:
    clipped = clip(text, limit)

    assert len(clipped) <= limit
    assert clean(clipped) == clipped


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("", 0),
        ("abc", 3),
        ("Größe", 5),
        ("e\u0301", 1),
        ("日本", 4),
        ("ｗ", 2),
        ("👍", 2),
        ("👍🏻", 2),
        ("👍🏿", 2),
        ("🇩🇪", 2),
        ("\u1112\u1161\u11ab", 2),
        ("\u1112\u11ff", 2),
        ("\u1112\ud7b0\ud7fb", 2),
        ("\u1100\u1161", 2),
        ("हि", 2),
        ("कि", 2),
        ("தமிழ் செய்திகள்", 11),
        ("हिन्दी समाचार", 11),
        ("മലയാളം", 6),
        ("ខ្មែរ", 3),
        ("สวัสดี", 4),
        ("한국어", 6),
        ("☝🏽", 1),
        ("👍🏽", 2),
        ("👩\u200d💻", 2),
        ("👨\u200d👩\u200d👧", 2),
        ("❤\ufe0f", 2),
    ],
)
def test_width_counts_the_columns_of_a_terminal(text: str, width: int) -> None:
    assert display_width(text) == width


@pytest.mark.bug("B12")
@given(PLAIN_TEXT)
def test_width_is_what_a_terminal_shows(text: str) -> None:
    safe = clean(text)
    emulator = Emulator(width=100, height=1, top=0)

    emulator.write(safe)

    assert display_width(safe) == emulator.cursor[1]


def test_a_character_is_as_wide_as_the_table_says_whether_it_is_asked_or_not() -> None:
    chars = [char for char in map(chr, range(0x20, 0x3000)) if clean(char) == char]

    assert len(chars) > 8000
    assert [char for char in chars if display_width(char) != wcwidth(char)] == []


@pytest.mark.parametrize("text", ["Größe €", "Привет", "▁▂█ ─ … „x“", "⠿", "← →"])
def test_common_letters_and_pictures_load_no_table(text: str) -> None:
    program = (
        "import sys\n"
        "from glomex_cli.terminal.sanitize import display_width\n"
        "assert display_width(sys.argv[1]) == len(sys.argv[1])\n"
        "assert 'wcwidth' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", program, text], check=True)


@pytest.mark.parametrize(
    ("text", "width", "fitted"),
    [
        ("ab", 4, "ab  "),
        ("abcd", 4, "abcd"),
        ("abcde", 4, "abc…"),
        ("日本語", 5, "日本…"),
        ("日本語", 4, "日… "),
        ("e\u0301e\u0301e\u0301", 2, "e\u0301…"),
        ("👍🏽👍🏽👍🏽", 5, "👍👍…"),
        ("👍🏽👍🏽👍🏽", 4, "👍… "),
        ("किकिकि", 3, "कि…"),
        ("\u1112\u1161\u11ab\u1112\u1161\u11ab", 3, "\u1112\u1161\u11ab…"),
        ("\x1b", 5, r"\x1b "),
        ("abc", 1, "…"),
        ("abc", 0, ""),
        ("abc", -1, ""),
    ],
)
def test_fitted_text_fills_its_columns(text: str, width: int, fitted: str) -> None:
    assert fit(text, width) == fitted


def test_text_is_fitted_with_dots_where_no_ellipsis_can_be_shown() -> None:
    assert fit("Größenordnung", 8, ellipsis="...") == "Größe..."
    assert fit("Größenordnung", 2, ellipsis="...") == ".."


@given(ANY_TEXT, st.integers(0, 30))
def test_fitted_text_takes_exactly_the_columns_asked_for(text: str, width: int) -> None:
    assert display_width(fit(text, width)) == width
