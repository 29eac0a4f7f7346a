"""The completion script of fish, 3.4 and later: one line an option."""

from collections.abc import Iterator

from glomex_cli.cli.completion.command_model import Command, Option, Value, ValueKind
from glomex_cli.cli.completion.templates import checked, engine


def fish_script(root: Command) -> str:
    """Return the script; fish itself reads the files with known names."""
    script = engine("fish.fish")
    lines = [line for each in root.walk() for line in _lines(each)]
    groups = " ".join(fish_quoted(" ".join(each.words)) for each in root.walk() if each.commands)
    return script.replace("@GROUPS@", groups) + "".join(f"{line}\n" for line in lines)


def _lines(command: Command) -> Iterator[str]:
    here = f"complete -c glomex -n {fish_quoted('__glomex_at ' + ' '.join(command.words))}"
    yield ""
    for below in command.commands:
        yield f"{here} -a {checked(below.name)} -d {fish_quoted(below.summary)}"
    for argument in command.arguments:
        yield f"{here}{_taken(argument.value, is_option=False)}"
    for option in command.options:
        yield from (f"{here}{line}" for line in _option(option))


def _option(option: Option) -> Iterator[str]:
    """Yield the end of a line for the names of one option, and one more for its negation."""
    shorts = "".join(f" -s {name[1:]}" for name in option.names if not name.startswith("--"))
    longs = [f" -l {checked(name[2:])}" for name in option.names if name.startswith("--")]
    taken = _taken(option.value, is_option=True) if option.value else ""
    for names in [shorts + "".join(longs[:1]), *longs[1:]]:
        yield f"{names}{taken} -d {fish_quoted(option.help)}"


def _taken(value: Value, *, is_option: bool) -> str:
    if value.kind is ValueKind.FILE:
        return " -r -F" if is_option else " -F"
    needed = " -x" if is_option else ""
    if value.words:
        return f"{needed} -a {fish_quoted(' '.join(map(checked, value.words)))}"
    return needed if value.kind is ValueKind.NOTHING else f"{needed} -a '(__glomex_{value.kind})'"


def fish_quoted(text: str) -> str:
    r"""Quote a text for fish, where a quote within quotes is escaped.

    >>> print(fish_quoted("each row's days"))
    'each row\'s days'
    """
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
