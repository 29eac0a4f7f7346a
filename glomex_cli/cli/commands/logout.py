"""`glomex logout`."""

from typing import Annotated

import typer

from glomex_cli.auth.account import Account, forget_all, known_profiles
from glomex_cli.cli.context import Context
from glomex_cli.cli.help import declare
from glomex_cli.cli.options import flag, with_context
from glomex_cli.config.endpoint import DEFAULTS

EXAMPLES = (
    "glomex logout",
    "glomex logout --all",
    "glomex logout --all --yes",
)


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    declare(app, logout_command, EXAMPLES)


@with_context
def logout_command(
    context: Context,
    *,
    all: Annotated[  # noqa: A002 - the option's name
        bool, flag("--all", help="Sign out of all profiles, and delete them.")
    ] = False,
    yes: Annotated[bool, flag("--yes", "-y", help="Do not ask before --all.")] = False,
) -> None:
    """Sign out and delete the session.

    Deletes the token, and a saved password and TOTP secret, from the store. The service itself has
    no sign-out: a token that was copied elsewhere is valid until it expires, a Mux token until it
    is revoked. --all asks for confirmation on a terminal.
    """
    if all:
        if yes or _is_agreed(context.account):
            forget_all(context.account)
        return
    profile = context.settings.profile
    erased = context.account.store().erase(profile)
    context.talk.say(f"signed out of {profile}" if erased else "not signed in")
    if erased and (note := DEFAULTS[context.settings.service].after_logout):
        context.talk.say(note)


def _is_agreed(account: Account) -> bool:
    """Return whether the person agrees to lose all profiles; a script is not asked."""
    talk, names = account.talk, [each.name for each in known_profiles(account.settings)]
    if not talk.is_interactive:
        return True
    question = f"Sign out of {', '.join(names)}, and delete {_those(names)}? [y/N]"
    if talk.ask(question, option="--yes").lower() in {"y", "yes"}:
        return True
    talk.say("nothing changed")
    return False


def _those(names: list[str]) -> str:
    return "this profile" if len(names) == 1 else f"these {len(names)} profiles"
