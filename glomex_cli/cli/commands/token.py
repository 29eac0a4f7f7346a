"""`glomex token`."""

import typer

from glomex_cli.auth.renewal import valid_token
from glomex_cli.cli.context import Connection
from glomex_cli.cli.help import declare
from glomex_cli.cli.options import connected

EXAMPLES = ('curl --oauth2-bearer "$(glomex token)" https://graphql.glomex.com/v1',)


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    declare(app, token, EXAMPLES)


@connected
def token(connection: Connection) -> None:
    """Print the token for other tools.

    A token that has ended is renewed first. Nothing else is printed, so it can be used in
    place; questions still reach the terminal.
    """
    connection.print_token(valid_token(connection))
