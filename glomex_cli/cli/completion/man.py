"""The man page `glomex.1`, made of the help of all commands, in the roff macros of man(7)."""

import re
from collections.abc import Iterable, Iterator

from glomex_cli.cli.completion.command_model import Argument, Command, Option

# Characters that roff reads as its own, or shows as typographic ones.
_ESCAPES = str.maketrans(
    {"\\": "\\e", "-": "\\-", "'": "\\(aq", "~": "\\(ti", "^": "\\(ha", "`": "\\(ga"}
)

_TOP = ['.TH GLOMEX 1 "" glomex', ".ad l"]  # long lists of choices cannot be spread to the margin

_DESCRIPTION = """\
Sign in once with glomex login. Then glomex report prints rows by dimension over a range of
days, glomex sparkline draws a metric as one line, and glomex plot as a chart. glomex demo shows
all of it on the embedded sandbox, without an account and without a network.

Data is written to standard output, everything else to standard error. Into a pipe or a file a
report is JSON.
"""

# Variables without an option; the others are read from the options.
_VARIABLES = {
    "GLOMEX_CONFIG_DIR": "The folder of settings and of the file store.",
    "GLOMEX_DEBUG": "Set to 1: show where something unexpected happened.",
    "GLOMEX_PASSWORD": "The password, which no option takes.",
    "GLOMEX_TOKEN": "A token to use as it is; no store is opened.",
    "GLOMEX_TOTP_SECRET": "The seed of the authenticator, which no option takes.",
    "NO_COLOR, FORCE_COLOR, CLICOLOR_FORCE, COLUMNS, TERM": "Colour and width, as elsewhere.",
    "HTTPS_PROXY, NO_PROXY, SSL_CERT_FILE": "The way to the service, as elsewhere.",
    "XDG_CONFIG_HOME, XDG_CACHE_HOME, XDG_DATA_HOME": "Where the files below lie.",
}

_FILES = {
    "~/.config/glomex/config.toml": "Profiles, without any secret.",
    "~/.config/glomex/credentials.json": "Sessions, where --store file keeps them.",
    "~/.cache/glomex/": "What was learnt of the service; it may be removed at any time.",
}


def literal(text: str) -> str:
    r"""Return a line escaped so that it shows as it is, a minus and a dot at the start too.

    >>> print(literal(".[] --sort"))
    \&.[] \-\-sort
    """
    escaped = text.translate(_ESCAPES)
    return f"\\&{escaped}" if escaped.startswith(".") else escaped


def bold(text: str) -> str:
    """Return a text in bold, for what is typed as it is."""
    return f"\\fB{literal(text)}\\fR"


def section(name: str, lines: Iterable[str]) -> Iterator[str]:
    """Yield the lines of a section with its heading."""
    yield f".SH {name}"
    yield from lines


def paragraphs(text: str) -> Iterator[str]:
    """Yield the lines of a text whose paragraphs are separated by empty lines."""
    for each in text.strip().split("\n\n"):
        yield ".PP"
        yield from map(literal, each.split("\n"))


def tagged(entries: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield a list of terms, which are roff already, each with its description."""
    for term, text in entries:
        yield from (".TP", term, literal(text))


def man_page(root: Command) -> str:
    """Return the page: commands with options and examples, exit codes, variables, files."""
    leaves = [each for each in root.walk() if not each.commands]
    parts = (
        section("NAME", [f"glomex \\- {literal(root.summary.rstrip('.'))}"]),
        section("SYNOPSIS", _synopsis(leaves)),
        section("DESCRIPTION", paragraphs(_DESCRIPTION)),
        section("OPTIONS", tagged(map(_option, root.options))),
        section("COMMANDS", (line for each in leaves for line in _command(each))),
        section("EXIT STATUS", tagged(_exit_codes(root))),
        section("ENVIRONMENT", tagged(_variables(root))),
        section("FILES", tagged((bold(path), text) for path, text in _FILES.items())),
    )
    return "".join(f"{line}\n" for part in (_TOP, *parts) for line in part)


def _synopsis(leaves: Iterable[Command]) -> Iterator[str]:
    for each in leaves:
        yield _usage(each)
        yield ".br"


def _usage(command: Command) -> str:
    taken = "".join(f" {literal(each.value.metavar)}" for each in command.arguments)
    return f"{bold(' '.join(command.words))} [options]{taken}"


def _command(command: Command) -> Iterator[str]:
    yield f".SS {literal(' '.join(command.words))}"
    yield from paragraphs(command.help)
    yield from tagged(map(_argument, command.arguments))
    yield from tagged(map(_option, command.options))
    if examples := re.findall(r"^  (.+)", command.epilog, re.MULTILINE):
        yield from (".PP", "Examples:", ".PP", ".RS 4", ".nf")
        yield from map(literal, examples)
        yield from (".fi", ".RE")


def _argument(argument: Argument) -> tuple[str, str]:
    return literal(argument.value.metavar), _explained(argument.help, argument.default)


def _option(option: Option) -> tuple[str, str]:
    taken = f" {literal(option.value.metavar)}" if option.value else ""
    names = ", ".join(map(bold, option.names))
    return f"{names}{taken}", _explained(option.help, option.default, option.variable)


def _explained(text: str, default: str, variable: str = "") -> str:
    notes = [f"default: {default}"] * bool(default) + [f"or {variable}"] * bool(variable)
    return f"{text} [{'; '.join(notes)}]" if notes else text


def _exit_codes(root: Command) -> list[tuple[str, str]]:
    """Parse them from the end of the help, where each has a line of its own."""
    found = re.findall(r"^ +(\d+)  (.+)$", root.epilog, re.MULTILINE)
    return [(bold(code), meaning) for code, meaning in found]


def _variables(root: Command) -> list[tuple[str, str]]:
    options = [option for each in root.walk() for option in each.options if option.variable]
    named = {each.variable: f"The same as {each.long_name}." for each in options}
    return [(bold(name), text) for name, text in sorted((named | _VARIABLES).items())]
