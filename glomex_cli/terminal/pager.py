"""Long text through the pager that a person has chosen, as git and gh show it.

The pager reads keys from the terminal, so it works behind a pipe too. It is never run where
nobody could leave it.
"""

import shlex
import sys
from collections.abc import Generator, Mapping
from contextlib import contextmanager, suppress
from io import StringIO
from typing import TYPE_CHECKING, TextIO

from glomex_cli.terminal.screen import Screen

if TYPE_CHECKING:
    from subprocess import Popen

_DEFAULT = "less"
# Quit where one screen is enough, show colors, leave the text on the screen.
_LESS = "FRX"
_PATIENCE_S = 1.0


class _PagedText(StringIO):
    """Text that is written at the end of a block; it looks like the stream it is written to."""

    def __init__(self, stream: TextIO) -> None:
        super().__init__(newline="")
        self._encoding = stream.encoding

    @property
    def encoding(self) -> str:  # type: ignore[override]  # pyright: ignore[reportIncompatibleVariableOverride]
        return self._encoding


@contextmanager
def paged(stream: TextIO, screen: Screen, environ: Mapping[str, str]) -> Generator[TextIO]:
    """Yield what to write to; at the end it is shown on `stream`, by the pager if it is long.

    Long is what has more lines than the terminal. What was written before a failure is shown.
    """
    command = pager_command(environ)
    if not command:
        yield stream
        return
    text = _PagedText(stream)
    try:
        yield text
    finally:
        written = text.getvalue()
        is_long = written.count("\n") >= screen.height
        if not (is_long and show_in_pager(written, stream, command, environ)):
            stream.write(written)


def pager_command(environ: Mapping[str, str]) -> list[str]:
    """Return the words of the pager in PAGER, `less` where that is unset; empty for none.

    None is what PAGER means as an empty text or `cat`, what is not installed, and any on a
    terminal that cannot move its cursor.

    >>> pager_command({"PAGER": "cat"})
    []
    """
    from shutil import which

    try:
        words = shlex.split(environ.get("PAGER", _DEFAULT))
    except ValueError:
        return []
    if not words or words == ["cat"] or environ.get("TERM") == "dumb":
        return []
    program = which(words[0], path=environ.get("PATH"))
    return [program, *words[1:]] if program else []


def show_in_pager(
    text: str, stream: TextIO, command: list[str], environ: Mapping[str, str]
) -> bool:
    """Show `text` until the person leaves the pager; return False where it cannot be run.

    Ctrl-C ends the pager too, and leaves the terminal as it was.
    """
    from subprocess import PIPE, Popen

    try:
        descriptor = stream.fileno()
    except (OSError, ValueError):
        return False
    stream.flush()
    settings = {"LESS": _LESS, **environ}
    with _as_before(descriptor):
        try:
            pager = Popen(command, stdin=PIPE, stdout=descriptor, env=settings)  # noqa: S603 - the person's own choice
        except OSError:
            return False
        try:
            with suppress(BrokenPipeError):  # left before the end
                pager.communicate(text.encode(stream.encoding or "utf-8", "backslashreplace"))
        except BaseException:
            _end(pager)
            raise
    return True


def _end(pager: "Popen[bytes]") -> None:
    """End the pager, which takes Ctrl-C for a key of its own, and wait for it."""
    from subprocess import TimeoutExpired

    pager.terminate()
    try:
        pager.wait(_PATIENCE_S)
    except TimeoutExpired:
        pager.kill()
        pager.wait()


if sys.platform == "win32":

    @contextmanager
    def _as_before(_descriptor: int) -> Generator[None]:
        yield
else:

    @contextmanager
    def _as_before(descriptor: int) -> Generator[None]:
        """Restore the modes of the terminal where the pager could not."""
        import termios

        try:
            modes = termios.tcgetattr(descriptor)
        except termios.error:
            yield
            return
        try:
            yield
        finally:
            with suppress(termios.error, OSError):
                termios.tcsetattr(descriptor, termios.TCSADRAIN, modes)
