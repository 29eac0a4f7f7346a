"""What a stream can show: width, color, glyphs. Decided from the stream and the environment."""

import os
import stat
from collections.abc import Mapping
from enum import StrEnum
from io import BufferedIOBase
from typing import NamedTuple, TextIO

_DEFAULT_SIZE = (80, 24)


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


def _is_colored(environ: Mapping[str, str], color: ColorChoice, *, is_terminal: bool) -> bool:
    """Order: the option, NO_COLOR (no-color.org), FORCE_COLOR and CLICOLOR_FORCE, the terminal."""
    if color is not ColorChoice.AUTO:
        return color is ColorChoice.ALWAYS
    if environ.get("NO_COLOR"):
        return False
    if any(environ.get(name, "0") not in {"", "0"} for name in ("FORCE_COLOR", "CLICOLOR_FORCE")):
        return True
    return is_terminal and environ.get("TERM") != "dumb" and environ.get("CLICOLOR") != "0"


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
