"""`glomex login`."""

from datetime import datetime
from typing import Annotated

import typer

from glomex_cli.auth.account import where_kept
from glomex_cli.auth.login import Login, Wanted
from glomex_cli.auth.login import login as sign_in
from glomex_cli.cli.context import Context
from glomex_cli.cli.help import declare
from glomex_cli.cli.options import flag, with_context
from glomex_cli.dates.calendar import counted
from glomex_cli.interfaces import Identity
from glomex_cli.models import ReportKind, StoreName

EXAMPLES = (
    "glomex login",
    "glomex login --login you@example.com --tenant t-yours",
    "glomex login --store file",
    "glomex login --service mux",
    "glomex login -p studio --tenant t-studio --remember",
    "glomex login --endpoint sandbox",
    'printf %s "$PASSWORD" | glomex login --password-stdin',
)


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    declare(app, login_command, EXAMPLES)


@with_context
def login_command(
    context: Context,
    *,
    login: Annotated[
        str | None,
        typer.Option(
            envvar="GLOMEX_LOGIN",
            metavar="EMAIL",
            help="The e-mail address of the exchange login.",
            show_default="asked for",
        ),
    ] = None,
    tenant: Annotated[
        str | None,
        typer.Option(
            envvar="GLOMEX_TENANT",
            metavar="ID",
            help="The tenant, which the account manager knows.",
            show_default="asked for",
        ),
    ] = None,
    token_id: Annotated[
        str | None,
        typer.Option(
            metavar="ID",
            help="The id of an access token of Mux.",
            show_default="asked for",
        ),
    ] = None,
    password_stdin: Annotated[
        bool,
        flag(
            "--password-stdin",
            "--secret-stdin",
            help="Read the password, or the token's secret, from stdin.",
        ),
    ] = False,
    mfa_code: Annotated[
        str | None,
        typer.Option(
            metavar="CODE",
            help="The code of the authenticator app; it works once.",
            show_default="asked for",
        ),
    ] = None,
    kind: Annotated[
        ReportKind | None,
        typer.Option(
            "--as",
            help="The reports this account asks for.",
            show_default=ReportKind.CONTENT_OWNER,
        ),
    ] = None,
    store: Annotated[
        StoreName | None,
        typer.Option(
            envvar="GLOMEX_STORE",
            help="Where the session is kept.",
            show_default=StoreName.KEYRING,
        ),
    ] = None,
    remember: Annotated[
        bool,
        flag(
            "--remember",
            help="Keep the password and the TOTP secret in the keyring, to renew the session.",
        ),
    ] = False,
    default: Annotated[
        bool, flag("--default", help="Make this profile the one used without -p.")
    ] = False,
) -> None:
    """Sign in and keep the session.

    Asks on the terminal for what is missing: e-mail, tenant, password (hidden) and, if the
    service wants one, the code from the authenticator app. A wrong password or code can be typed
    again, three times in all. The session lasts one hour. E-mail and tenant are kept as a profile
    in config.toml, never a secret.

    The embedded sandbox needs no sign-in. To try one with MFA there: e-mail demo@glomex.example,
    tenant t-sandbox, password sandbox-only; `glomex sandbox serve` prints the TOTP secret for an
    authenticator app. robot@glomex.example needs no code.
    """
    typed = {"login": login, "tenant": tenant, "token_id": token_id}
    service = context.account.service
    values = {each.name: typed[each.name] for each in service.fields if each.name in typed}
    wanted = Wanted(values, password_stdin, mfa_code, kind, store, remember, default)
    done = sign_in(context.account, wanted, stdin=context.runtime.stdin, show=context.print_token)
    if context.account.given_token:
        source = context.account.token_source
        context.talk.warn(f"{source} is used before this sign-in: unset {source}")
    whose = service.introduce(Identity(done.made.login, done.made.tenant))
    who = f"{context.settings.endpoint.host}{whose}"
    context.talk.say(_welcome(done, who, context.runtime.now()))
    if done.store is not StoreName.NONE:
        context.talk.say(f"kept in {where_kept(done.store, context.settings.folder)}")


def _welcome(done: Login, who: str, now: datetime) -> str:
    """Return who signed in where, and for how long."""
    made = done.made
    minutes = made.minutes_left(now)
    life = "" if minutes is None else f" for {counted(minutes, 'minute')}"
    renewed = ", renewed when it ends" if made.can_renew else ""
    return f"signed in to {who}{life}{renewed}"
