"""`glomex login`."""

from typing import Annotated

import typer

from glomex_cli.commands.options import connected, examples
from glomex_cli.connection import Connection
from glomex_cli.errors import GlomexError
from glomex_cli.models import ReportKind, Secret, StoreName
from glomex_cli.record import SignIn
from glomex_cli.services.interface import Credentials, Session
from glomex_cli.session import CodeSource, keep, sign_in

EXAMPLES = (
    "glomex login",
    "glomex login --login you@example.com --tenant t-yours",
    "glomex login --store file",
    'printf %s "$PASSWORD" | glomex login --password-stdin',
)


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command(epilog=examples(EXAMPLES))(login)


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
        bool, typer.Option("--password-stdin", help="Read the password from stdin.")
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
        ReportKind, typer.Option("--as", help="The reports this account asks for.")
    ] = ReportKind.CONTENT_OWNER,
    store: Annotated[
        StoreName | None,
        typer.Option(
            envvar="GLOMEX_STORE",
            help="Where the session is kept.",
            show_default=StoreName.KEYRING,
        ),
    ] = None,
) -> None:
    """Sign in and keep the session.

    Asks on the terminal for what is missing: e-mail, tenant, password (hidden) and, when the
    service wants one, the code of the authenticator app. The session lasts one hour.
    """
    vault = connection.store(store)
    vault.probe()
    credentials = Credentials(
        login or connection.ask("E-mail", option="--login"),
        tenant or connection.ask("Tenant", option="--tenant"),
        _password(connection, from_stdin=password_stdin),
    )
    session = sign_in(connection.service, credentials, _codes(connection, mfa_code))
    found = _signed_in(connection, credentials, session, kind)
    keep(vault, connection.settings.profile, found, show=connection.print_token)
    connection.say(_welcome(connection, found, vault.name))


def _password(connection: Connection, *, from_stdin: bool) -> Secret:
    """Give the password exactly as it was typed, spaces included."""
    if from_stdin:
        line = connection.runtime.stdin.readline().rstrip(b"\r\n")
        return Secret(line.decode("utf-8", "surrogateescape"))
    if given := connection.runtime.environ.get("GLOMEX_PASSWORD"):
        return Secret(given)
    return Secret(connection.ask("Password", option="--password-stdin", hidden=True))


def _codes(connection: Connection, given: str | None) -> CodeSource:
    """Give the source of codes: the option first, then the person."""
    waiting = [given] if given else []

    def next_code(failure: GlomexError | None) -> str:
        if waiting:
            return waiting.pop()
        if failure is not None:
            connection.warn(f"{failure.message}: {failure.hint}")
        return connection.ask("MFA code", option="--mfa-code")

    return next_code


def _signed_in(
    connection: Connection, credentials: Credentials, session: Session, kind: ReportKind
) -> SignIn:
    return SignIn(
        origin=connection.settings.endpoint.origin,
        login=credentials.login,
        tenant=credentials.tenant,
        kind=kind,
        token=session.token,
        expires_at=session.expires_at,
    )


def _welcome(connection: Connection, found: SignIn, store: StoreName) -> str:
    minutes = found.minutes_left(connection.runtime.now())
    life = "" if minutes is None else f" for {minutes} minutes"
    kept = "" if store is StoreName.NONE else f"; the session is kept in the {store}"
    return f"signed in to {connection.settings.endpoint.host} as {found.login}{life}{kept}"
