"""The tree of commands. Each is imported when it is typed, and only then."""

import shutil
import sys
from collections.abc import Sequence
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Annotated

import typer
from typer.core import TyperGroup

from glomex_cli import __version__

if TYPE_CHECKING:
    from typer._click import Command, HelpFormatter
    from typer._click import Context as TyperContext

# The first sentence of each command's own help, in the groups of the overview: a test keeps them
# alike.
GROUPS = {
    "Reports": {
        "report": "Print a report: rows by dimension over a time range.",
        "sparkline": "Draw metrics or numbers as a sparkline, a chart of one line.",
        "plot": "Draw metrics or numbers as a chart with two axes.",
        "export": "Export all history to Parquet files, and keep them up to date.",
        "schema": "List the dimensions, metrics and filters of your account.",
        "query": "Send a raw query to the service and print the response as JSON.",
    },
    "Account": {
        "login": "Sign in and save the session.",
        "logout": "Sign out and delete the session.",
        "status": "Show who is signed in, where, and for how long.",
        "token": "Print the access token, for other tools.",
    },
    "Help and tools": {
        "demo": "Run a guided tour on the embedded sandbox.",
        "sandbox": "Run the embedded sandbox as a local HTTP server.",
        "doctor": "Check settings, network, sign-in, schema, cache and exports.",
        "completion": "Print or install shell completion, or the man page.",
        "help": "Show help for a command or a topic.",
    },
}
# What may stand before a command, or alone, and belongs to no command.
OWN_OPTIONS = ("-h", "--help", "-V", "--version")
TOPICS = ("exit-codes", "environment", "formats")
COMMANDS = {name: text for group in GROUPS.values() for name, text in group.items()}

_EPILOG = """\b
Start with:  glomex demo, then glomex login, then glomex report
API docs:    https://docs.glomex.com/content-owner/graphql-api
             https://www.mux.com/docs/core/make-api-requests
"""

_WIDEST, _NARROWEST, _NARROW = 100, 20, 60  # columns
_NAMES_WIDTH, _NARROW_NAMES_WIDTH = 30, 2

_TYPER_SETTINGS = {
    "add_completion": False,
    "rich_markup_mode": None,
    "pretty_exceptions_enable": False,
    "context_settings": {"help_option_names": ["-h", "--help"]},
}


class _LazyGroup(TyperGroup):
    """Knows the names and first sentences of commands without importing them."""

    def list_commands(self, ctx: "TyperContext") -> list[str]:  # noqa: ARG002 - the base decides
        return list(COMMANDS)

    def get_command(self, ctx: "TyperContext", cmd_name: str) -> "Command | None":  # noqa: ARG002
        return command(cmd_name) if cmd_name in COMMANDS else None

    def resolve_command(
        self, ctx: "TyperContext", args: list[str]
    ) -> tuple[str | None, "Command | None", list[str]]:
        if args[0] not in COMMANDS:
            from glomex_cli.cli.usage import unknown_command

            raise unknown_command(args, COMMANDS)
        return super().resolve_command(ctx, args)

    def get_help(self, ctx: "TyperContext") -> str:
        fit_to_terminal(ctx)
        return super().get_help(ctx)

    def format_epilog(self, ctx: "TyperContext", formatter: "HelpFormatter") -> None:  # noqa: ARG002
        lines = (part for line in (self.epilog or "").split("\n") for part in wrapped(line))
        write_epilog(formatter, "\n".join(lines))

    def format_options(self, ctx: "TyperContext", formatter: "HelpFormatter") -> None:
        for title, commands in GROUPS.items():
            write_list(formatter, title, list(commands.items()))
        records = [each.get_help_record(ctx) for each in self.get_params(ctx)]
        write_list(formatter, "Options", [each for each in records if each])


@cache
def root_command() -> "Command":
    """Return the `glomex` command itself."""
    app = typer.Typer(cls=_LazyGroup, epilog=_EPILOG, **_TYPER_SETTINGS)  # type: ignore[arg-type]
    app.callback()(_root)
    return typer.main.get_command(app)


@cache
def command(name: str) -> "Command":
    """Import and return one command; `sandbox` is a group of its own."""
    module = import_module(f"glomex_cli.cli.commands.{name}")
    from glomex_cli.cli.help import SectionedGroup

    app = typer.Typer(cls=SectionedGroup, **_TYPER_SETTINGS)  # type: ignore[arg-type]
    module.register(app)
    built = typer.main.get_command(app)
    built.name = name
    return built


def fit_to_terminal(ctx: "TyperContext") -> None:
    """Set the width of the help to that of the terminal, from 20 to 100 columns."""
    columns = shutil.get_terminal_size().columns
    ctx.terminal_width = max(min(columns, _WIDEST), _NARROWEST)


def wrapped(line: str) -> list[str]:
    """Return a line in parts that fit the terminal; what goes on is indented, words stay whole."""
    columns = shutil.get_terminal_size().columns
    if len(line) <= columns:
        return [line]
    import textwrap

    indent = " " * (len(line) - len(line.lstrip()) + 4)
    return textwrap.wrap(
        line, columns, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )


def write_list(formatter: "HelpFormatter", title: str, records: Sequence[tuple[str, str]]) -> None:
    """Write a section with a line for each record, or nothing without one."""
    if records:
        is_narrow = formatter.width < _NARROW
        with formatter.section(title):
            formatter.write_dl(records, col_max=_NARROW_NAMES_WIDTH if is_narrow else _NAMES_WIDTH)


def write_epilog(formatter: "HelpFormatter", epilog: str | None) -> None:
    """Write the lines at the end of a help without breaking them."""
    if epilog:
        formatter.write(f"\n{epilog.strip().removeprefix(chr(8)).strip()}\n")


def _show_version(wanted: bool) -> None:  # noqa: FBT001 - Typer calls it by position
    if wanted:
        import platform

        python = f"python {platform.python_version()} on {sys.platform}"
        typer.echo(f"glomex {__version__}\n{python}")
        raise typer.Exit


def _root(
    *,
    version: Annotated[
        bool,
        typer.Option(
            "--version", "-V", callback=_show_version, is_eager=True, help="Print the versions."
        ),
    ] = False,
) -> None:
    """Query and plot video analytics of Glomex and Mux."""
    del version  # its callback has done the work
