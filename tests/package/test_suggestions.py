"""What was typed is shown safely, and the likely word is found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glomex_cli.suggestions import closest, quoted

KNOWN = ["video_views", "ad_impressions", "day"]


@given(text=st.text(max_size=200))
def test_what_is_shown_is_short_and_printable(text: str) -> None:
    shown = quoted(text)
    assert shown.isprintable()
    assert len(shown) <= 12 * 42


def test_a_long_word_is_cut() -> None:
    assert quoted("x" * 41) == f"'{'x' * 40}…'"
    assert quoted("x" * 40) == f"'{'x' * 40}'"


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("video_veiws", "video_views"),
        ("VIDEO_VIEWS", "video_views"),
        ("impressions", "ad_impressions"),
        ("dya", "day"),
        ("", None),
        ("zzz", None),
        ("video_views" * 100_000, None),
    ],
)
def test_the_likely_word_is_found_in_whatever_case(word: str, expected: str | None) -> None:
    assert closest(word, KNOWN) == expected
    assert closest(word, []) is None
