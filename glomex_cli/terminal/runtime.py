"""The process and its surroundings: streams, clock, environment, and prompts on the terminal.

Prompts are asked on the terminal itself, hidden or not: pipes and `$(…)` do not break them.
"""

import errno
import io
import os
import re
import sys
from collections.abc import Callable, Generator, MutableMapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BufferedIOBase
from pathlib import Path
from typing import NoReturn, Protocol, TextIO, cast

from glomex_cli.errors import UsageError

_OUR_VARIABLES = ("GLOMEX_", "MUX_")
_SECRET_VARIABLES = ("_PASSWORD", "_SECRET", "_TOKEN")
_MOST_SECRETS = 16
# Values of the environment, which are masked in what is written. No `Secret`: most commands make
# none, and so do not load its module.
given_secrets: list[str] = []
_LINE_END = re.compile(r"(?:\r\n|\n|\r)\Z")
# A prompt may wait in one thread while the process is ended by another.
_shows: list[Callable[[], None]] = []
_LONGEST_LINE = 4096  # as a terminal gives


class Ask(Protocol):
    """A function that asks the user; raises UsageError where there is no terminal."""

    def __call__(self, label: str, *, hidden: bool = False) -> str:
        """Return the answer."""
        ...


@dataclass(eq=False, repr=False)
class Runtime:
    """Streams (bytes in, text out), questions, the clock (with its zone), the environment."""

    stdin: BufferedIOBase
    stdout: TextIO
    stderr: TextIO
    ask: Ask
    now: Callable[[], datetime]
    environ: MutableMapping[str, str]


class _ClosedStream(io.StringIO):
    """A stream that the shell closed (`>&-`): writing fails, as it would in C."""

    def write(self, _text: str, /) -> NoReturn:
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))


def tidy_environment(environ: MutableMapping[str, str]) -> None:
    """Take what files and pipes add out of our variables, in place, and know their secrets.

    A line end at the end and a byte order mark are no part of a value; blanks around it neither,
    but for a password.
    """
    for name in [name for name in environ if name.startswith(_OUR_VARIABLES)]:
        value = _LINE_END.sub("", environ[name].removeprefix("\ufeff"))
        value = value if name.endswith("_PASSWORD") else value.strip()
        if value != environ[name]:
            environ[name] = value
        if name.endswith(_SECRET_VARIABLES):
            given_secrets.append(value)
    del given_secrets[:-_MOST_SECRETS]


def open_runtime() -> Runtime:
    """Return the runtime of this process. Text that an encoding lacks is written as an escape."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace", newline="")
    return Runtime(
        stdin=cast("BufferedIOBase", sys.stdin.buffer)
        if sys.stdin
        else Path(os.devnull).open("rb"),
        stdout=sys.stdout or _ClosedStream(),
        stderr=sys.stderr or io.StringIO(),
        ask=ask_on_terminal,
        now=lambda: datetime.now(UTC),
        environ=os.environ,
    )


def ask_on_terminal(label: str, *, hidden: bool = False) -> str:
    """Return what the user types after `label`; `hidden` shows none of it.

    Raises UsageError without a terminal to ask on, and EOFError at Ctrl-D, at Ctrl-C and when
    the terminal is closed.
    A hidden answer is never read with echo, nor after Ctrl-Z and `fg`; while the program is
    stopped, and after any end of it, the terminal echoes as before.
    """
    prompt = f"{label}: "
    with _open_terminal() as terminal, _whole_line(terminal):
        try:
            return _hidden_line(terminal, prompt) if hidden else _shown_line(terminal, prompt)
        except (KeyboardInterrupt, OSError):
            raise EOFError from None


def show_typing() -> None:
    """Turn the echo on again where a prompt in another thread still hides what is typed."""
    for show in tuple(_shows):
        show()


if sys.platform == "win32":
    import getpass

    def _hidden_line(terminal: TextIO, prompt: str) -> str:
        return getpass.getpass(prompt, stream=terminal)
else:
    import signal
    import termios
    import threading

    def _hidden_line(terminal: TextIO, prompt: str) -> str:
        # Not `getpass`: it stays hidden at Ctrl-Z, shows after `fg`, and reads stdin, with echo,
        # when the terminal hangs up.
        with _hiding(terminal, prompt):
            terminal.write(prompt)
            line = _line(terminal)
        terminal.write("\n")
        return line.removesuffix("\n")

    @contextmanager
    def _hiding(terminal: TextIO, prompt: str) -> Generator[None]:
        """Turn the echo off for a block, off again after a stop, and on again at any end."""
        shown = termios.tcgetattr(terminal)
        hidden = [*shown[:3], shown[3] & ~termios.ECHO, *shown[4:]]

        def show() -> None:
            with suppress(termios.error, ValueError):  # hung up, or closed by the prompt's thread
                termios.tcsetattr(terminal, termios.TCSAFLUSH, shown)

        def stop(number: int, _frame: object) -> None:
            show()
            signal.signal(number, signal.SIG_DFL)
            signal.raise_signal(number)  # comes back when the shell continues us
            signal.signal(number, stop)
            termios.tcsetattr(terminal, termios.TCSAFLUSH, hidden)
            os.write(terminal.fileno(), prompt.encode(errors="replace"))  # `terminal` is in use

        _shows.append(show)
        try:
            with _handling(signal.SIGTSTP, stop), _handling(signal.SIGQUIT, _quit):
                termios.tcsetattr(terminal, termios.TCSAFLUSH, hidden)
                yield
        finally:
            show()
            _shows.remove(show)

    @contextmanager
    def _handling(number: int, handler: Callable[[int, object], None]) -> Generator[None]:
        """Handle a signal in a block; an ignored one stays so. Only the main thread may."""
        before = signal.getsignal(number)
        is_main = threading.current_thread() is threading.main_thread()
        if before is signal.SIG_IGN or not is_main:
            yield
            return
        signal.signal(number, handler)
        try:
            yield
        finally:
            signal.signal(number, before)

    def _quit(number: int, _frame: object) -> None:
        sys.exit(128 + number)


@contextmanager
def _whole_line(terminal: TextIO) -> Generator[None]:
    """End the prompt's line where no answer did."""
    try:
        yield
    except BaseException:
        with suppress(OSError):  # a terminal that is gone
            terminal.write("\n")
        raise


def _shown_line(terminal: TextIO, prompt: str) -> str:
    terminal.write(prompt)
    return _line(terminal).strip()


def _line(terminal: TextIO) -> str:
    line = terminal.readline(_LONGEST_LINE)
    if not line:
        raise EOFError
    return line


def _open_terminal() -> TextIO:
    try:
        name = "CON" if sys.platform == "win32" else "/dev/tty"
        descriptor = os.open(name, os.O_RDWR | getattr(os, "O_NOCTTY", 0))
    except OSError:
        raise UsageError("there is no terminal for a prompt", "glomex login --help") from None
    # A terminal cannot seek, so it takes the raw layer: the buffered one refuses.
    raw = io.FileIO(descriptor, "w+")
    return io.TextIOWrapper(raw, encoding="utf-8", errors="surrogateescape", write_through=True)
