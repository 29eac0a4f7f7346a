"""`glomex token`."""

import typer

from glomex_cli.cli.context import Context
from glomex_cli.cli.help import declare
from glomex_cli.cli.options import with_context

EXAMPLES = ('curl --oauth2-bearer "$(glomex token)" https://graphql.glomex.com/v1',)


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    declare(app, token_command, EXAMPLES)


@with_context
def token_command(context: Context) -> None:
    """Print the access token, for other tools.

    An expired token is renewed first. Only the token is printed on stdout; prompts go to the
    terminal.
    """
    context.print_token(context.sessions.token())
