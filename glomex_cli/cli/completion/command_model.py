"""Commands, options and arguments as plain data, read from the commands that Typer built.

Commands are inspected, never run.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from glomex_cli.cli.app import COMMANDS, TOPICS

# Words that may be typed instead of a value, by what the help calls the value.
_WORDS = {
    "DAY": ("today", "yesterday"),
    "RANGE": ("previous", "year"),
    "SPAN": ("7d", "4w", "6m", "1y"),
    "URL": ("mux", "sandbox", "mux-sandbox"),
    "spark": ("spark",),
    "[COMMAND|TOPIC]...": (*COMMANDS, *TOPICS),
}


class ValueKind(StrEnum):
    """Where the values of an option come from; the plural kinds may be joined with commas."""

    NOTHING = "nothing"
    FILE = "file"
    METRIC = "metric"
    METRICS = "metrics"
    DIMENSIONS = "dimensions"
    PRIMARY = "primary"
    FILTER = "filter"
    SORT = "sort"
    PROFILE = "profile"
    SAVED = "saved"


@dataclass(frozen=True, slots=True)
class Value:
    """What an option or an argument takes: one of `words`, or a value of `kind`."""

    metavar: str
    kind: ValueKind = ValueKind.NOTHING
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Option:
    """An option with all its names, negations such as `--no-labels` too; a flag has no `value`."""

    names: tuple[str, ...]
    help: str
    value: Value | None = None
    is_repeatable: bool = False
    default: str = ""
    variable: str = ""

    @property
    def long_name(self) -> str:
        """The first long name, else the short one."""
        return next((name for name in self.names if name.startswith("--")), self.names[0])


@dataclass(frozen=True, slots=True)
class Argument:
    """A positional argument of a command."""

    value: Value
    help: str
    default: str = ""


@dataclass(frozen=True, slots=True)
class Command:
    """A command, or a group with `commands` of its own; `words` are typed to run it."""

    words: tuple[str, ...]
    help: str
    epilog: str
    options: tuple[Option, ...]
    arguments: tuple[Argument, ...]
    commands: tuple["Command", ...] = ()

    @property
    def name(self) -> str:
        """The last of its words."""
        return self.words[-1]

    @property
    def summary(self) -> str:
        """The first sentence of its help."""
        return self.help.partition("\n")[0]

    def walk(self) -> tuple["Command", ...]:
        """Return the command itself and all below it, in the order of the help."""
        return (self, *(below for each in self.commands for below in each.walk()))


# By the name of an option, else by what its help calls the value.
_KINDS = {
    "--dimension": ValueKind.DIMENSIONS,
    "--field": ValueKind.METRIC,
    "--filter": ValueKind.FILTER,
    "--metric": ValueKind.METRICS,
    "--profile": ValueKind.PROFILE,
    "--sort": ValueKind.SORT,
    "--use": ValueKind.PROFILE,
    "DIM": ValueKind.PRIMARY,
    "FILE": ValueKind.FILE,
    "METRIC": ValueKind.METRIC,
    "SAVED": ValueKind.SAVED,
}


def command_facts(root: Any) -> Command:
    """Return the model of a built command and of all commands below it.

    The options that commands share may be typed before the command, so they are the root's too.
    """
    found = _command(root, ("glomex",), None)
    return replace(found, options=(*found.options, *shared_options(found)))


def shared_options(root: Command) -> tuple[Option, ...]:
    """Return the options of every command that uses an account, but for --help."""
    users = [each.options for each in root.commands if _has_profile(each)]
    return tuple(
        option
        for option in (users[0] if users else ())
        if "--help" not in option.names and all(option in options for options in users)
    )


def _has_profile(command: Command) -> bool:
    return any("--profile" in option.names for option in command.options)


def _command(built: Any, words: tuple[str, ...], parent: Any) -> Command:
    context = built.context_class(
        built, info_name=words[-1], parent=parent, **built.context_settings
    )
    names = built.list_commands(context) if hasattr(built, "list_commands") else ()
    parameters = [each for each in built.get_params(context) if not getattr(each, "hidden", False)]
    return Command(
        words=words,
        help=built.help or "",
        epilog=built.epilog or "",
        options=tuple(_option(each) for each in parameters if each.param_type_name == "option"),
        arguments=tuple(_argument(each) for each in parameters if each.param_type_name != "option"),
        commands=tuple(
            _command(built.get_command(context, name), (*words, name), context) for name in names
        ),
    )


def _option(parameter: Any) -> Option:
    return Option(
        names=tuple(sorted((*parameter.opts, *parameter.secondary_opts), key=_shape)),
        help=parameter.help,
        value=None if parameter.is_flag else _value(parameter, parameter.opts[0]),
        is_repeatable=parameter.multiple,
        default=_default(parameter),
        variable=parameter.envvar or "",
    )


def _argument(parameter: Any) -> Argument:
    value = _value(parameter, _first_word(parameter.metavar))
    return Argument(value, parameter.help, _default(parameter))


def _shape(name: str) -> bool:
    """Return a sort key that puts `-h` before `--help`; names of one shape keep their order."""
    return name.startswith("--")


def _value(parameter: Any, name: str) -> Value:
    choices = tuple(
        str(getattr(each, "value", each)) for each in getattr(parameter.type, "choices", ())
    )
    metavar = parameter.metavar or ("|".join(choices) or parameter.type.name.split()[0].upper())
    words = choices or _WORDS.get(metavar, ())
    kind = (
        ValueKind.NOTHING if words else _KINDS.get(name) or _KINDS.get(metavar, ValueKind.NOTHING)
    )
    return Value(metavar, kind, words)


def _first_word(metavar: str | None) -> str:
    """Return the name that decides what an argument completes to.

    >>> _first_word("[METRIC|NUMBER|-]...")
    'METRIC'
    >>> _first_word("[TEXT|FILE|-]")
    'FILE'
    """
    names = (metavar or "").strip("[].").split("|")
    return next((name for name in names if name in _KINDS), names[0])


def _default(parameter: Any) -> str:
    """Return what holds without the option, as its help does; empty for plain flags."""
    if isinstance(parameter.show_default, str):
        return str(parameter.show_default)
    value = parameter.default
    if not parameter.show_default or value is None or isinstance(value, bool):
        return ""
    return str(getattr(value, "value", value))
