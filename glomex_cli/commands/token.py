"""`glomex token`."""

import typer

from glomex_cli.commands.options import connected, examples
from glomex_cli.connection import Connection

EXAMPLES = ('curl -H "Authorization: Bearer $(glomex token)" https://graphql.glomex.com/v1',)


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command(epilog=examples(EXAMPLES))(token)


@connected
def token(connection: Connection) -> None:
    """Print the token for other tools.

    Nothing else is printed, so it can be used in place.
    """
    connection.print_token(connection.token)
