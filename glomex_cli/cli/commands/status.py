"""`glomex status`."""

from typing import Annotated

import typer

from glomex_cli.auth.account import overview
from glomex_cli.cli.context import Context
from glomex_cli.cli.help import declare
from glomex_cli.cli.options import with_context
from glomex_cli.cli.printing import Output, print_report
from glomex_cli.config.profile_writer import set_default
from glomex_cli.output.writer import Format

EXAMPLES = (
    "glomex status",
    "glomex status -f json | jq '.[0].minutes_left'",
    "glomex status --use studio",
)


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    declare(app, status_command, EXAMPLES)


@with_context
def status_command(
    context: Context,
    *,
    use: Annotated[
        str | None,
        typer.Option(
            metavar="NAME", help="Make a profile the one used without -p.", show_default="none"
        ),
    ] = None,
    format: Annotated[  # noqa: A002 - the option's name
        Format, typer.Option("--format", "-f", help="What to print.")
    ] = Format.AUTO,
) -> None:
    """Say who is signed in, where, and for how long.

    Lists every profile, the one in use first. Ends with exit code 4 where nobody is signed in
    with that one.
    """
    if use is not None:
        set_default(context.settings.folder, use)
        context.talk.say(f"{use} is used now where no -p is given")
        return
    if context.account.given_token:
        source = context.account.token_source
        context.talk.say(f"{source} is set: it is used as it is, and no profile")
        return
    print_report(context, overview(context.account), Output(format))
    context.sessions.check()
