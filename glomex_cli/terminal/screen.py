"""Notes and warnings on stderr, questions on the terminal, and what a stream can show.

Width, color and glyphs are decided from the stream and the environment.
"""

from __future__ import annotations

import os
import re
import stat
import threading
from contextlib import suppress
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, TextIO

from glomex_cli.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from contextlib import AbstractContextManager
    from io import BufferedIOBase

    from glomex_cli.terminal.runtime import Ask

_DEFAULT_SIZE = (80, 24)
# Terminals that the databases of systems give no colors: DEC's of before 1994, and monochrome ones.
_WITHOUT_COLOR = r"dumb|unknown|sun|vt(?:52|[1-4][0-9]{2})(?:-.*)?|.*-(?:m|mono)"
ERASE_ROW = "\r\x1b[K"
_DIM, _PLAIN = "\x1b[2m", "\x1b[0m"


class WaitLine:
    """A line on a terminal that tells how long something takes, and leaves nothing behind.

    Only the main thread draws: others wait for parts of what it shows.
    """

    def __init__(self, stream: TextIO, measure: Callable[[], Screen]) -> None:
        self._stream = stream
        self._measure = measure
        self._drawn = ""

    def show(self, text: str) -> None:
        """Draw `text` in place of what was drawn before, cut at the edge of the terminal."""
        if text == self._drawn or threading.current_thread() is not threading.main_thread():
            return
        from glomex_cli.terminal.sanitize import clip

        screen = self._measure()
        cut = clip(text, screen.width - 1)
        self._drawn = text
        self._write(f"{ERASE_ROW}{_DIM}{cut}{_PLAIN}" if screen.color else f"{ERASE_ROW}{cut}")

    def clear(self) -> None:
        """Erase the line, where it is drawn."""
        if self._drawn:
            self._drawn = ""
            self._write(ERASE_ROW)

    def _write(self, text: str) -> None:
        with suppress(OSError):
            self._stream.write(text)
            self._stream.flush()


class Talk:
    """What one command tells the person, and asks of them.

    `paused` opens a block whose time does not count against the deadline: a person types.
    """

    def __init__(
        self,
        stderr: TextIO,
        ask: Ask | None,
        *,
        quiet: bool = False,
        paused: Callable[[], AbstractContextManager[None]],
    ) -> None:
        """Write to `stderr`; without `ask` there is nobody to answer."""
        self._stderr = stderr
        self._ask = ask
        self._quiet = quiet
        self.paused = paused
        # Shown while a service is waited for; it makes room for anything else.
        self.wait_line: WaitLine | None = None

    @property
    def is_interactive(self) -> bool:
        """Whether a person may be asked, and sees stderr."""
        return self._ask is not None and self._stderr.isatty()

    def say(self, text: str) -> None:
        """Write a note to stderr, unless --quiet."""
        if not self._quiet:
            self.warn(text)

    def warn(self, text: str) -> None:
        """Write what must not be missed to stderr, --quiet or not.

        Where stderr takes no output, the work goes on.
        """
        from glomex_cli.terminal.sanitize import clean, mask_secrets

        self.clear()
        with suppress(OSError):
            self._stderr.write(f"{clean(mask_secrets(text))}\n")
            self._stderr.flush()

    def clear(self) -> None:
        """Take away the line that tells of a wait, where there is one."""
        if self.wait_line is not None:
            self.wait_line.clear()

    def ask(self, label: str, *, option: str, hidden: bool = False) -> str:
        """Return the answer; raise UsageError, naming `option`, where nobody can answer."""
        missing = UsageError(f"the {in_a_sentence(label)} is missing", f"use {option}")
        if self._ask is None:
            raise missing
        self.clear()
        try:
            with self.paused():
                return self._ask(label, hidden=hidden)
        except UsageError:
            raise missing from None


def in_a_sentence(label: str) -> str:
    """Return a prompt's label without explanation and default, in lower case but for `MFA`.

    >>> [in_a_sentence(label) for label in ("Email [a@b.c]", "TOTP secret (empty if none)")]
    ['email', 'TOTP secret']
    """
    name = label.partition(" (")[0].partition(" [")[0]
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


class ColorChoice(StrEnum):
    """The values of `--color`."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


class Screen(NamedTuple):
    """What one stream can show. `width` and `height` count columns and rows."""

    is_terminal: bool
    width: int
    height: int
    color: bool
    unicode: bool


def screen_of(
    stream: TextIO, environ: Mapping[str, str], color: ColorChoice = ColorChoice.AUTO
) -> Screen:
    """Return what `stream` can show, as users of NO_COLOR and COLUMNS expect."""
    is_terminal = stream.isatty()
    width, height = _size(stream, environ)
    return Screen(
        is_terminal=is_terminal,
        width=width,
        height=height,
        color=_is_colored(environ, color, is_terminal=is_terminal),
        unicode=_can_encode("▁█·—", stream),
    )


def is_fed(stream: BufferedIOBase) -> bool:
    """Return whether stdin is a pipe, a file or a socket, not a terminal or /dev/null."""
    try:
        mode = os.fstat(stream.fileno()).st_mode
    except OSError:
        return True  # no descriptor: bytes that this process made itself
    return stat.S_ISFIFO(mode) or stat.S_ISREG(mode) or stat.S_ISSOCK(mode)


def is_piped(stream: TextIO) -> bool:
    """Return whether a stream leads to another program, which may write to the same terminal."""
    try:
        mode = os.fstat(stream.fileno()).st_mode
    except (OSError, ValueError):
        return False
    return stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode)


def _is_colored(environ: Mapping[str, str], color: ColorChoice, *, is_terminal: bool) -> bool:
    """Order: the option, NO_COLOR (no-color.org), FORCE_COLOR and CLICOLOR_FORCE, the terminal."""
    if color is not ColorChoice.AUTO:
        return color is ColorChoice.ALWAYS
    if environ.get("NO_COLOR"):
        return False
    if any(environ.get(name, "0") not in {"", "0"} for name in ("FORCE_COLOR", "CLICOLOR_FORCE")):
        return True
    has_colors = not re.fullmatch(_WITHOUT_COLOR, environ.get("TERM", ""))
    return is_terminal and has_colors and environ.get("CLICOLOR") != "0"


def _size(stream: TextIO, environ: Mapping[str, str]) -> tuple[int, int]:
    width, height = _real_size(stream)
    return _positive(environ.get("COLUMNS"), width), _positive(environ.get("LINES"), height)


def _real_size(stream: TextIO) -> tuple[int, int]:
    try:
        width, height = os.get_terminal_size(stream.fileno())
    except (OSError, ValueError):
        return _DEFAULT_SIZE
    return width or _DEFAULT_SIZE[0], height or _DEFAULT_SIZE[1]


def _positive(text: str | None, default: int) -> int:
    if text is None or not (text.isascii() and text.isdigit()):
        return default
    return int(text) or default


def _can_encode(text: str, stream: TextIO) -> bool:
    try:
        text.encode(stream.encoding or "ascii")
    except (LookupError, UnicodeEncodeError):
        return False
    return True
