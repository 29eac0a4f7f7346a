"""What a stream can show: colors only where the terminal has them."""

import io

import pytest

from glomex_cli.terminal.screen import ColorChoice, screen_of


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """Return that it is."""
        return True


def is_colored(choice: ColorChoice = ColorChoice.AUTO, **environ: str) -> bool:
    """Return whether a terminal gets colors."""
    return screen_of(Terminal(), environ, choice).color


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
