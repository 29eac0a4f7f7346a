"""The completion scripts of bash, fish, PowerShell and zsh, from templates beside this file.

An option is one word that a script splits without any program, such as `-m,--metric+=@metrics`:
the names, `+` where it may be repeated, then what it takes: fixed words joined with commas, or
`@` and a kind. Nothing else may be in these words. bash is 3.2 (macOS) and later, fish 3.4 and
later, PowerShell 5.1 and later.
"""

import re
from collections.abc import Iterator
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


def fish_script(root: Command) -> str:
    """Return the script; fish itself reads the files with known names."""
    script = engine("fish.fish")
    lines = [line for each in root.walk() for line in _fish_lines(each)]
    groups = " ".join(fish_quoted(" ".join(each.words)) for each in root.walk() if each.commands)
    taking = " ".join(name for each in root.options if each.value for name in each.names)
    script = script.replace("@TAKING@", taking)
    return script.replace("@GROUPS@", groups) + "".join(f"{line}\n" for line in lines)


def _fish_lines(command: Command) -> Iterator[str]:
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
            yield f"{others}{name}{glued}[{_escaped(option.help)}]:{_zsh_taken(option.value)}"


def _argument(value: Value) -> str:
    return f"{'*' if value.metavar.endswith('...') else ''}:{_zsh_taken(value)}"


def _zsh_taken(value: Value) -> str:
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
