"""Following: the last values, drawn at once, then ten times a second, or a line per update."""

import json
from typing import Any

import pyte
import pytest
from hypothesis import given
from hypothesis import strategies as st

from glomex_cli.charts.sparkline.follow import REDRAW_S, SparklineFollower
from glomex_cli.charts.sparkline.options import SparklineOptions
from glomex_cli.errors import UsageError

# Back to the start, and erase from there on.
OVER = "\r\x1b[K\x1b[C\x1b[J\r"


def follower(width: int = 80, *, in_place: bool, **options: Any) -> SparklineFollower:
    field = options.pop("field", None)
    skip_bad = options.pop("skip_bad", False)
    drawing = SparklineOptions(width=width, **options)
    return SparklineFollower(drawing, in_place=in_place, field=field, skip_bad=skip_bad)


def piped(text: bytes, width: int = 80, **options: Any) -> str:
    line = follower(width, in_place=False, **options)
    return line.feed(text, now_s=0) + line.finish()


def test_pipe_gets_a_line_per_update_of_the_last_values() -> None:
    assert piped(b"1\n2\n\n3 4\n", width=3) == "▄\n▁█\n▁▄█\n"
    assert piped(b"1\n2", width=3) == "▄\n▁█\n"
    assert piped(b"") == piped(b"\n \n") == ""


def test_values_cut_between_pieces_are_put_together() -> None:
    line = follower(in_place=False)
    assert [line.feed(piece, now_s=0) for piece in (b"1", b"0\n2", b"0", b"\n")] == [
        "",
        "▄\n",
        "",
        "▁█\n",
    ]


def test_terminal_is_redrawn_at_once_and_then_ten_times_a_second() -> None:
    line = follower(in_place=True)
    assert line.wait_s(now_s=5) is None
    assert line.feed(b"1\n", now_s=5) == f"{OVER}▄\r"
    assert line.feed(b"2\n", now_s=5.05) == ""
    assert line.wait_s(now_s=5.05) == pytest.approx(0.05)
    assert line.redraw(now_s=5.09) == ""
    assert line.feed(b"3\n", now_s=5.01 + REDRAW_S) == f"{OVER}▁▄█\r"
    assert line.wait_s(now_s=5.2) is None
    assert line.redraw(now_s=6) == ""
    assert line.finish() == f"{OVER}▁▄█\r\n"  # once more, over what the keyboard echoed


def test_end_shows_what_was_not_yet_shown() -> None:
    line = follower(in_place=True)
    assert line.feed(b"1\n2\n3", now_s=0) == f"{OVER}▁█\r"
    assert line.finish() == f"{OVER}▁▄█\r\n"
    assert follower(in_place=True).finish() == "\n"


def test_figures_are_redrawn_without_leftovers() -> None:
    line = follower(80, in_place=True, labels=True)
    screen = pyte.Screen(81, 1)
    stream = pyte.Stream(screen)
    stream.feed(line.feed(b"-123456 1\n", now_s=0))
    assert screen.display[0].rstrip() == "▁█  last 1  min -123.5k  max 1"
    stream.feed(line.feed(b"7 " * 40 + b"\n", now_s=1))
    assert screen.display[0].rstrip() == "▄" * 40 + "  last 7  min 7  max 7"


def test_narrow_terminal_gets_glyphs_only() -> None:
    line = follower(20, in_place=True, labels=True)
    assert line.feed(b"1 2\n", now_s=0) == f"{OVER}▁█\r"


@pytest.mark.parametrize(
    ("documents", "options"),
    [
        (["[1, 2]", "[3]"], {}),
        (['{"views": 1}', '{"views": 2}', '{"views": "3"}'], {}),
        (['{"a": 1, "b": 9}', '{"a": 2, "b": 9}', '{"a": 3}'], {"field": "a"}),
        (['["2026-03-01T00:00:00Z", 1, 7]', '["2026-03-01T01:00:00Z", 2, 7]', "[3]"], {}),
        (["", '{"data": [1, 2, 3]}', ""], {}),
    ],
)
def test_json_is_followed_line_by_line(documents: list[str], options: dict[str, Any]) -> None:
    text = "\n".join(documents).encode()
    assert piped(text, **options).splitlines()[-1] == "▁▄█"


def test_json_line_may_come_in_pieces() -> None:
    line = follower(in_place=False)
    text = json.dumps([1, 2, 3]).encode() + b"\n"
    halves = [b"\n", text[:4], text[4:]]
    assert [line.feed(piece, now_s=0) for piece in halves] == ["", "", "▁▄█\n"]


@pytest.mark.parametrize(
    ("text", "options", "message"),
    [
        (b"1\nx\n", {}, "'x' at line 2"),
        (b'{"a": 1, "b": 2}\n', {}, "several numbers: 'a', 'b'"),
        (b"1 2\n", {"field": "a"}, "plain numbers"),
        (b"[1, 2\n", {}, "not valid JSON at line 1"),
        (b"[" * 1_100_000, {}, "longer than a million bytes"),
    ],
)
def test_bad_input_is_refused(text: bytes, options: dict[str, Any], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        piped(text, **options)


@pytest.mark.parametrize("options", [{"height": 2}, {"split": True}, {"width": 0}])
def test_impossible_moving_line_is_refused(options: dict[str, Any]) -> None:
    with pytest.raises(UsageError):
        follower(in_place=True, **options)


def test_skipped_words_are_counted_for_the_end() -> None:
    line = follower(in_place=False, skip_bad=True)
    assert line.feed(b"1\nx\n2\n", now_s=0) == "▄\n▄ \n▁ █\n"
    assert line.notes() == ["1 bad value drawn as a gap"]


@given(st.lists(st.lists(st.integers(-999, 999), max_size=5), max_size=30), st.integers(1, 12))
def test_screen_always_shows_the_last_values(batches: list[list[int]], width: int) -> None:
    line = follower(width, in_place=True)
    screen = pyte.Screen(width + 1, 2)
    stream = pyte.Stream(screen)
    for number, batch in enumerate(batches):
        stream.feed(line.feed("".join(f"{value}\n" for value in batch).encode(), now_s=number))
    values = [value for batch in batches for value in batch][-width:]
    expected = piped(" ".join(map(str, values)).encode() + b"\n", width).rstrip("\n")
    assert screen.display[0].rstrip() == expected
    stream.feed(line.finish())
    assert screen.cursor.y == 1


@given(st.lists(st.tuples(st.integers(1, 60), st.integers(1, 9)), max_size=12))
def test_a_terminal_of_another_size_shows_one_line_that_fits(
    steps: list[tuple[int, int]],
) -> None:
    now = [40]
    drawing = SparklineOptions(width=40)
    line = SparklineFollower(drawing, in_place=True, width_now=lambda: now[0])
    screen = pyte.Screen(40, 10)
    stream = pyte.Stream(screen)
    count = 0
    for number, (width, more) in enumerate(steps):
        now[0] = width
        count += more
        screen.resize(columns=width)
        stream.feed(line.feed(b"1\n" * more, now_s=number))
        assert [row.rstrip() for row in screen.display if row.strip()] == ["▄" * min(width, count)]
