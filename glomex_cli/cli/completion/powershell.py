"""The completion script of PowerShell, 5.1 and later."""

from collections.abc import Iterator

from glomex_cli.cli.completion.command_model import Command
from glomex_cli.cli.completion.templates import argument_word, engine, option_word


def powershell_script(root: Command) -> str:
    """Return the script, which `$PROFILE` loads; the command table first, then what reads it."""
    script = engine("powershell.ps1")
    facts = "".join(f"    {line}\n" for each in root.walk() for line in _entry(each))
    return script.replace("    # COMMANDS\n", facts)


def _entry(command: Command) -> Iterator[str]:
    yield f"{powershell_quoted(' '.join(command.words))} = @{{"
    yield "    Commands = [ordered]@{"
    yield from (
        f"        {powershell_quoted(each.name)} = {powershell_quoted(each.summary)}"
        for each in command.commands
    )
    yield "    }"
    yield f"    Argument = {powershell_quoted(argument_word(command))}"
    yield "    Options = [ordered]@{"
    yield from (
        f"        {powershell_quoted(option_word(each))} = {powershell_quoted(each.help)}"
        for each in command.options
    )
    yield "    }"
    yield "}"


def powershell_quoted(text: str) -> str:
    """Quote a text for PowerShell, where only a quote has a meaning between quotes.

    >>> print(powershell_quoted("each row's days"))
    'each row''s days'
    """
    return "'" + text.replace("'", "''") + "'"
