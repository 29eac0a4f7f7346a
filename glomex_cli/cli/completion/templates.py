"""The parts of the scripts that are the same whatever the commands: files beside this one.

A command's options, each as one word that a script can take apart without any program.

`-m,--metric+=@metrics`: the names, `+` where it may be repeated, then what it takes: fixed words
joined with commas, or `@` and a kind. Scripts split these words, so nothing else may be in them.
"""

import re
from importlib.resources import files

from glomex_cli.cli.completion.command_model import Command, Option, Value, ValueKind

_PLAIN = re.compile(r"[A-Za-z0-9._,@+=-]+")


def engine(file: str) -> str:
    """Give the text of such a part; a comment in it marks where the facts go."""
    return files("glomex_cli.cli.completion").joinpath(file).read_text("utf-8")


def option_word(option: Option) -> str:
    """Give an option as one word; ValueError for one that a script could not take apart.

    >>> option_word(Option(("-o", "--output"), "", Value("FILE", ValueKind.FILE)))
    '-o,--output=@file'
    """
    names = ",".join(option.names) + "+" * option.is_repeatable
    return checked(names if option.value is None else f"{names}={value_word(option.value)}")


def value_word(value: Value) -> str:
    """Give what an option takes; the empty word where nothing is known of it."""
    if value.words:
        return checked(",".join(value.words))
    return "" if value.kind is ValueKind.NOTHING else f"@{value.kind}"


def argument_word(command: Command) -> str:
    """Give what a command takes without an option's name."""
    return next((value_word(each.value) for each in command.arguments), "")


def checked(word: str) -> str:
    """Give a word that means itself in every shell, or raise ValueError."""
    if not _PLAIN.fullmatch(word):
        raise ValueError(f"{word!r} cannot be put into a script")
    return word
