"""The command line: finds the command, and alone turns failures into words and exit codes."""

import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import NoReturn, TextIO

import typer
from typer._click.exceptions import NoSuchOption
from typer.exceptions import TyperException

from glomex_cli.cli.app import root_command
from glomex_cli.errors import ExitCode, GlomexError
from glomex_cli.terminal.prompt import show_typing
from glomex_cli.terminal.runtime import Runtime, open_runtime
from glomex_cli.terminal.screen import screen_of

_TERMINATED = 128  # a shell reports a death by signal N as 128 + N


def run_process() -> int:
    """Run the command line of this process, and give its exit code.

    All output is written then, unless Ctrl-C ended it.
    """
    if signal.getsignal(signal.SIGINT) is signal.SIG_DFL:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number and signal.getsignal(number) is not signal.SIG_IGN:  # as under nohup
            signal.signal(number, _leave)
    runtime = open_runtime()
    sys.stdout = runtime.stdout  # Typer would take a closed one for nobody who reads its help
    try:
        code = run(sys.argv[1:], runtime)
        if code != ExitCode.INTERRUPTED:  # who reads slowly would keep the terminal
            _flush(sys.stdout)
            _flush(sys.stderr)
        return code
    finally:
        show_typing()


def run(argv: Sequence[str], runtime: Runtime) -> int:
    """Run one command and give its exit code; every failure is explained on `runtime.stderr`."""
    try:
        return _invoke(list(argv) or ["--help"], runtime)
    except BrokenPipeError:
        return ExitCode.READER_GONE
    except KeyboardInterrupt:
        return _interrupted(runtime)
    except (EOFError, typer.Abort):
        return ExitCode.INTERRUPTED
    except Exception as error:  # noqa: BLE001 - a person is never shown a traceback
        return _explain(error, runtime)


def _explain(error: Exception, runtime: Runtime) -> ExitCode:
    match error:
        case GlomexError():
            return _end(runtime, error.exit_code, error.message, error.hint)
        case TyperException():
            return _end(runtime, ExitCode.USAGE, _lowered(_said(error)), _help(error))
        case OSError():
            return _end(runtime, ExitCode.UNEXPECTED, f"the system refused: {error.strerror}")
        case _:
            return _unexpected(runtime, error)


def _invoke(argv: list[str], runtime: Runtime) -> int:
    command = root_command()
    try:
        with command.make_context("glomex", argv, obj=runtime) as context:
            command.invoke(context)
    except typer.Exit as end:
        code = end.exit_code
    except Exception:
        runtime.stdout.flush()
        raise
    else:
        code = ExitCode.DONE
    runtime.stdout.flush()
    return code


def _interrupted(runtime: Runtime) -> ExitCode:
    """End the line on which a terminal shows `^C`."""
    if runtime.stderr.isatty():
        _write(runtime.stderr, "\n")
    return ExitCode.INTERRUPTED


def _end(runtime: Runtime, code: ExitCode, message: str, hint: str = "") -> ExitCode:
    """Write the one line and the hint."""
    color = screen_of(runtime.stderr, runtime.environ).color
    red, plain = ("\x1b[31m", "\x1b[0m") if color else ("", "")
    lines = [f"{red}error:{plain} {message}"]
    lines += [f"hint: {hint}"] if hint else []
    _write(runtime.stderr, "".join(f"{line}\n" for line in lines))
    return code


def _unexpected(runtime: Runtime, error: Exception) -> ExitCode:
    if runtime.environ.get("GLOMEX_DEBUG") == "1":
        import traceback

        runtime.stderr.write("".join(traceback.format_exception(error)))
    return _end(
        runtime,
        ExitCode.UNEXPECTED,
        f"something unexpected happened ({type(error).__name__})",
        "set GLOMEX_DEBUG=1 to see where, and tell the maintainers",
    )


def _lowered(message: str) -> str:
    """Write a usage message of Typer's like ours: one line, lower case, no full stop."""
    line = " ".join(message.split()).rstrip(".")
    return line[:1].lower() + line[1:]


def _said(error: TyperException) -> str:
    """Return the message alone, without the guesses that some carry along."""
    return error.message if isinstance(error, NoSuchOption) else error.format_message()


def _help(error: TyperException) -> str:
    if isinstance(error, NoSuchOption) and error.possibilities:
        return f"did you mean: {error.possibilities[0]}"
    context = getattr(error, "ctx", None)
    return f"{context.command_path if context else 'glomex'} --help"


def _leave(number: int, _frame: object) -> NoReturn:
    """End as by the signal, but through `finally`, so that a hidden prompt restores the echo."""
    sys.exit(_TERMINATED + number)


def _write(stderr: TextIO, text: str) -> None:
    """Write at once; a stderr that is gone too cannot be told."""
    with suppress(OSError):
        stderr.write(text)
        stderr.flush()


def _flush(stream: TextIO | None) -> None:
    """Write what is left, if anybody still reads it."""
    with suppress(OSError):
        if stream:
            stream.flush()
