"""`glomex logout`."""

from typing import Annotated

import typer

from glomex_cli.auth.account import forget_all
from glomex_cli.cli.context import Context
from glomex_cli.cli.help import declare
from glomex_cli.cli.options import flag, with_context
from glomex_cli.config.endpoint import ServiceName

EXAMPLES = (
    "glomex logout",
    "glomex logout --all",
)


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    declare(app, logout_command, EXAMPLES)


@with_context
def logout_command(
    context: Context,
    *,
    all: Annotated[  # noqa: A002 - the option's name
        bool, flag("--all", help="Sign out of every profile, and forget the profiles.")
    ] = False,
) -> None:
    """Forget the session.

    The token, and whatever was remembered, is removed from the store. The service itself knows
    no sign-out: a token that was copied elsewhere works until its hour is over. One of Mux works
    until it is revoked.
    """
    if all:
        forget_all(context.account)
        return
    profile = context.settings.profile
    erased = context.account.store().erase(profile)
    context.talk.say(f"signed out of {profile}" if erased else "nobody was signed in")
    if erased and context.settings.service is ServiceName.MUX:
        context.talk.say("the token itself works until it is revoked on the dashboard of Mux")
