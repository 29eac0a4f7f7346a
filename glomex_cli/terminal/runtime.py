"""The process and its surroundings as one object: streams, prompts, clock and environment."""

import errno
import io
import os
import re
import sys
from collections.abc import Callable, MutableMapping
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BufferedIOBase
from pathlib import Path
from typing import NoReturn, Protocol, TextIO, cast

from glomex_cli.terminal.prompt import ask_on_terminal

_OUR_VARIABLES = ("GLOMEX_", "MUX_")
_SECRET_VARIABLES = ("_PASSWORD", "_SECRET", "_TOKEN")
_MOST_SECRETS = 16
# Values of the environment, which are masked in what is written. No `Secret`: most commands make
# none, and so do not load its module.
given_secrets: list[str] = []
_LINE_END = re.compile(r"(?:\r\n|\n|\r)\Z")


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
