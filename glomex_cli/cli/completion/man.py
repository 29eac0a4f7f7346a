"""The man page `glomex.1`, made of the help of all commands, in the roff macros of man(7)."""

import re
from collections.abc import Collection, Iterable, Iterator

from glomex_cli.cli.completion.command_model import Argument, Command, Option, shared_options

# Characters that roff reads as its own, or shows as typographic ones.
_ESCAPES = str.maketrans(
    {"\\": "\\e", "-": "\\-", "'": "\\(aq", "~": "\\(ti", "^": "\\(ha", "`": "\\(ga"}
)

_TOP = ['.TH GLOMEX 1 "" glomex', ".ad l"]  # long lists of choices cannot be spread to the margin

_DESCRIPTION = """\
Sign in once with glomex login. Then glomex report prints rows by dimension over a time range,
glomex sparkline draws metrics as sparklines, and glomex plot as charts. glomex demo shows all of
it on the embedded sandbox, without an account or a network.

Data is written to standard output, everything else to standard error. In a pipe or a file, a
report is JSON.

The API is documented at https://docs.glomex.com/content-owner/graphql-api, that of Mux at
https://www.mux.com/docs/core/make-api-requests.
"""

EXIT_CODES = {
    0: "success, even without rows",
    1: "unexpected error",
    2: "invalid command line",
    3: "no rows, with --fail-empty",
    4: "authentication required or failed",
    5: "query rejected, or invalid response",
    6: "partial data printed",
    7: "network error, TLS error or timeout",
    8: "rate limited",
    9: "invalid settings, or credential store not available",
    130: "interrupted (Ctrl-C or Ctrl-D)",
    141: "pipe closed (SIGPIPE)",
}

# Variables without an option; the others are read from the options.
_VARIABLES = {
    "GLOMEX_CONFIG_DIR": "Folder of config.toml and of the file store.",
    "GLOMEX_DEBUG": "Set to 1 to print the traceback of unexpected errors.",
    "GLOMEX_PASSWORD": "Password for signing in; there is no option for it.",
    "GLOMEX_TOKEN": "Access token to use instead of a saved session.",
    "GLOMEX_TOTP_SECRET": "TOTP secret of the authenticator; there is no option for it.",
    "NO_COLOR, FORCE_COLOR, CLICOLOR_FORCE, COLUMNS, TERM": "Color and width, as usual.",
    "PAGER, LESS": "Pager for long tables (default: less -FRX); PAGER=cat turns it off.",
    "HTTPS_PROXY, NO_PROXY, SSL_CERT_FILE": "Proxy and certificates, as usual.",
    "XDG_CONFIG_HOME, XDG_CACHE_HOME, XDG_DATA_HOME": "Folders of the files, as usual.",
}

_FILES = {
    "~/.config/glomex/config.toml": "Profiles with their defaults, and saved reports; no secrets.",
    "~/.config/glomex/credentials.json": "Sessions saved with --store file.",
    "~/.cache/glomex/": "Cached schemas; safe to delete.",
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
    shared = shared_options(root)
    parts = (
        section("NAME", [f"glomex \\- {literal(root.summary.rstrip('.'))}"]),
        section("SYNOPSIS", _synopsis(leaves)),
        section("DESCRIPTION", paragraphs(_DESCRIPTION)),
        section("OPTIONS", _options(root)),
        section("COMMANDS", (line for each in leaves for line in _command(each, shared))),
        section("EXIT STATUS", tagged(_exit_codes())),
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


def _options(root: Command) -> Iterator[str]:
    yield from paragraphs("The options of every command that uses an account. They may be typed")
    yield literal("before or after the command.")
    yield from tagged(map(_option, root.options))


def _command(command: Command, shared: Collection[Option]) -> Iterator[str]:
    yield f".SS {literal(' '.join(command.words))}"
    yield from paragraphs(command.help)
    yield from tagged(map(_argument, command.arguments))
    yield from tagged(_option(each) for each in command.options if each not in shared)
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


def _exit_codes() -> list[tuple[str, str]]:
    return [(bold(str(code)), meaning) for code, meaning in EXIT_CODES.items()]


def _variables(root: Command) -> list[tuple[str, str]]:
    return [(bold(name), text) for name, text in variables(root)]


def variables(root: Command) -> list[tuple[str, str]]:
    """Return the environment variables by name, each with its meaning."""
    options = [option for each in root.walk() for option in each.options if option.variable]
    named = {each.variable: f"Same as {each.long_name}." for each in options}
    return sorted((named | _VARIABLES).items())
