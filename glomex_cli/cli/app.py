"""The tree of commands. Each is imported when it is typed, and only then."""

import sys
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Annotated

import typer
from typer.core import TyperGroup

from glomex_cli import __version__
from glomex_cli.errors import UsageError

if TYPE_CHECKING:
    from typer._click import Command, Context, HelpFormatter

# The first sentence of each command's own help: a test keeps them alike.
COMMANDS = {
    "login": "Sign in and keep the session.",
    "logout": "Forget the session.",
    "status": "Show who is signed in, where, and for how long.",
    "token": "Print the token for other tools.",
    "report": "Print a report: rows by dimension over a range of days.",
    "sparkline": "Draw numbers as one line of bars.",
    "plot": "Draw numbers as a chart with both axes.",
    "export": "Export all history as Parquet files, one a month, and keep them up to date.",
    "schema": "List the dimensions, metrics and filters that the account really has.",
    "query": "Send any query to the service and print the answer as JSON.",
    "doctor": "Check clock, proxy, TLS, store, sign-in, schema, what was learned, and exports.",
    "completion": "Print the completion script of a shell, or install it.",
    "demo": "See the guided tour on the embedded sandbox.",
    "sandbox": "Serve the embedded sandbox over HTTP on this machine.",
}

_EPILOG = """\b
Exit codes:
    0  done, also when there are no rows
    1  something unexpected
    2  the command line is wrong
    3  no rows, with --fail-empty
    4  sign-in needed or refused
    5  the service refused the query or answered nonsense
    6  rows printed, but incomplete
    7  network, TLS or time-out
    8  the service asks to slow down
    9  settings or credential store
  130  Ctrl-C or Ctrl-D
  141  the reader of the output is gone

\b
Begin with:
  glomex demo
  glomex login
  glomex report --dimension day
"""

_TYPER_SETTINGS = {
    "add_completion": False,
    "rich_markup_mode": None,
    "pretty_exceptions_enable": False,
    "context_settings": {"help_option_names": ["-h", "--help"]},
}


class _LazyGroup(TyperGroup):
    """Knows the names and first sentences of commands without importing them."""

    def list_commands(self, ctx: "Context") -> list[str]:  # noqa: ARG002 - the base decides
        return list(COMMANDS)

    def get_command(self, ctx: "Context", cmd_name: str) -> "Command | None":  # noqa: ARG002
        if cmd_name not in COMMANDS:
            raise UsageError(f"there is no command {cmd_name!r}", _did_you_mean(cmd_name))
        return command(cmd_name)

    def format_commands(self, ctx: "Context", formatter: "HelpFormatter") -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@cache
def root_command() -> "Command":
    """Return the `glomex` command itself."""
    app = typer.Typer(cls=_LazyGroup, epilog=_EPILOG, **_TYPER_SETTINGS)  # type: ignore[arg-type]
    app.callback()(_root)
    return typer.main.get_command(app)


@cache
def command(name: str) -> "Command":
    """Import and give one command; `sandbox` is a group of its own."""
    module = import_module(f"glomex_cli.cli.commands.{name}")
    app = typer.Typer(**_TYPER_SETTINGS)  # type: ignore[arg-type]
    module.register(app)
    built = typer.main.get_command(app)
    built.name = name
    return built


def _did_you_mean(name: str) -> str:
    import difflib

    near = difflib.get_close_matches(name, COMMANDS, n=1)
    return f"did you mean: glomex {near[0]}" if near else "glomex --help"


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
            "--version", callback=_show_version, is_eager=True, help="Print the versions."
        ),
    ] = False,
) -> None:
    """Query and plot video analytics of Glomex and Mux."""
    del version  # its callback has done the work
