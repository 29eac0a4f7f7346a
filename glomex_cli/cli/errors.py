"""Errors as a person meets them: one line, a hint that leads out, and an exit code."""

import errno
from collections.abc import Sequence
from contextlib import suppress
from typing import TextIO

from typer._click.exceptions import NoSuchOption
from typer.exceptions import TyperException

from glomex_cli.cli.hints import hint_for
from glomex_cli.errors import ExitCode, GlomexError
from glomex_cli.terminal.runtime import Runtime
from glomex_cli.terminal.screen import screen_of


def explain(error: Exception, runtime: Runtime, argv: Sequence[str] = ()) -> ExitCode:
    """Write what went wrong, and what leads out, to stderr; return the exit code for it."""
    match error:
        case GlomexError():
            hint = hint_for(error, runtime.environ, argv)
            return _end(runtime, error.exit_code, error.message, hint)
        case TyperException():
            return _end(runtime, ExitCode.USAGE, _lowered(_said(error)), _help(error))
        case OSError():
            reason = f"the system refused: {error.strerror}"
            return _end(runtime, ExitCode.UNEXPECTED, reason, _way_out(error))
        case _:
            return _unexpected(runtime, error)


def _way_out(error: OSError) -> str:
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT:
            return "make room on the disk that stdout or --output is on"
        case errno.EMFILE | errno.ENFILE | errno.EAGAIN | errno.ENOMEM:
            return "close other programs, or raise the limit: ulimit -a"
        case _:
            return "check where stdout leads, or use --output FILE"


def end_of_interrupt(runtime: Runtime) -> ExitCode:
    """End the line on which a terminal shows `^C`; return the exit code for it."""
    if runtime.stderr.isatty():
        _write(runtime.stderr, "\n")
    return ExitCode.INTERRUPTED


def _end(runtime: Runtime, code: ExitCode, message: str, hint: str = "") -> ExitCode:
    """Write the one line and the hint. Both may quote what was typed or came from a service."""
    from glomex_cli.terminal.masking import mask_secrets
    from glomex_cli.terminal.sanitize import clean

    color = screen_of(runtime.stderr, runtime.environ).color
    red, plain = ("\x1b[31m", "\x1b[0m") if color else ("", "")
    lines = [f"{red}error:{plain} {clean(mask_secrets(message))}"]
    lines += [f"hint: {clean(mask_secrets(hint))}"] if hint else []
    _write(runtime.stderr, "".join(f"{line}\n" for line in lines))
    return code


def _unexpected(runtime: Runtime, error: Exception) -> ExitCode:
    if runtime.environ.get("GLOMEX_DEBUG") == "1":
        import traceback

        from glomex_cli.terminal.masking import mask_secrets

        _write(runtime.stderr, mask_secrets("".join(traceback.format_exception(error))))
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


def _write(stderr: TextIO, text: str) -> None:
    """Write at once; a stderr that is gone too cannot be told."""
    with suppress(OSError):
        stderr.write(text)
        stderr.flush()
