"""Hints that lead out: they keep the options that were typed, and name what wins over them."""

import re
import shlex
from collections.abc import Mapping, Sequence
from itertools import pairwise

from glomex_cli.errors import GlomexError, SignInError

# Commands that a hint may name, where the profile and the endpoint matter.
_COMMAND = re.compile(r"\bglomex (login|logout|status|schema|token|query|doctor)\b(?! --help)")
_SHORT = re.compile(r"-p(.+)")
_KEPT = {"-p": "-p", "--profile": "-p", "--endpoint": "--endpoint", "--store": "--store"}
_SIGN_IN = "glomex login"
_TOKEN_WINS = "GLOMEX_TOKEN is used before any sign-in: unset GLOMEX_TOKEN, or set a new one"  # noqa: S105 - the name of a variable


def hint_for(error: GlomexError, environ: Mapping[str, str], argv: Sequence[str] = ()) -> str:
    """Return what to do about a failure of `glomex ARGV`.

    Where a sign-in would not help, since GLOMEX_TOKEN is set, that is what it says.
    """
    hint = error.hint
    is_signing_in = "login" in argv[:1]
    if isinstance(error, SignInError) and environ.get("GLOMEX_TOKEN") and not is_signing_in:
        return _TOKEN_WINS if _SIGN_IN in hint else hint
    typed = _typed(argv)
    return _COMMAND.sub(lambda command: command[0] + _added(command[1], typed, hint), hint)


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
        if glued := _SHORT.fullmatch(word):
            found["-p"] = glued[1]
        elif name in _KEPT:
            found[_KEPT[name]] = value if equals else following
    return {name: value for name, value in found.items() if value and "@" not in value}
