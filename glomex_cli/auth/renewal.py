"""A session that outlives its token: renewed once it has ended, by one process of all.

It is renewed with what was remembered or is in the environment, else by asking the person; then
what was asked goes on. A sign-in is never repeated on a network error.

What a person does meanwhile counts: after a logout or another login the renewed session serves
this command alone. No lock is held while a person is asked.
"""

from __future__ import annotations

from contextlib import ExitStack, nullcontext, suppress
from functools import cached_property, partial
from threading import Lock
from typing import TYPE_CHECKING

from glomex_cli.auth.account import nobody_at
from glomex_cli.errors import SignInError, StoreError, UsageError
from glomex_cli.models import Secret

# Most commands find a valid token, or are given one: signing in again is imported then.
if TYPE_CHECKING:
    from glomex_cli.auth.account import Account
    from glomex_cli.auth.session import SignIn
    from glomex_cli.auth.totp import Seed
    from glomex_cli.errors import CredentialsRefusedError
    from glomex_cli.interfaces import Credentials

# Three times as long as a window of MFA codes: the holder of the lock may be waiting for one.
_LOCK_TIMEOUT_S = 90.0
_NOTICE_AFTER_S = 2.0
_WAITING = "waiting for another command to sign in"
_ALONE = "the other command takes too long; signing in as well"


class Sessions:
    """The session of an account: read from its store, and renewed once its token has ended."""

    def __init__(self, account: Account) -> None:
        self.account = account
        self._renewing = Lock()
        self._text: Secret | None = None  # what the store held when it was read last
        self._may_keep = True
        self._public: SignIn | None = None

    @cached_property
    def kept(self) -> SignIn | None:
        """The sign-in that is kept for this endpoint; its token may have ended."""
        self._text, found = self._read()
        if found is None or self._is_for_another(found):
            self._may_keep = self._text is None
            return None
        return found

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
        with self._renewing, ExitStack() as held:
            if found := self._renewed_meanwhile(refused):
                return found.token
            if self._can_be_public:
                return self._public_session().token
            self._check_renewal(self.kept)
            credentials = self._credentials(self.kept)
            self._take_turn(held)
            found = self._renewed_meanwhile(refused) or self._sign_in_again(credentials, held)
            return found.token

    @property
    def is_public(self) -> bool:
        """Whether the embedded sandbox is used as its public account: no session of it is kept."""
        if not self._can_be_public:
            return False
        found = self.kept
        return found is None or found is self._public or found.is_over(self.account.now())

    @property
    def _can_be_public(self) -> bool:
        account = self.account
        if not account.settings.endpoint.is_sandbox or account.given_token or account.can_sign_in:
            return False
        return self.kept in (None, self._public) or not self._password(self.kept)

    @property
    def signs_in_by_itself(self) -> bool:
        """Whether the next command makes a session without asking anyone, where none is kept."""
        return self.is_public or (self.kept is None and self.account.can_sign_in)

    def _public_session(self) -> SignIn:
        from glomex_cli.auth.login import sign_in_publicly

        self._may_keep = False
        self.kept = self._public = sign_in_publicly(self.account)
        return self._public

    def _check_renewal(self, found: SignIn | None) -> None:
        """Raise SignInError for a service whose sign-in makes no token."""
        if self.account.service.renews:
            return
        if found is None:
            raise nobody_at(self.account.settings)
        settings = self.account.settings
        hint = f"create a new one, then: glomex login{settings.profile_option}"
        raise SignInError(f"{settings.endpoint.host} no longer accepts the token", hint)

    def check(self) -> None:
        """Raise SignInError where no session is kept, or it has ended and needs the person."""
        found = self.kept
        if self.signs_in_by_itself:
            return
        if found is None:
            raise nobody_at(self.account.settings)
        if found.is_over(self.account.now()) and not found.can_renew:
            raise self._ended()

    def _read(self) -> tuple[Secret | None, SignIn | None]:
        from glomex_cli.auth.session import session_at

        settings = self.account.settings
        text = self.account.store().read(settings.profile)
        return text, session_at(settings.endpoint, text)

    def _is_for_another(self, found: SignIn) -> bool:
        """Return whether the environment names another account, and can sign in with it."""
        settings = self.account.settings
        if found.can_renew or not self.account.can_sign_in:
            return False
        return not found.is_of(settings.login, settings.tenant)

    def _renewed_meanwhile(self, refused: Secret | None) -> SignIn | None:
        """Return a good session of the same account, if any; note what a person did."""
        before = self.kept
        text, found = self._read()
        if text != self._text:
            who = before or self.account.settings
            if found is not None and found.is_of(who.login, who.tenant):
                self._text, self.kept = text, found
            else:
                self._may_keep = False  # signed out, or signed in as somebody else
        now = self.kept
        if now is None or now.token == refused or now.is_over(self.account.now()):
            return None
        return now

    def _ended(self) -> SignInError:
        hint = f"sign in again: glomex login{self.account.settings.profile_option}"
        return SignInError("the session has expired", hint)

    def _keep(self, renewed: SignIn) -> SignIn:
        """Keep what was renewed; a store that fails costs the next command a sign-in.

        What the environment alone made is kept only where a store was named.
        """
        from glomex_cli.auth.session import dump_session

        settings, is_new, self.kept = self.account.settings, self.kept is None, renewed
        if not self._may_keep or (is_new and not settings.is_store_named):
            return renewed
        text = dump_session(renewed)
        try:
            store = self.account.store()
            self._may_keep = store.replace(settings.profile, text, expected=self._text)
            self._text = text
        except StoreError as failure:
            self.account.talk.warn(f"the renewed session was not saved: {failure.message}")
        return renewed

    def _take_turn(self, held: ExitStack) -> None:
        """Let one process of all sign in, where they can share what it makes.

        Who has waited long enough goes on alone. Waiting for another does not count as the
        service's time, but where a person limited it, half of that is the most.
        """
        from glomex_cli.models import StoreName
        from glomex_cli.storage.files import locked

        settings, limit, talk = self.account.settings, self.account.limit, self.account.talk
        if settings.store is StoreName.NONE:
            return
        path = settings.folder / f"renewal-{settings.profile}"
        wait_s = limit().left_s() / 2 if limit else _LOCK_TIMEOUT_S
        quiet_s = min(_NOTICE_AFTER_S, wait_s)
        with nullcontext() if limit else talk.paused(), suppress(OSError):
            for part_s, notice in ((quiet_s, _WAITING), (wait_s - quiet_s, _ALONE)):
                try:
                    held.enter_context(locked(path, wait_s=part_s))
                except TimeoutError:
                    talk.say(notice)
                else:
                    return

    def _sign_in_again(self, credentials: Credentials, held: ExitStack) -> SignIn:
        from glomex_cli.auth.login import new_sign_in, sign_in_patiently
        from glomex_cli.auth.mfa import codes_of, way_out

        found, settings, seed = self.kept, self.account.settings, self._seed(self.kept)
        hint = f"set GLOMEX_TOTP_SECRET, or sign in by hand: glomex login{settings.profile_option}"
        wanted = SignInError("the service requires an MFA code", hint)
        codes = codes_of(self.account, seed=seed, before_asking=held.close, unanswered=wanted)
        retype = None if self._password(found) else partial(self._retyped, held)
        credentials, session = sign_in_patiently(
            self.account.service, credentials, codes, retype, hint=way_out(self.account, seed)
        )
        if found is None:
            return self._keep(new_sign_in(settings, credentials, session))
        return self._keep(found._replace(token=session.token, expires_at=session.expires_at))

    def _credentials(self, found: SignIn | None) -> Credentials:
        from glomex_cli.interfaces import Credentials

        settings = self.account.settings
        login = found.login if found else settings.login
        tenant = found.tenant if found else settings.tenant
        password = self._password(found)
        if not (login and tenant and (found or password)):
            raise nobody_at(self.account.settings)
        values = {"login": login, "tenant": tenant}
        return Credentials(values, {"password": password or self._ask_password(login)})

    def _password(self, found: SignIn | None) -> Secret | None:
        return (found.password if found else None) or self.account.given_password

    def _retyped(
        self, held: ExitStack, credentials: Credentials, refused: CredentialsRefusedError
    ) -> Credentials:
        held.close()
        self.account.talk.warn(f"{refused.message}, try again")
        password = self._ask_password(credentials.values["login"])
        return credentials._replace(secrets={"password": password})

    def _ask_password(self, login: str) -> Secret:
        """Ask at once where a person can answer, so that what was asked can go on."""
        from glomex_cli.terminal.sanitize import clean

        try:
            label = f"The session has expired. Password of {clean(login)}"
            return Secret(self.account.talk.ask(label, option="--remember", hidden=True))
        except UsageError:
            raise self._ended() from None

    def _seed(self, found: SignIn | None) -> Seed | None:
        from glomex_cli.auth.totp import parse_seed_uri

        if found and found.seed:
            return parse_seed_uri(found.seed.reveal())
        return self.account.given_seed
