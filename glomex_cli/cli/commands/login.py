"""`glomex login`."""

from typing import Annotated

import typer

from glomex_cli.auth.login import Wanted, sign_in_anew
from glomex_cli.auth.session import SignIn
from glomex_cli.cli.context import Connection
from glomex_cli.cli.help import declare
from glomex_cli.cli.options import connected, flag
from glomex_cli.models import ReportKind, StoreName

EXAMPLES = (
    "glomex login",
    "glomex login --login you@example.com --tenant t-yours",
    "glomex login --store file",
    "glomex login -p studio --tenant t-studio --remember",
    'printf %s "$PASSWORD" | glomex login --password-stdin',
)


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    declare(app, login, EXAMPLES)


@connected
def login(
    connection: Connection,
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
    password_stdin: Annotated[
        bool, flag("--password-stdin", help="Read the password from stdin.")
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
            help="Keep password and MFA seed in the keyring, to renew the session unasked.",
        ),
    ] = False,
    default: Annotated[
        bool, flag("--default", help="Make this profile the one used without -p.")
    ] = False,
) -> None:
    """Sign in and keep the session.

    Asks on the terminal for what is missing: e-mail, tenant, password (hidden) and, when the
    service wants one, the code of the authenticator app. The session lasts one hour. What was
    answered, but for secrets, is kept as a profile in config.toml.
    """
    wanted = Wanted(login, tenant, password_stdin, mfa_code, kind, store, remember, default)
    found, kept_in = sign_in_anew(connection, wanted)
    connection.say(_welcome(connection, found, kept_in))


def _welcome(connection: Connection, found: SignIn, store: StoreName) -> str:
    minutes = found.minutes_left(connection.runtime.now())
    life = "" if minutes is None else f" for {minutes} minutes"
    kept = "" if store is StoreName.NONE else f", kept in the {store}"
    renewed = ", renewed when it ends" if found.can_renew else ""
    return f"signed in to {connection.settings.endpoint.host} as {found.login}{life}{kept}{renewed}"
