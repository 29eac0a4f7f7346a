"""A bar on stderr for long work, where a person is there to see it."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import TextIO

from glomex_cli.terminal.screen import Screen


@contextmanager
def progress_bar(stream: TextIO, screen: Screen | None) -> Generator[Callable[[int, int], None]]:
    """Give what to call with (done, total); it draws nothing where `screen` is None.

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
    columns = (TextColumn("asking"), BarColumn(), MofNCompleteColumn(), TextColumn("ranges"))
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=None)

        def show(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)

        yield show
