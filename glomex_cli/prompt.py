"""Questions to the person, on the terminal itself: pipes and `$(…)` do not break them."""

import getpass
import io
import os
import sys
from typing import TextIO

from glomex_cli.errors import UsageError


def ask(label: str, *, hidden: bool = False) -> str:
    """Give what the person types after `label`; `hidden` shows none of it.

    Raises UsageError where there is no terminal to ask on, EOFError at Ctrl-D and
    KeyboardInterrupt at Ctrl-C. A hidden answer is never read with echo.
    """
    with _open_terminal() as terminal:
        if hidden:
            return getpass.getpass(f"{label}: ", stream=terminal)
        terminal.write(f"{label}: ")
        terminal.flush()
        return _line(terminal)


def _line(terminal: TextIO) -> str:
    line = terminal.readline()
    if not line:
        terminal.write("\n")
        raise EOFError
    return line.strip()


def _open_terminal() -> TextIO:
    try:
        name = "CON" if sys.platform == "win32" else "/dev/tty"
        descriptor = os.open(name, os.O_RDWR | getattr(os, "O_NOCTTY", 0))
    except OSError:
        raise UsageError("there is no terminal to ask on", "glomex login --help") from None
    # A terminal cannot seek, so it takes the raw layer: the buffered one refuses.
    raw = io.FileIO(descriptor, "w+")
    return io.TextIOWrapper(raw, encoding="utf-8", errors="surrogateescape", write_through=True)
