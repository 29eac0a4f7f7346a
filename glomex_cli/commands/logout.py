"""`glomex logout`."""

import typer

from glomex_cli.commands.options import connected, examples
from glomex_cli.connection import Connection

EXAMPLES = ("glomex logout",)


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command(epilog=examples(EXAMPLES))(logout)


@connected
def logout(connection: Connection) -> None:
    """Forget the session.

    The token is removed from the store. The service itself knows no sign-out: a token that
    was copied elsewhere works until its hour is over.
    """
    profile = connection.settings.profile
    erased = connection.store().erase(profile)
    connection.say(f"signed out of {profile}" if erased else "nobody was signed in")
