"""Templates of the scripts, files beside this one, and the words that are filled in.

An option is one word that a script splits without any program, such as `-m,--metric+=@metrics`:
the names, `+` where it may be repeated, then what it takes: fixed words joined with commas, or
`@` and a kind. Nothing else may be in these words.
"""

import re
from importlib.resources import files

from glomex_cli.cli.completion.command_model import Command, Option, Value, ValueKind

_PLAIN = re.compile(r"[A-Za-z0-9._,@+=-]+")


def engine(file: str) -> str:
    """Return the text of a template; a comment in it marks where the commands go."""
    return files("glomex_cli.cli.completion").joinpath(file).read_text("utf-8")


def option_word(option: Option) -> str:
    """Return an option as one word; ValueError for one that a script could not split.

    >>> option_word(Option(("-o", "--output"), "", Value("FILE", ValueKind.FILE)))
    '-o,--output=@file'
    """
    names = ",".join(option.names) + "+" * option.is_repeatable
    return checked(names if option.value is None else f"{names}={value_word(option.value)}")


def value_word(value: Value) -> str:
    """Return what an option takes as a word, empty where it is unknown."""
    if value.words:
        return checked(",".join(value.words))
    return "" if value.kind is ValueKind.NOTHING else f"@{value.kind}"


def argument_word(command: Command) -> str:
    """Return what a command's first argument takes as a word, empty without one."""
    return next((value_word(each.value) for each in command.arguments), "")


def checked(word: str) -> str:
    """Return a word that means itself in every shell; ValueError for any other."""
    if not _PLAIN.fullmatch(word):
        raise ValueError(f"{word!r} cannot be put into a script")
    return word
