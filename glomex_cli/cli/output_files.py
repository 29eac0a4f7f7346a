"""Files and stdout that a command writes to: checked names, whole files, and words on them.

stdout has several names; a file is replaced as a whole.
"""

import io
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final, TextIO

from glomex_cli.cli.context import Context
from glomex_cli.errors import GlomexError, UsageError
from glomex_cli.suggestions import quoted
from glomex_cli.terminal.screen import Screen, Talk, screen_of

# Opened by name, a redirected file would be cut, though `>>` was to append to it.
_STDOUT_NAMES: Final = frozenset({"-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"})
_UNITS: Final = ("bytes", "kB", "MB", "GB")
_THOUSAND: Final = 1000


def is_stdout(path: Path | None) -> bool:
    """Return whether `--output` names stdout, or is not given.

    >>> is_stdout(Path("-")), is_stdout(Path("./-"))
    (True, True)
    """
    return path is None or str(path) in _STDOUT_NAMES


def check_image(path: Path | None) -> None:
    """Raise UsageError for the name of an image that is no SVG, the one kind that is drawn."""
    if path is not None and not is_stdout(path) and path.suffix.lower() != ".svg":
        raise UsageError(
            f"a chart is written as SVG, not as {quoted(path.suffix or path.name)}",
            "end the name in .svg: --output chart.svg",
        )


@contextmanager
def opened_output(context: Context, path: Path | None) -> Generator[tuple[TextIO, Screen]]:
    """Yield stdout, or a file that is replaced only when the block ends well, and its screen."""
    if path is None or is_stdout(path):
        stdout = context.runtime.stdout
        is_covered = context.screen.is_terminal and context.shows_waits
        yield _Uncovered(stdout, context.talk) if is_covered else stdout, context.screen
        return
    with opened_file(path) as raw:
        stream = io.TextIOWrapper(raw, encoding="utf-8", newline="", write_through=True)
        yield stream, screen_of(stream, context.runtime.environ, context.options.color_choice)
        stream.flush()
        stream.detach()


@contextmanager
def opened_file(path: Path) -> Generator[BinaryIO]:
    """Yield a file that is replaced only when the block ends well.

    Raises UsageError for a folder, GlomexError where the system does not let it be written.
    """
    from glomex_cli.storage.files import writing

    if path == Path():
        raise UsageError("--output needs the name of a file", "for example: --output week.csv")
    if path.is_dir():
        raise UsageError(f"--output {path} is a folder", "name a file in it")
    try:
        with writing(path) as raw:
            yield raw
    except OSError as error:
        raise GlomexError(f"cannot write {path}: {error.strerror}", _way_out(path, error)) from None


def _way_out(path: Path, error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        from glomex_cli.storage.errors import shell_quoted

        return f"mkdir -p {shell_quoted(path.parent)}"
    return "the file was not changed" if path.is_file() else "name a file with --output"


class _Uncovered(io.StringIO):
    """stdout that takes the line of a wait from the terminal before it writes there."""

    def __init__(self, stream: TextIO, talk: Talk) -> None:
        super().__init__()
        self._stream = stream
        self._talk = talk

    @property
    def encoding(self) -> str:  # type: ignore[override]  # pyright: ignore[reportIncompatibleVariableOverride]
        return self._stream.encoding

    def fileno(self) -> int:
        return self._stream.fileno()

    def write(self, text: str, /) -> int:
        self._talk.clear()
        return self._stream.write(text)

    def flush(self) -> None:
        self._stream.flush()


def say_written(talk: Talk, what: str, path: Path) -> None:
    """Note what was written to a file, and how large that is."""
    size = f" ({size_text(path.stat().st_size)})" if path.is_file() else ""
    talk.say(f"wrote {what} to {path}{size}")


def size_text(count: int) -> str:
    """Return a number of bytes in the unit in which it is short.

    >>> size_text(1), size_text(999), size_text(1_234), size_text(20_500_000)
    ('1 byte', '999 bytes', '1.2 kB', '20.5 MB')
    """
    if count < _THOUSAND:
        return "1 byte" if count == 1 else f"{count} bytes"
    size, unit = float(count), 0
    while size >= _THOUSAND and unit < len(_UNITS) - 1:
        size, unit = size / _THOUSAND, unit + 1
    return f"{size:.1f} {_UNITS[unit]}"
