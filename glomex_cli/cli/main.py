"""Run the command line: find the command, run it, and end with its exit code."""

import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import NoReturn, TextIO

import typer

from glomex_cli.cli.app import COMMANDS, OWN_OPTIONS, root_command
from glomex_cli.cli.errors import end_of_interrupt, explain
from glomex_cli.errors import ExitCode
from glomex_cli.terminal.runtime import Runtime, open_runtime, show_typing, tidy_environment

_TERMINATED = 128  # a shell reports a death by signal N as 128 + N


def run_process() -> int:
    """Run the command line of this process, and return its exit code.

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
    """Run one command and return its exit code; every failure is explained on `runtime.stderr`."""
    tidy_environment(runtime.environ)
    try:
        return _invoke(_arranged(argv), runtime)
    except BrokenPipeError:
        return ExitCode.READER_GONE
    except KeyboardInterrupt:
        return end_of_interrupt(runtime)
    except (EOFError, typer.Abort):
        return ExitCode.INTERRUPTED
    except Exception as error:  # noqa: BLE001 - a person is never shown a traceback
        return explain(error, runtime, argv)


def _arranged(argv: Sequence[str]) -> list[str]:
    """Return the words with the command first: options may be typed in front of it."""
    if not argv:
        return ["--help"]
    if argv[0] == "version":
        return ["--version"]
    if not argv[0].startswith("-") or argv[0] in OWN_OPTIONS:
        return list(argv)
    from glomex_cli.cli.usage import command_first

    return command_first(argv, COMMANDS)


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


def _leave(number: int, _frame: object) -> NoReturn:
    """End as by the signal, but through `finally`, so that a hidden prompt restores the echo."""
    sys.exit(_TERMINATED + number)


def _flush(stream: TextIO | None) -> None:
    """Write what is left, if anybody still reads it."""
    with suppress(OSError):
        if stream:
            stream.flush()
