"""A session that outlives its token: renewed once it has ended, by one process of all.

It is renewed with what was remembered or is in the environment, else by asking the person; then
what was asked goes on. A sign-in is never repeated on a network error.
"""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING

from glomex_cli.errors import SignInError, StoreError, UsageError
from glomex_cli.models import Secret

# Most commands find a valid token, or are given one: signing in again is imported then.
if TYPE_CHECKING:
    from collections.abc import Generator

    from glomex_cli.auth.account import Account
    from glomex_cli.auth.session import SignIn
    from glomex_cli.auth.totp import Seed
    from glomex_cli.interfaces import Credentials

# Three times as long as a window of MFA codes: the holder of the lock may be waiting for one.
_LOCK_TIMEOUT_S = 90.0


class Sessions:
    """The session of an account: read from its store, and renewed once its token has ended."""

    def __init__(self, account: Account) -> None:
        self.account = account
        self._renewing = Lock()

    @cached_property
    def kept(self) -> SignIn | None:
        """The sign-in that is kept for this endpoint; its token may have ended."""
        return self._recall()

    def token(self) -> Secret:
        """Return the token to use, renewed where it has ended; GLOMEX_TOKEN as it is.

        Raises SignInError where there is none to be had.
        """
        if self.account.given_token:
            return self.account.checked_token()
        found = self.kept
        if found is None or found.is_over(self.account.now()):
            return self.renewed(refused=found.token if found else None)
        return found.token

    def renewed(self, *, refused: Secret | None) -> Secret:
        """Sign in again, or take the session that another thread or process has made meanwhile."""
        with self._renewing, self._alone():
            stored = self._recall()
            found = stored or self.kept
            if found is None or found.token == refused or found.is_over(self.account.now()):
                self._check_renewal(found)
                found = self._sign_in_again(found)
                if stored is not None:  # else it is from the environment alone, and not kept
                    self._keep(found)
            self.kept = found
            return found.token

    def _check_renewal(self, found: SignIn | None) -> None:
        """Raise SignInError for a service whose sign-in makes no token."""
        if self.account.service.renews:
            return
        settings = self.account.settings
        if found is None:
            raise self._nobody()
        raise SignInError(
            f"{settings.endpoint.host} no longer accepts the token",
            f"make another, then: glomex login{settings.profile_option}",
        )

    def check(self) -> None:
        """Raise SignInError where no session is kept, or it has ended and needs the person."""
        found = self.kept
        if found is None:
            raise self._nobody()
        if found.is_over(self.account.now()) and not found.can_renew:
            raise self._ended()

    def _recall(self) -> SignIn | None:
        from glomex_cli.auth.session import recall

        settings = self.account.settings
        return recall(self.account.store(), settings.profile, settings.endpoint)

    def _nobody(self) -> SignInError:
        settings = self.account.settings
        message = f"nobody is signed in at {settings.endpoint.host}"
        return SignInError(message, f"glomex login{settings.profile_option}")

    def _ended(self) -> SignInError:
        hint = f"sign in again: glomex login{self.account.settings.profile_option}"
        return SignInError("the session has ended", hint)

    def _keep(self, renewed: SignIn) -> None:
        """Keep what was renewed; a store that fails costs the next command a sign-in."""
        from glomex_cli.auth.session import dump_session

        try:
            self.account.store().write(self.account.settings.profile, dump_session(renewed))
        except StoreError as failure:
            self.account.talk.warn(f"the renewed session is not kept: {failure.message}")

    @contextmanager
    def _alone(self) -> Generator[None]:
        """Let one process of all sign in; waiting for another does not count as the service's."""
        from glomex_cli.storage.errors import explained_files
        from glomex_cli.storage.files import locked

        settings = self.account.settings
        path = settings.folder / f"renewal-{settings.profile}"
        with ExitStack() as held:
            with explained_files(path), self.account.talk.paused():
                held.enter_context(locked(path, wait_s=_LOCK_TIMEOUT_S))
            yield

    def _sign_in_again(self, found: SignIn | None) -> SignIn:
        from glomex_cli.auth.login import new_sign_in, sign_in
        from glomex_cli.auth.mfa import codes_of

        credentials = self._credentials(found)
        codes = codes_of(self.account, seed=self._seed(found))
        session = sign_in(self.account.service, credentials, codes)
        if found is None:
            return new_sign_in(self.account.settings, credentials, session)
        return found._replace(token=session.token, expires_at=session.expires_at)

    def _credentials(self, found: SignIn | None) -> Credentials:
        from glomex_cli.interfaces import Credentials

        settings = self.account.settings
        login = found.login if found else settings.login
        tenant = found.tenant if found else settings.tenant
        password = (found.password if found else None) or self.account.given_password
        if not (login and tenant and (found or password)):
            raise self._nobody()
        values = {"login": login, "tenant": tenant}
        return Credentials(values, {"password": password or self._ask_password(login)})

    def _ask_password(self, login: str) -> Secret:
        """Ask at once where a person can answer, so that what was asked can go on."""
        from glomex_cli.terminal.sanitize import clean

        try:
            label = f"The session has ended. Password of {clean(login)}"
            return Secret(self.account.talk.ask(label, option="--remember", hidden=True))
        except UsageError:
            raise self._ended() from None

    def _seed(self, found: SignIn | None) -> Seed | None:
        from glomex_cli.auth.totp import parse_seed_uri

        if found and found.seed:
            return parse_seed_uri(found.seed.reveal())
        return self.account.given_seed
