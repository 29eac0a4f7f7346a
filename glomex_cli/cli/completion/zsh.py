"""The completion script of zsh, in the terms of its own completion system."""

from collections.abc import Iterator

from glomex_cli.cli.completion.command_model import Command, Option, Value, ValueKind
from glomex_cli.cli.completion.templates import checked, engine


def zsh_script(root: Command) -> str:
    """Return the script: for a folder of `fpath`, or to be sourced after `compinit`."""
    script = engine("zsh.zsh")
    return script.replace("# COMMANDS\n", "\n".join(_function(each) for each in root.walk()))


def _function(command: Command) -> str:
    return "\n".join([f"{_function_name(command)}() {{", *_body(command), "}", ""])


def _body(command: Command) -> Iterator[str]:
    if command.commands:
        yield "  local context state state_descr line curcontext=$curcontext"
        yield "  typeset -A opt_args"
    yield "  _arguments -s -S -C : \\"
    yield from (
        f"    {zsh_quoted(spec)} \\" for option in command.options for spec in _specs(option)
    )
    if not command.commands:
        yield from (f"    {zsh_quoted(_argument(each.value))} \\" for each in command.arguments)
        yield "    && return"
        return
    yield "    '1:command:->command' '*:: :->rest' && return"
    yield "  case $state in"
    yield "    command)"
    yield "      local -a commands=("
    yield from (f"        {zsh_quoted(f'{each.name}:{each.summary}')}" for each in command.commands)
    yield "      )"
    yield "      _describe -t commands command commands"
    yield "      ;;"
    yield "    rest)"
    yield "      case $words[1] in"
    yield from (f"        {each.name}) {_function_name(each)} ;;" for each in command.commands)
    yield "      esac"
    yield "      ;;"
    yield "  esac"


def _function_name(command: Command) -> str:
    return "_" + "_".join(checked(word) for word in command.words)


def _specs(option: Option) -> Iterator[str]:
    """Yield a specification for each name; they exclude each other, unless repeatable."""
    others = "*" if option.is_repeatable else f"({' '.join(option.names)})"
    for name in map(checked, option.names):
        if option.value is None:
            yield f"{others}{name}[{_escaped(option.help)}]"
        else:
            glued = "=" if name.startswith("--") else "+"
            yield f"{others}{name}{glued}[{_escaped(option.help)}]:{_taken(option.value)}"


def _argument(value: Value) -> str:
    return f"{'*' if value.metavar.endswith('...') else ''}:{_taken(value)}"


def _taken(value: Value) -> str:
    """Return the message and the action of a value; a single blank offers nothing."""
    message = _escaped(value.metavar).replace(":", "\\:")
    if value.words:
        return f"{message}:({' '.join(map(checked, value.words))})"
    if value.kind is ValueKind.FILE:
        return f"{message}:_files"
    return f"{message}: " if value.kind is ValueKind.NOTHING else f"{message}:_glomex__{value.kind}"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")


def zsh_quoted(text: str) -> str:
    r"""Quote a text as one word that zsh takes as it is.

    >>> print(zsh_quoted("each row's days"))
    'each row'\''s days'
    """
    return "'" + text.replace("'", "'\\''") + "'"
