"""The command line: finds the command, and alone turns failures into words and exit codes."""

import os
import signal
import sys
from collections.abc import Sequence
from typing import NoReturn

import typer
from typer.exceptions import TyperException

from glomex_cli.command_tree import root_command
from glomex_cli.errors import ExitCode, GlomexError
from glomex_cli.runtime import Runtime, open_runtime
from glomex_cli.terminal import screen_of

_TERMINATED = 128  # a shell reports a death by signal N as 128 + N


def main() -> NoReturn:
    """Run the command line of this process and end it."""
    for name in ("SIGTERM", "SIGHUP"):
        if number := getattr(signal, name, None):
            signal.signal(number, _leave)
    runtime = open_runtime()
    code = run(sys.argv[1:], runtime)
    _give_up_unwritten()
    sys.exit(code)


def run(argv: Sequence[str], runtime: Runtime) -> int:
    """Run one command and give its exit code; every failure is explained on `runtime.stderr`."""
    try:
        return _invoke(list(argv) or ["--help"], runtime)
    except BrokenPipeError:
        return ExitCode.READER_GONE
    except (KeyboardInterrupt, EOFError, typer.Abort):
        return ExitCode.INTERRUPTED
    except Exception as error:  # noqa: BLE001 - a person is never shown a traceback
        return _explain(error, runtime)


def _explain(error: Exception, runtime: Runtime) -> ExitCode:
    match error:
        case GlomexError():
            return _end(runtime, error.exit_code, error.message, error.hint)
        case TyperException():
            return _end(
                runtime, ExitCode.USAGE, _lowered(str(error.format_message())), _help(error)
            )
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
        return end.exit_code
    finally:
        runtime.stdout.flush()
    return ExitCode.DONE


def _end(runtime: Runtime, code: ExitCode, message: str, hint: str = "") -> ExitCode:
    """Write the one line and the hint; a stderr that is gone too cannot be told."""
    color = screen_of(runtime.stderr, runtime.environ).color
    red, plain = ("\x1b[31m", "\x1b[0m") if color else ("", "")
    lines = [f"{red}error:{plain} {message}"]
    lines += [f"hint: {hint}"] if hint else []
    try:
        runtime.stderr.write("".join(f"{line}\n" for line in lines))
        runtime.stderr.flush()
    except OSError:
        pass
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


def _help(error: TyperException) -> str:
    context = getattr(error, "ctx", None)
    return f"{context.command_path if context else 'glomex'} --help"


def _leave(number: int, _frame: object) -> NoReturn:
    """End as by the signal, but through `finally`, so that a hidden prompt restores the echo."""
    sys.exit(_TERMINATED + number)


def _give_up_unwritten() -> None:
    """Keep the interpreter from trying once more what could not be written: it exits with 120."""
    try:
        if sys.stdout:
            sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
