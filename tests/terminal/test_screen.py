"""What a stream can show: the order of options and variables, and the size of a terminal."""

import io

import pytest

from glomex_cli.terminal.screen import ColorChoice, Talk, screen_of
from support.cli import Stream

IN_COLOR = {"TERM": "xterm-256color"}


@pytest.mark.parametrize(
    ("environ", "on_terminal", "in_pipe"),
    [
        (IN_COLOR, True, False),
        ({}, True, False),
        ({"TERM": "dumb"}, False, False),
        ({"CLICOLOR": "0"}, False, False),
        ({"CLICOLOR": "1"}, True, False),
        ({"NO_COLOR": "1"}, False, False),
        ({"NO_COLOR": ""}, True, False),
        ({"FORCE_COLOR": "1"}, True, True),
        ({"FORCE_COLOR": ""}, True, False),
        ({"FORCE_COLOR": "0"}, True, False),
        ({"CLICOLOR_FORCE": "1"}, True, True),
        ({"CLICOLOR_FORCE": "0"}, True, False),
        ({"CLICOLOR_FORCE": "1", "TERM": "dumb"}, True, True),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False, False),
    ],
    ids=str,
)
def test_variables_decide_about_color_and_options_over_them(
    environ: dict[str, str], *, on_terminal: bool, in_pipe: bool
) -> None:
    for is_terminal, expected in ((True, on_terminal), (False, in_pipe)):
        stream = Stream(terminal=is_terminal)
        assert screen_of(stream, environ).color is expected
        assert screen_of(stream, environ, ColorChoice.ALWAYS).color is True
        assert screen_of(stream, environ, ColorChoice.NEVER).color is False


@pytest.mark.parametrize(
    ("environ", "size"),
    [
        ({}, (80, 24)),
        ({"COLUMNS": "100"}, (100, 24)),
        ({"LINES": "50"}, (80, 50)),
        ({"COLUMNS": "1", "LINES": "1"}, (1, 1)),
        ({"COLUMNS": "0", "LINES": "0"}, (80, 24)),
        ({"COLUMNS": "-5", "LINES": "1.5"}, (80, 24)),
        ({"COLUMNS": "", "LINES": "٣"}, (80, 24)),
    ],
    ids=str,
)
def test_columns_and_lines_count_where_they_are_numbers(
    environ: dict[str, str], size: tuple[int, int]
) -> None:
    screen = screen_of(Stream(terminal=True), environ)
    assert (screen.width, screen.height) == size
    assert screen.is_terminal


@pytest.mark.parametrize(
    ("encoding", "can"), [("utf-8", True), ("ascii", False), ("cp1252", False)]
)
def test_bars_are_drawn_where_the_encoding_has_them(encoding: str, *, can: bool) -> None:
    assert screen_of(io.TextIOWrapper(io.BytesIO(), encoding), {}).unicode is can


def test_what_is_told_is_cleaned_even_if_it_was_before() -> None:
    stderr = Stream()
    Talk(stderr, None, paused=lambda: pytest.fail("nobody types")).warn("a\x1b[2Jb\nc")
    assert stderr.getvalue() == "a\\x1b[2Jb\\nc\n"


def is_colored(choice: ColorChoice = ColorChoice.AUTO, **environ: str) -> bool:
    """Return whether a terminal gets colors."""
    return screen_of(Stream(terminal=True), environ, choice).color


@pytest.mark.bug("B17")
@pytest.mark.parametrize(
    "term",
    [
        "dumb",
        "unknown",
        "vt52",
        "vt100",
        "vt100-am",
        "vt220",
        "vt320",
        "xterm-mono",
        "rxvt-m",
        "sun",
    ],
)
def test_a_terminal_without_colors_gets_none(term: str) -> None:
    assert not is_colored(TERM=term)
    assert is_colored(TERM=term, FORCE_COLOR="1")
    assert is_colored(ColorChoice.ALWAYS, TERM=term)


@pytest.mark.parametrize(
    "term",
    [
        "xterm",
        "xterm-256color",
        "screen",
        "tmux",
        "linux",
        "ansi",
        "vt525",
        "xterm-kitty",
        "rxvt",
        "",
    ],
)
def test_any_other_terminal_gets_colors(term: str) -> None:
    assert is_colored(TERM=term)
    assert not is_colored(TERM=term, NO_COLOR="1")
    assert not is_colored(ColorChoice.NEVER, TERM=term)
