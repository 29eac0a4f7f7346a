"""`glomex logout`."""

from typing import Annotated

import typer

from glomex_cli.auth.accounts import forget_all
from glomex_cli.cli.context import Connection
from glomex_cli.cli.help import declare
from glomex_cli.cli.options import connected, flag

EXAMPLES = (
    "glomex logout",
    "glomex logout --all",
)


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    declare(app, logout, EXAMPLES)


@connected
def logout(
    connection: Connection,
    *,
    all: Annotated[  # noqa: A002 - the option's name
        bool, flag("--all", help="Sign out of every profile, and forget the profiles.")
    ] = False,
) -> None:
    """Forget the session.

    The token, and whatever was remembered, is removed from the store. The service itself knows
    no sign-out: a token that was copied elsewhere works until its hour is over.
    """
    if all:
        forget_all(connection)
        return
    profile = connection.settings.profile
    erased = connection.store().erase(profile)
    connection.say(f"signed out of {profile}" if erased else "nobody was signed in")
