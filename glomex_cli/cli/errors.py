"""Errors as a person meets them: one line, a hint that leads out, and an exit code.

Hints keep the options that were typed, and name what wins over them.
"""

import errno
import re
import shlex
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from itertools import pairwise
from typing import TYPE_CHECKING, TextIO

from typer.exceptions import TyperException

from glomex_cli.errors import ExitCode, GlomexError, IncompleteError, SignInError
from glomex_cli.terminal.runtime import Runtime
from glomex_cli.terminal.screen import ColorChoice, Talk, screen_of

if TYPE_CHECKING:
    from glomex_cli.models import Problem  # not at every start

# Commands that a hint may name, where the profile and the endpoint matter.
_COMMAND = r"\bglomex (login|logout|status|schema|token|query|doctor)\b(?! --help)"
_SHORT = r"-p(.+)"
_KEPT = {"-p": "-p", "--profile": "-p", "--endpoint": "--endpoint", "--store": "--store"}
_SIGN_IN = "glomex login"
_LIMITS_HINT = "close other programs, or raise the limit: ulimit -a"
_TOKEN_WINS = (
    "GLOMEX_TOKEN takes precedence over every sign-in: unset GLOMEX_TOKEN, or set a new one"  # noqa: S105 - the name of a variable
)


def explain(error: Exception, runtime: Runtime, argv: Sequence[str] = ()) -> ExitCode:
    """Write what went wrong, and what leads out, to stderr; return the exit code for it."""
    match error:
        case GlomexError():
            hint = hint_for(error, runtime.environ, argv)
            return _end(runtime, error.exit_code, error.message, hint, argv)
        case TyperException():
            from glomex_cli.cli.usage import usage_error

            return explain(usage_error(error), runtime, argv)
        case OSError():
            reason = f"system error: {error.strerror}"
            return _end(runtime, ExitCode.UNEXPECTED, reason, _way_out(error), argv)
        case MemoryError() | RuntimeError() if _is_refused(error):
            reason = "system error: no memory, or no thread, is left"
            return _end(runtime, ExitCode.UNEXPECTED, reason, _LIMITS_HINT, argv)
        case _:
            return _unexpected(runtime, error)


def _is_refused(error: Exception) -> bool:
    """Return whether an error is one of Python's for memory or threads that it does not get."""
    return isinstance(error, MemoryError) or str(error) == "can't start new thread"


def refuse_problems(talk: Talk, problems: Sequence["Problem"]) -> None:
    """Warn of each problem of a report whose rows have been read; raise IncompleteError."""
    if problems:
        warn_of_problems(talk, problems)
        raise IncompleteError("the service could not give all of the report", "try again later")


def warn_of_problems(talk: Talk, problems: Iterable["Problem"]) -> None:
    """Write what is missing, and where, a line for each problem."""
    for problem in problems:
        where = f" {problem.path}" if problem.path else ""
        talk.warn(f"missing{where}: {problem.message}")


def _way_out(error: OSError) -> str:
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT:
            return "free space on the disk of stdout or --output"
        case errno.EMFILE | errno.ENFILE | errno.EAGAIN | errno.ENOMEM:
            return _LIMITS_HINT
        case _:
            return "check the target of stdout, or use --output FILE"


def end_of_interrupt(runtime: Runtime) -> ExitCode:
    """End the line on which a terminal shows `^C`; return the exit code for it."""
    if runtime.stderr.isatty():
        _write(runtime.stderr, "\n")
    return ExitCode.INTERRUPTED


def _end(
    runtime: Runtime, code: ExitCode, message: str, hint: str, argv: Sequence[str] = ()
) -> ExitCode:
    """Write the one line and the hint. Both may quote what was typed or came from a service."""
    from glomex_cli.terminal.sanitize import clean, mask_secrets

    color = screen_of(runtime.stderr, runtime.environ, _color_choice(argv)).color
    red, plain = ("\x1b[31m", "\x1b[0m") if color else ("", "")
    lines = [f"{red}error:{plain} {clean(mask_secrets(message))}"]
    lines += [f"hint: {clean(mask_secrets(hint))}"] if hint else []
    _write(runtime.stderr, "".join(f"{line}\n" for line in lines))
    return code


def _color_choice(argv: Sequence[str]) -> ColorChoice:
    """Return what was typed of --color, which may stand on a line that is wrong."""
    typed = " ".join(argv).replace("--color=", "--color ")
    if "--no-color" in argv or "--color never" in typed:
        return ColorChoice.NEVER
    return ColorChoice.ALWAYS if "--color always" in typed else ColorChoice.AUTO


def _unexpected(runtime: Runtime, error: Exception) -> ExitCode:
    if runtime.environ.get("GLOMEX_DEBUG") == "1":
        import traceback

        from glomex_cli.terminal.sanitize import mask_secrets

        _write(runtime.stderr, mask_secrets("".join(traceback.format_exception(error))))
    return _end(
        runtime,
        ExitCode.UNEXPECTED,
        f"unexpected error ({type(error).__name__})",
        "set GLOMEX_DEBUG=1 for a traceback, and report it with the output of glomex doctor",
    )


def _write(stderr: TextIO, text: str) -> None:
    """Write at once; a stderr that is gone too cannot be told."""
    with suppress(OSError):
        stderr.write(text)
        stderr.flush()


def hint_for(error: GlomexError, environ: Mapping[str, str], argv: Sequence[str] = ()) -> str:
    """Return what to do about a failure of `glomex ARGV`.

    Where a sign-in would not help, since GLOMEX_TOKEN is set, that is what it says.
    """
    hint = error.hint
    is_signing_in = "login" in argv[:1]
    if isinstance(error, SignInError) and environ.get("GLOMEX_TOKEN") and not is_signing_in:
        return _TOKEN_WINS if _SIGN_IN in hint else hint
    typed = _typed(argv)
    return re.sub(_COMMAND, lambda command: command[0] + _added(command[1], typed, hint), hint)


def _added(command: str, typed: Mapping[str, str], hint: str) -> str:
    """Return the typed options that the command of a hint takes and does not have yet."""
    options = [
        (name, value)
        for name, value in typed.items()
        if f" {name} " not in f"{hint} " and (name != "--store" or command == "login")
    ]
    return "".join(f" {name} {shlex.quote(value)}" for name, value in options)


def _typed(argv: Sequence[str]) -> dict[str, str]:
    """Return the options of `argv` that name where to sign in; none that holds a password."""
    found: dict[str, str] = {}
    for word, following in pairwise([*argv, ""]):
        name, equals, value = word.partition("=")
        if word == "--":
            break
        if glued := re.fullmatch(_SHORT, word):
            found["-p"] = glued[1]
        elif name in _KEPT:
            found[_KEPT[name]] = value if equals else following
    return {name: value for name, value in found.items() if value and "@" not in value}
