"""What people type: options in front of the command, and mistakes, in words of our own.

The parser's own errors are never shown: each is told by its class and its parameter, with a hint
that says what to type.
"""

import re
from ast import literal_eval
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from typing import Any

from typer._click.exceptions import BadOptionUsage, BadParameter, MissingParameter, NoSuchOption
from typer.exceptions import TyperException

from glomex_cli.errors import UsageError
from glomex_cli.suggestions import COMMAND_WORDS, OPTION_WORDS, closest, quoted

_EXAMPLE = re.compile(r"^  (glomex .+)", re.MULTILINE)


def command_first(argv: Sequence[str], names: Collection[str]) -> list[str]:
    """Return `argv` with the options in front of the command moved behind it.

    Words are read as the options of the command that they lead to, so that a value may be called
    like a command. UsageError where options lead to no command.
    """
    from glomex_cli.cli.app import command

    place = _place(argv, names)
    if place is None:
        return _without_command(argv, names)
    rest = place + 1 + len(list(_below(command(argv[place]), argv[place + 1 :])))
    leading: Sequence[str] = [] if argv[place] == "help" else argv[:place]
    return [*argv[place:rest], *leading, *argv[rest:]]


def _place(argv: Sequence[str], names: Collection[str]) -> int | None:
    """Return where the command is: first by options that are all its own, then by any."""
    from glomex_cli.cli.app import command

    found = [(place, word) for place, word in enumerate(argv) if word in names]
    for place, word in found:
        known = _parameters(command(word))
        if _is_reached(place, argv, known) and all(map(known.get, _names(argv[:place], known))):
            return place
    shared = _parameters(command("report"))
    reached = [place for place, _ in found if _is_reached(place, argv, shared)]
    return reached[0] if reached else None


def _names(words: Sequence[str], known: dict[str, Any]) -> Iterator[str]:
    """Yield the name of each option, as it is known."""
    at = 0
    while at < len(words):
        word = words[at]
        yield word.partition("=")[0] if word.startswith("--") else word[:2]
        at += _length(word, known)


def _without_command(argv: Sequence[str], names: Collection[str]) -> list[str]:
    """Refuse options that lead to no command, but for those of `glomex` itself."""
    from glomex_cli.cli.app import OWN_OPTIONS, command

    known = _parameters(command("report"))
    place = 0
    while place < len(argv) and argv[place].startswith("-"):
        name = argv[place].partition("=")[0]
        if name in OWN_OPTIONS:
            return [name]
        if name[:2] not in known and name not in known:
            return list(argv)  # the parser refuses it
        place += _length(argv[place], known)
    if place < len(argv):
        raise unknown_command(argv[place:], names)
    raise UsageError("a command is missing", "glomex --help")


def _below(found: Any, words: Sequence[str]) -> Iterator[str]:
    """Yield the words that name commands below a group."""
    for word in words:
        found = getattr(found, "commands", {}).get(word)
        if found is None:
            return
        yield word


def _parameters(found: Any) -> dict[str, Any]:
    """Return the options of a command, and of those below it, by each of their names."""
    own = {
        name: each
        for each in found.params
        if each.param_type_name == "option"
        for name in (*each.opts, *each.secondary_opts)
    }
    for below in getattr(found, "commands", {}).values():
        own |= _parameters(below)
    return own


def _is_reached(place: int, argv: Sequence[str], known: dict[str, Any]) -> bool:
    """Return whether the words before `place` are options and their values."""
    at = 0
    while at < place and argv[at].startswith("-") and argv[at] != "--":
        at += _length(argv[at], known)
    return at == place


def _length(word: str, known: dict[str, Any]) -> int:
    """Return the number of words of an option: 2 where its value is the next word."""
    is_short = not word.startswith("--")
    option = known.get(word[:2] if is_short else word)
    takes_value = option is not None and not option.is_flag
    return 2 if takes_value and not (is_short and len(word) > len("-x")) else 1


def unknown_command(
    typed: Sequence[str], names: Collection[str], *, path: str = "glomex"
) -> UsageError:
    """Return the error of a command that there is not, with the command that was meant."""
    word = typed[0]
    near = closest(word, names)
    meant = ""
    if path == "glomex":
        both = " ".join(each.lower() for each in typed[:2])
        meant = COMMAND_WORDS.get(both) or ("" if near else COMMAND_WORDS.get(word.lower(), ""))
    if not meant and near:
        meant = f"{path} {near}"
    hint = f"did you mean {meant}?" if meant else f"{path} --help"
    return UsageError(f"unknown command {quoted(word)}", hint)


def usage_error(error: TyperException) -> UsageError:
    """Return what the parser refused, in our words."""
    context: Any = getattr(error, "ctx", None)
    help_hint = f"{context.command_path if context else 'glomex'} --help"
    match error:
        case NoSuchOption():
            return _unknown_option(error.option_name, context, help_hint)
        case MissingParameter():
            return _missing(error.param, context, help_hint)
        case BadParameter():
            return _bad_value(error, context, help_hint)
        case BadOptionUsage():
            return _bad_option(error.option_name, context, help_hint)
        case _:
            path = context.command_path if context else "glomex"
            return UsageError(f"{path} needs a command", help_hint)


def _unknown_option(name: str, context: Any, help_hint: str) -> UsageError:
    known = _parameters(context.command) if context else {}
    meant = next(_meanings(name, known), "")
    if not meant and (near := closest(name, known)):
        meant = f"did you mean {near}?"
    return UsageError(f"unknown option {quoted(name)}", meant or help_hint)


def _meanings(name: str, known: dict[str, Any]) -> Iterator[str]:
    """Yield hints for a word of other tools: options that the command has, or any other text."""
    for text in OPTION_WORDS.get(name, ()):
        if not text.startswith("-"):
            yield text
        elif text.split()[0] in known:
            yield f"did you mean {text}?"


def _missing(parameter: Any, context: Any, help_hint: str) -> UsageError:
    example = _EXAMPLE.search(context.command.epilog or "") if context else None
    hint = f"for example: {example[1]}" if example else help_hint
    return UsageError(f"{parameter.human_readable_name} is missing", hint)


def _bad_option(name: str, context: Any, help_hint: str) -> UsageError:
    """Return the error of an option without its value, or with one that it does not take."""
    option = _parameters(context.command).get(name) if context else None
    if option is None:
        return UsageError(f"{name} cannot be used like this", help_hint)
    if option.is_flag:
        return UsageError(f"{name} takes no value", f"type {name} alone")
    return UsageError(f"{name} needs a value", f"type {name} {_placeholder(option)}")


def _placeholder(option: Any) -> str:
    choices = getattr(option.type, "choices", ())
    return option.metavar or "|".join(map(_text, choices)) or "NUMBER"


def _bad_value(error: BadParameter, context: Any, help_hint: str) -> UsageError:
    parameter: Any = error.param
    if parameter is None:
        return UsageError("a value cannot be used", help_hint)
    name = _typed_name(parameter, context)
    typed = _typed_value(error.message)
    wrong, hint = _expected(parameter, typed, name)
    return UsageError(f"{name} {quoted(typed)} {wrong}", hint)


def _expected(parameter: Any, typed: str, name: str) -> tuple[str, str]:
    """Return what is wrong with a value, and what to type."""
    kind = parameter.type
    if choices := [_text(each) for each in getattr(kind, "choices", ())]:
        near = closest(typed, choices)
        is_option = parameter.param_type_name == "option"
        start = f"{name} " if is_option and name.startswith("-") else ""
        hint = f"did you mean {start}{near}?" if near else f"choose from {', '.join(choices)}"
        return "is not a valid choice", hint
    if kind.name.startswith("bool"):
        return "is neither yes nor no", "type yes or no"
    what = "whole number" if kind.name.startswith("int") else "number"
    if _is_number(typed, whole=what != "number"):
        return "is out of range", f"type a {what} {_range(kind)}"
    return f"is not a {what}", f"type a {what} {_range(kind) or ', such as 1.5'}".replace(" ,", ",")


def _is_number(text: str, *, whole: bool) -> bool:
    with suppress(ValueError):
        return bool(int(text) if whole else float(text)) or True
    return False


def _range(kind: Any) -> str:
    low, high = getattr(kind, "min", None), getattr(kind, "max", None)
    if low is None and high is None:
        return ""
    return f"of {low} or more" if high is None else f"from {low} to {high}"


def _typed_name(parameter: Any, context: Any) -> str:
    """Return the long name of an option, its variable where that was read, or an argument's."""
    source = context.get_parameter_source(parameter.name) if context else None
    if source is not None and source.name == "ENVIRONMENT":
        return str(parameter.envvar)
    if parameter.param_type_name == "argument":
        return str(parameter.human_readable_name)
    return str(max(parameter.opts, key=len))


def _typed_value(message: str) -> str:
    """Return the value that the parser's message begins with."""
    shown = message.rpartition(" is not ")[0]
    with suppress(ValueError, SyntaxError):
        return str(literal_eval(shown))
    return shown


def _text(choice: Any) -> str:
    return str(getattr(choice, "value", choice))
