"""Foreign text on a terminal: what is shown in place of what, and how wide it is."""

import unicodedata
from collections.abc import Iterator
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glomex_cli.terminal.sanitize import clean, disarm, is_harmless
from support.rendering import HOSTILE, Emulator

ANY_TEXT = st.one_of(st.text(st.characters(), max_size=40), st.sampled_from(HOSTILE))
DISARMED = [
    ("\x00", r"\x00"),
    ("\t", r"\t"),
    ("\n", r"\n"),
    ("\r", r"\r"),
    ("\x1b[2J", r"\x1b[2J"),
    ("\x1f", r"\x1f"),
    ("\x7f", r"\x7f"),
    ("\x80", r"\x80"),
    ("\x9b31m", r"\x9b31m"),
    ("\x9f", r"\x9f"),
    ("a\u061cb", r"a\u061cb"),
    ("a\u200eb\u200f", r"a\u200eb\u200f"),
    ("a\u2028b\u2029c", r"a\u2028b\u2029c"),
    ("\u202a\u202egnp", r"\u202a\u202egnp"),
    ("\u2066a\u2069", r"\u2066a\u2069"),
    ("\ud800\udfff", r"\ud800\udfff"),
]
HIDDEN = [
    ("Soft\xadhyphen", r"Soft\xadhyphen"),
    ("zero\u200bwidth", r"zero\u200bwidth"),
    ("👩\u200d💻", r"👩\u200d💻"),
    ("\ufeffmark", r"\ufeffmark"),
    ("tag\U000e0041", r"tag\U000e0041"),
    ("\ue0b0", r"\ue0b0"),
    ("\ufdd0\ufffe\U0001ffff", r"\ufdd0\ufffe\U0001ffff"),
    ("filler\u3164", r"filler\u3164"),
    ("a\ufe00", r"a\ufe00"),
]
HARMLESS = [
    "",
    "plain ~ text",
    "Grüße, Zoë",
    "日本語の動画",
    "हिन्दी",
    "שלום",
    "👍 🇩🇪",
    "a\xa0b\u3000c",
]


@pytest.mark.parametrize(("text", "shown"), DISARMED + HIDDEN)
def test_what_a_terminal_acts_on_or_hides_is_shown(text: str, shown: str) -> None:
    assert clean(text) == shown


@pytest.mark.parametrize(("text", "shown"), DISARMED)
def test_what_a_terminal_acts_on_is_escaped_in_data(text: str, shown: str) -> None:
    assert disarm(text) == shown
    assert not is_harmless(text)


@pytest.mark.parametrize("text", [*HARMLESS, *(text for text, _ in HIDDEN)])
def test_data_keeps_what_a_terminal_does_not_act_on(text: str) -> None:
    assert disarm(text) == text
    assert is_harmless(text)


@pytest.mark.parametrize("text", HARMLESS)
def test_honest_text_is_shown_as_it_is(text: str) -> None:
    assert clean(text) == text


def test_only_tab_and_line_feed_can_be_kept() -> None:
    text = "a\tb\nc\rd\x1be"

    assert clean(text, keep="\n") == "a\\tb\nc\\rd\\x1be"
    assert clean(text, keep="\t\n\r\x1b") == disarm(text, keep="\t\n\r\x1b")
    assert clean(text, keep="\t\n\r\x1b") == "a\tb\nc\\rd\\x1be"


@pytest.mark.parametrize(
    ("text", "shown"),
    [("❤\ufe0f", "❤"), ("1\ufe0f\u20e3", "1\u20e3"), ("👍🏽", "👍"), ("☝\ufe0f🏿!", "☝!")],
)
def test_style_selectors_and_skin_tones_are_left_out(text: str, shown: str) -> None:
    assert clean(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\u0301abc", "\\u0301abc"),
        ("\ufe0f\u0301abc", "\\u0301abc"),
        ("🏽", "\\U0001f3fd"),
        ("e" + "\u0301" * 8, "e" + "\u0301" * 8),
        ("e" + "\u0301" * 10 + "e\u0301", "e" + "\u0301" * 8 + "\\u0301\\u0301" + "e\u0301"),
    ],
)
def test_marks_stay_within_the_cell_before_them(text: str, shown: str) -> None:
    assert clean(text) == shown


def test_a_mark_after_a_kept_line_feed_has_nothing_to_sit_on() -> None:
    assert clean("a\n\u0301b", keep="\n") == "a\n\\u0301b"


@pytest.mark.fault("F22")
def test_no_control_format_private_or_separating_character_of_unicode_gets_through() -> None:
    refused = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
    nobody = chain(range(0xFDD0, 0xFDF0), *((p | 0xFFFE, p | 0xFFFF) for p in _planes()))
    unsafe = {chr(code) for code in nobody}
    unsafe |= {char for char in _all_characters() if unicodedata.category(char) in refused}

    shown = clean("".join(sorted(unsafe)))

    assert shown.isascii()
    assert shown.isprintable()
    assert shown.count("\\") == len(unsafe)


def test_every_letter_digit_sign_and_space_of_unicode_gets_through() -> None:
    fillers = "\u115f\u1160\u3164\uffa0\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff"
    honest = [char for char in _all_characters() if unicodedata.category(char)[0] in "LNPSZ"]
    text = "".join(f"a{char}" for char in honest if char not in f"{fillers}\u2028\u2029")

    assert clean(text) == text


def _planes() -> range:
    return range(0, 0x11_0000, 0x1_0000)


def _all_characters() -> Iterator[str]:
    return map(chr, range(0x11_0000))


@given(ANY_TEXT)
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert is_harmless(clean(text))
    assert is_harmless(disarm(text))


@pytest.mark.fault("F22")
@given(ANY_TEXT)
def test_clean_text_writes_on_its_own_line_of_a_terminal_only(text: str) -> None:
    emulator = Emulator(width=450, height=3, top=1)

    emulator.write(clean(text))

    assert {0, 2} <= set(emulator.untouched())
    assert emulator.cursor[0] == 1
    assert emulator.title == ""


@pytest.mark.parametrize("text", ["\x1b[2J", "\x1b[1;1HBALANCE 999", "one\ntwo"])
def test_the_terminal_that_looks_on_notices_what_is_not_clean(text: str) -> None:
    emulator = Emulator(width=40, height=3, top=1)

    emulator.write(text)

    assert not {0, 2} <= set(emulator.untouched())
