"""The options that every command shares, as plain values, and their defaults. Imports little."""

from typing import NamedTuple

from glomex_cli.terminal.screen import ColorChoice

DEFAULT_ENDPOINT = "https://graphql.glomex.com/v1"
DEFAULT_PROFILE = "default"
DEFAULT_TIMEOUT_S = 30.0


class Flags(NamedTuple):
    """The options every command that talks to the service has; None where not given.

    Typer has put the environment's values in already, where there is a variable for one.
    """

    profile: str | None = None
    endpoint: str | None = None
    timeout: float = DEFAULT_TIMEOUT_S
    verbose: bool = False
    quiet: bool = False
    color: ColorChoice = ColorChoice.AUTO
    no_input: bool = False
