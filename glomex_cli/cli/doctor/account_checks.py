"""The sign-in: whose, for how long, and what happens when it ends."""

from glomex_cli.auth.login import environment_password
from glomex_cli.auth.record import SignIn
from glomex_cli.auth.renewal import refuse_nobody
from glomex_cli.auth.tokens import bearer_token
from glomex_cli.cli.context import Connection
from glomex_cli.cli.doctor.finding import Verdict, fine
from glomex_cli.cli.doctor.redaction import masked
from glomex_cli.cli.doctor.subject import Subject


def look_at_sign_in(subject: Subject) -> Verdict:
    """Say who is signed in; SignInError where nobody is, or only was."""
    connection = subject.connection
    if connection.has_given_token:
        bearer_token(connection.runtime.environ["GLOMEX_TOKEN"], source="GLOMEX_TOKEN")
        return fine("the token of GLOMEX_TOKEN is used as it is")
    found = subject.of_store(lambda: connection.kept)
    if subject.token is None and _can_sign_in(connection):
        return fine("not yet: the next command signs in with GLOMEX_PASSWORD")
    refuse_nobody(connection)
    return fine(_words(found, connection) if found else "")


def _can_sign_in(connection: Connection) -> bool:
    settings = connection.settings
    who = connection.kept or settings
    return bool(who.login and who.tenant and environment_password(connection))


def _words(found: SignIn, connection: Connection) -> str:
    who = f"{masked(found.login)} of tenant {masked(found.tenant)}"
    minutes = found.minutes_left(connection.runtime.now())
    renewal = "then renewed unasked" if found.can_renew else "not remembered after that"
    if minutes is None:
        return f"{who}, until the service ends it, {renewal}"
    if minutes == 0:
        return f"{who}, has ended, renewed unasked by the next command"
    return f"{who}, {minutes} minute{'' if minutes == 1 else 's'} left, {renewal}"
