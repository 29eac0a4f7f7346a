"""A session that outlives its token: renewed once it has ended, by one process for all.

Renewed with what was remembered or stands in the environment, else by asking the person; then
what was asked goes on. A sign-in is never repeated on a network error.
"""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, TypeVar

from glomex_cli.auth.tokens import bearer_token
from glomex_cli.errors import SessionExpiredError, SignInError, StoreError, UsageError
from glomex_cli.models import Secret

# Most commands find a token that is good, or are given one: signing in again is imported then.
if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from glomex_cli.auth.session import SignIn
    from glomex_cli.auth.totp import Seed
    from glomex_cli.cli.context import Connection
    from glomex_cli.interfaces import Credentials, Service

T = TypeVar("T")

# Three times as long as a window of MFA codes: who holds the lock may be waiting for one.
_LOCK_PATIENCE_S = 90.0


def with_session(connection: Connection, call: Callable[[Service, Secret], T]) -> T:
    """Give what `call` gives with a good token; SignInError where there is none to be had.

    A token that is refused is renewed once. GLOMEX_TOKEN is used as it is.
    """
    token = valid_token(connection)
    try:
        return call(connection.service, token)
    except SessionExpiredError:
        if connection.has_given_token:
            raise
        return call(connection.service, _renewed(connection, refused=token).token)


def valid_token(connection: Connection) -> Secret:
    """Give the token to use, renewed where its end has come."""
    if connection.has_given_token:
        return bearer_token(connection.runtime.environ["GLOMEX_TOKEN"], source="GLOMEX_TOKEN")
    found = connection.kept
    if found is None or found.is_over(connection.runtime.now()):
        return _renewed(connection, refused=found.token if found else None).token
    return found.token


def refuse_nobody(connection: Connection) -> None:
    """Raise SignInError where the session is not there, or has ended and needs the person."""
    found = connection.kept
    if found is None:
        raise _nobody(connection)
    if found.is_over(connection.runtime.now()) and not found.can_renew:
        raise _ended(connection)


def _nobody(connection: Connection) -> SignInError:
    host = connection.settings.endpoint.host
    return SignInError(f"nobody is signed in at {host}", f"glomex login{connection.as_profile}")


def _ended(connection: Connection) -> SignInError:
    hint = f"sign in again: glomex login{connection.as_profile}"
    return SignInError("the session has ended", hint)


def _renewed(connection: Connection, *, refused: Secret | None) -> SignIn:
    """Sign in again, or take the session that another thread or process has made meanwhile."""
    from glomex_cli.auth.session import recall

    with connection.renewing, _alone(connection):
        settings = connection.settings
        stored = recall(connection.store(), settings.profile, settings.endpoint)
        found = stored or connection.kept
        if found is None or found.token == refused or found.is_over(connection.runtime.now()):
            found = _signed_in_again(connection, found)
            if stored is not None:  # else it is from the environment alone, and nothing is kept
                _keep(connection, found)
        connection.kept = found
        return found


def _keep(connection: Connection, renewed: SignIn) -> None:
    """Keep what was renewed. A store that fails costs the next command a sign-in, not this one."""
    from glomex_cli.auth.session import to_text

    try:
        connection.store().write(connection.settings.profile, to_text(renewed))
    except StoreError as failure:
        connection.warn(f"the renewed session is not kept: {failure.message}")


@contextmanager
def _alone(connection: Connection) -> Generator[None]:
    """Let one process of all sign in. Waiting for another is no time of the service's."""
    from glomex_cli.storage.errors import explained_files
    from glomex_cli.storage.files import locked

    path = connection.settings.folder / f"renewal-{connection.settings.profile}"
    with ExitStack() as held:
        with explained_files(path), connection.deadline.paused():
            held.enter_context(locked(path, wait_s=_LOCK_PATIENCE_S))
        yield


def _signed_in_again(connection: Connection, found: SignIn | None) -> SignIn:
    from glomex_cli.auth.login import made_sign_in, sign_in
    from glomex_cli.auth.mfa import codes_of

    credentials = _credentials(connection, found)
    codes = codes_of(connection, seed=_seed(connection, found))
    session = sign_in(connection.service, credentials, codes)
    if found is None:
        return made_sign_in(connection, credentials, session)
    return found._replace(token=session.token, expires_at=session.expires_at)


def _credentials(connection: Connection, found: SignIn | None) -> Credentials:
    from glomex_cli.auth.login import environment_password
    from glomex_cli.interfaces import Credentials

    settings = connection.settings
    login = found.login if found else settings.login
    tenant = found.tenant if found else settings.tenant
    password = (found.password if found else None) or environment_password(connection)
    if not (login and tenant and (found or password)):
        raise _nobody(connection)
    return Credentials(login, tenant, password or _asked_password(connection, login))


def _asked_password(connection: Connection, login: str) -> Secret:
    """Ask at once where somebody is there to answer, so that what was asked can go on."""
    from glomex_cli.terminal.sanitize import clean

    try:
        label = f"The session has ended. Password of {clean(login)}"
        return Secret(connection.ask(label, option="--remember", hidden=True))
    except UsageError:
        raise _ended(connection) from None


def _seed(connection: Connection, found: SignIn | None) -> Seed | None:
    from glomex_cli.auth.login import environment_seed
    from glomex_cli.auth.totp import from_text

    if found and found.seed:
        return from_text(found.seed.reveal())
    return environment_seed(connection)
