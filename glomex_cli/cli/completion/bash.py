"""The completion script of bash, 3.2 (macOS) and later."""

from collections.abc import Iterator

from glomex_cli.cli.completion.command_model import Command
from glomex_cli.cli.completion.templates import argument_word, checked, engine, option_word


def bash_script(root: Command) -> str:
    """Return the script; it needs no other package, and starts no program."""
    script = engine("bash.sh")
    return script.replace("    # CASES\n", "".join(_case(each) for each in root.walk()))


def _case(command: Command) -> str:
    return "".join(f"    {line}\n" for line in _lines(command))


def _lines(command: Command) -> Iterator[str]:
    yield f"'{' '.join(map(checked, command.words))}')"
    yield f"  commands='{' '.join(checked(each.name) for each in command.commands)}'"
    yield f"  arguments='{argument_word(command)}'"
    yield "  options='"
    yield from (f"    {option_word(each)}" for each in command.options)
    yield "  '"
    yield "  ;;"
