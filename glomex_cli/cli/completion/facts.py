"""Commands, options and arguments as plain facts, apart from the library that parses them."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """Where the values of an option come from; the plural ones may be joined with commas."""

    NOTHING = "nothing"
    FILE = "file"
    METRIC = "metric"
    METRICS = "metrics"
    DIMENSIONS = "dimensions"
    PRIMARY = "primary"
    FILTER = "filter"
    SORT = "sort"
    PROFILE = "profile"


@dataclass(frozen=True, slots=True)
class Value:
    """What an option or an argument takes: one of `words`, or what `kind` says."""

    metavar: str
    kind: Kind = Kind.NOTHING
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Option:
    """An option by all its names, its twin such as `--no-labels` too; a flag has no `value`."""

    names: tuple[str, ...]
    help: str
    value: Value | None = None
    is_repeatable: bool = False
    default: str = ""
    variable: str = ""

    @property
    def long_name(self) -> str:
        """The name that explains itself."""
        return next((name for name in self.names if name.startswith("--")), self.names[0])


@dataclass(frozen=True, slots=True)
class Argument:
    """What a command takes without the name of an option."""

    value: Value
    help: str
    default: str = ""


@dataclass(frozen=True, slots=True)
class Command:
    """A command, or a group with `commands` of its own; `words` is what one types for it."""

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
        """Give the command itself and all below it, in the order of the help."""
        return (self, *(below for each in self.commands for below in each.walk()))
