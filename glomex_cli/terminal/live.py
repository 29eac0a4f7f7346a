"""Live output: a line drawn of what comes on stdin (`--follow`), and a progress bar on stderr."""

import select
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from io import BufferedIOBase
from typing import Protocol, TextIO

from glomex_cli.terminal.screen import Screen

_PIECE = 1 << 16


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
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    console = Console(
        file=stream,
        force_terminal=True,
        no_color=not screen.color,
        width=screen.width,
        legacy_windows=False,
    )
    columns = (TextColumn("asking"), BarColumn(), MofNCompleteColumn(), TextColumn(unit))
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=None)

        def show(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)

        yield show
