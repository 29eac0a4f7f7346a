"""Live output: lines drawn of stdin, signs of progress, and pictures drawn again and again.

Between drawings the cursor rests at the start of the picture. Where a terminal is resized and
wraps its rows, the cursor goes with them: erasing from there on leaves no copy behind.
"""

import select
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from datetime import datetime
from io import BufferedIOBase
from typing import Generic, NamedTuple, Protocol, TextIO, TypeVar

from glomex_cli.errors import GlomexError
from glomex_cli.terminal.screen import Screen

_PIECE = 1 << 16
_Found = TypeVar("_Found")
# Erases the row and all below it. Not by ED alone from the corner of the screen: tmux takes that
# for clearing all of it, and puts a copy of the picture into its history.
ERASE_BELOW = "\r\x1b[K\x1b[C\x1b[J\r"
_WRAP_OFF, _WRAP_ON = "\x1b[?7l", "\x1b[?7h"
_DIM, _PLAIN = "\x1b[2m", "\x1b[0m"
_LOOK_S = 0.1  # between two looks at the size of the terminal
_STATUS_ROWS = 1


class StreamRenderer(Protocol):
    """What turns input into output; `charts.sparkline.follow` has one."""

    def feed(self, piece: bytes, *, now_s: float) -> str:
        """Read a piece of input, and return what to write now."""
        ...

    def wait_s(self, *, now_s: float) -> float | None:
        """Return in how many seconds to call `redraw`, None if not at all."""
        ...

    def redraw(self, *, now_s: float) -> str:
        """Return what was not yet shown."""
        ...

    def finish(self) -> str:
        """Return the end of the output."""
        ...


def follow(stdin: BufferedIOBase, stdout: TextIO, follower: StreamRenderer) -> None:
    """Write what `follower` makes of `stdin`, until it ends or Ctrl-C; then end the last line."""
    try:
        while piece := _next(stdin, stdout, follower):
            _write(stdout, follower.feed(piece, now_s=time.monotonic()))
    except KeyboardInterrupt:
        _write(stdout, follower.finish())
        raise
    _write(stdout, follower.finish())


def _next(stdin: BufferedIOBase, stdout: TextIO, follower: StreamRenderer) -> bytes:
    """Return the next piece, and meanwhile write what was held back."""
    while (wait_s := follower.wait_s(now_s=time.monotonic())) is not None:
        if _is_ready(stdin, wait_s):
            break
        _write(stdout, follower.redraw(now_s=time.monotonic()))
    return stdin.read1(_PIECE)


def _is_ready(stdin: BufferedIOBase, wait_s: float) -> bool:
    try:
        return bool(select.select([stdin], [], [], wait_s)[0])
    except (OSError, ValueError):
        return True  # no descriptor to wait for, or a system that waits for sockets only


def _write(stdout: TextIO, text: str) -> None:
    if text:
        stdout.write(text)
        stdout.flush()


@contextmanager
def progress_bar(
    stream: TextIO, screen: Screen | None, *, unit: str = "ranges"
) -> Generator[Callable[[int, int], None]]:
    """Yield a function to call with (done, total); it draws nothing where `screen` is None.

    The bar is gone when the block ends, and the cursor is back.
    """
    if screen is None:
        yield lambda _done, _total: None
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
    )

    console = Console(
        file=stream,
        force_terminal=True,
        no_color=not screen.color,
        width=screen.width,
        legacy_windows=False,
    )
    columns = (
        TextColumn("asking"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn(unit),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=None)

        def show(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)

        yield show


class Canvas:
    """The rows of a terminal that are drawn over; they are never more than it has."""

    def __init__(self, stdout: TextIO) -> None:
        self._stdout = stdout
        self._lines: Sequence[str] = ()

    def draw(self, lines: Sequence[str]) -> None:
        """Replace what was drawn before; a line that is too long is cut at the edge."""
        self._lines = lines
        up = f"\x1b[{len(lines) - 1}A" if len(lines) > 1 else ""
        self._write(f"{self._picture()}\r{up}")

    def erase(self) -> None:
        """Clear the rows, so that something else can be written there."""
        self._write(ERASE_BELOW)

    def leave(self) -> None:
        """Draw for the last time, and go on below: what the keyboard echoed is covered."""
        if self._lines:
            self._write(f"{self._picture()}\n")

    def _picture(self) -> str:
        return ERASE_BELOW + _WRAP_OFF + "\n".join(self._lines) + _WRAP_ON

    def _write(self, text: str) -> None:
        self._stdout.write(text)
        self._stdout.flush()


class Stage(NamedTuple):
    """Where pictures are drawn: a stream, what it can show, the clock, and where to write notes."""

    stdout: TextIO
    measure: Callable[[], Screen]
    now: Callable[[], datetime]
    tell: Callable[[str], None]


class Watcher(Generic[_Found]):
    """Asks in rounds, and draws what was found last as often as the screen needs it."""

    def __init__(
        self,
        ask: Callable[[], _Found],
        lines_of: Callable[[_Found, Screen], Sequence[str]],
        stage: Stage,
    ) -> None:
        self._ask = ask
        self._lines_of = lines_of
        self._stdout, self._measure, self._now, self._tell = stage
        self._canvas = Canvas(stage.stdout)

    def run(self, seconds: float) -> None:
        """Ask every `seconds`, until Ctrl-C; a failure of the first round is raised.

        When a later round fails, `tell` gets a message and the picture before it stays.
        """
        found, at = self._ask(), self._now()
        try:
            screen = self._show(found, at)
            while True:
                screen = self._wait(seconds, found, at, screen)
                try:
                    found, at = self._ask(), self._now()
                except GlomexError as failure:
                    self._tell_of(failure, screen)
                    if not screen.is_terminal:
                        continue
                screen = self._show(found, at)
        finally:
            self._canvas.leave()

    def _tell_of(self, failure: GlomexError, screen: Screen) -> None:
        if screen.is_terminal:
            self._canvas.erase()
        self._tell(f"refresh failed, showing the last data: {failure.message}")

    def _show(self, found: _Found, at: datetime) -> Screen:
        """Draw for the screen as it is now, and return it."""
        screen = self._measure()
        lines = self._lines_of(found, screen)
        if not screen.is_terminal:
            self._stdout.write("".join(f"{line}\n" for line in lines))
            self._stdout.flush()
            return screen
        rows = max(1, screen.height - 1 - _STATUS_ROWS)
        status = f"updated {at:%H:%M:%S}"
        dim = f"{_DIM}{status}{_PLAIN}" if screen.color else status
        self._canvas.draw([*lines[:rows], dim])
        return screen

    def _wait(self, seconds: float, found: _Found, at: datetime, screen: Screen) -> Screen:
        """Sleep, draw anew whenever the terminal has another size, and return what it is then."""
        until = time.monotonic() + seconds
        while (left_s := until - time.monotonic()) > 0:
            time.sleep(min(left_s, _LOOK_S) if screen.is_terminal else left_s)
            if screen.is_terminal and self._measure() != screen:
                screen = self._show(found, at)
        return screen
