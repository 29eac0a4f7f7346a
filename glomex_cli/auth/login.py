"""The story of `login`: ask for what is missing, sign in, keep the session and its profile."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from glomex_cli.auth.mfa import CodeSource, codes_of, parse_code
from glomex_cli.auth.session import SignIn, keep
from glomex_cli.auth.totp import Seed, parse_seed, to_text
from glomex_cli.config.profile_writer import write_profile
from glomex_cli.config.profiles import Profile, read_profiles
from glomex_cli.errors import (
    ChallengeEndedError,
    CodeRefusedError,
    GlomexError,
    SignInError,
    UsageError,
)
from glomex_cli.interfaces import Challenge, Credentials, Service, Session
from glomex_cli.models import ReportKind, Secret, StoreName

if TYPE_CHECKING:
    from glomex_cli.cli.context import Connection
    from glomex_cli.storage.base import SecretStore

_TRIES = 3
# NUL, and halves of surrogate pairs, which UTF-8 cannot hold.
_UNSENDABLE = re.compile("[\0\ud800-\udfff]")


class Wanted(NamedTuple):
    """How somebody wants to sign in; None is asked for, or taken from the profile."""

    login: str | None = None
    tenant: str | None = None
    password_stdin: bool = False
    mfa_code: str | None = None
    kind: ReportKind | None = None
    store: StoreName | None = None
    remember: bool = False
    default: bool = False


def sign_in_anew(connection: Connection, wanted: Wanted) -> tuple[SignIn, StoreName]:
    """Sign in and keep it; give what was made, and where it is kept.

    The store is tried before anything is asked. With `remember` the seed of the authenticator
    is asked for too, and proven by signing in with it.
    """
    store = connection.store(wanted.store)
    if wanted.remember and store.name is not StoreName.KEYRING:
        raise UsageError("--remember keeps a password, so only in the keyring", "--store keyring")
    store.probe()
    credentials = _credentials(connection, wanted)
    seed = _seed(connection, remember=wanted.remember)
    codes = codes_of(connection, given=wanted.mfa_code, seed=seed)
    session = sign_in(connection.service, credentials, codes)
    found = made_sign_in(connection, credentials, session)
    found = found._replace(kind=wanted.kind or found.kind)
    if wanted.remember:
        kept_seed = Secret(to_text(seed)) if seed else None
        found = found._replace(password=credentials.password, seed=kept_seed)
    _keep(connection, store, found, make_default=wanted.default)
    return found, store.name


def made_sign_in(connection: Connection, credentials: Credentials, session: Session) -> SignIn:
    """Give the sign-in at this endpoint; nothing is remembered of the credentials."""
    return SignIn(
        origin=connection.settings.endpoint.origin,
        login=credentials.login,
        tenant=credentials.tenant,
        kind=connection.settings.kind,
        token=session.token,
        expires_at=session.expires_at,
    )


def environment_seed(connection: Connection) -> Seed | None:
    """Give the seed in GLOMEX_TOTP_SECRET, if there is one."""
    given = connection.runtime.environ.get("GLOMEX_TOTP_SECRET")
    return parse_seed(given) if given else None


def environment_password(connection: Connection) -> Secret | None:
    """Give the password in GLOMEX_PASSWORD, if there is one."""
    given = connection.runtime.environ.get("GLOMEX_PASSWORD")
    return Secret(given) if given else None


def _credentials(connection: Connection, wanted: Wanted) -> Credentials:
    settings = connection.settings
    return Credentials(
        wanted.login or settings.login or connection.ask("E-mail", option="--login"),
        wanted.tenant or settings.tenant or connection.ask("Tenant", option="--tenant"),
        _password(connection, from_stdin=wanted.password_stdin),
    )


def _password(connection: Connection, *, from_stdin: bool) -> Secret:
    """Give the password exactly as it was typed, spaces included."""
    if from_stdin:
        line = connection.runtime.stdin.readline().rstrip(b"\r\n")
        return Secret(line.decode("utf-8", "surrogateescape"))
    if given := environment_password(connection):
        return given
    return Secret(connection.ask("Password", option="--password-stdin", hidden=True))


def _seed(connection: Connection, *, remember: bool) -> Seed | None:
    if given := environment_seed(connection):
        return given
    if not remember:
        return None
    label = "MFA seed (empty if you have none)"
    typed = connection.ask(label, option="GLOMEX_TOTP_SECRET", hidden=True)
    return parse_seed(typed) if typed.strip() else None


def _keep(connection: Connection, store: SecretStore, found: SignIn, *, make_default: bool) -> None:
    """Keep the session and, where it is kept at all, the profile that finds it again."""
    settings = connection.settings
    keep(store, settings.profile, found, show=connection.print_token)
    if store.name is StoreName.NONE:
        return
    profile = Profile(
        name=settings.profile,
        endpoint=settings.endpoint.name,
        login=found.login,
        tenant=found.tenant,
        kind=found.kind,
        store=store.name,
        remember=found.password is not None,
    )
    is_first = not read_profiles(settings.folder).profiles
    write_profile(settings.folder, profile, make_default=make_default or is_first)


def sign_in(service: Service, credentials: Credentials, codes: CodeSource) -> Session:
    """Give a session, with a second challenge where the first one dies under the typing.

    Raises SignInError when the service refuses, and whatever `codes` raises.
    """
    _check_text(credentials)
    opened = service.open_session(credentials)
    if isinstance(opened, Session):
        return opened
    try:
        return _answer(service, opened, codes, None)
    except ChallengeEndedError as ended:
        again = service.open_session(credentials)
        if isinstance(again, Session):
            return again
        return _answer(service, again, codes, ended)


def _answer(
    service: Service, challenge: Challenge, codes: CodeSource, failure: GlomexError | None
) -> Session:
    """Try codes on one challenge. What is no code is asked again, and never sent."""
    for _ in range(_TRIES):
        typed = codes(failure)
        try:
            return service.answer_challenge(challenge, parse_code(typed))
        except (CodeRefusedError, UsageError) as refused:
            failure = refused
    raise SignInError(f"no MFA code was accepted in {_TRIES} tries", "glomex login")


def _check_text(credentials: Credentials) -> None:
    """Find what cannot be sent before an encoder does: its error would quote the password."""
    for name, value in (
        ("login", credentials.login),
        ("tenant", credentials.tenant),
        ("password", credentials.password.reveal()),
    ):
        if not value:
            raise UsageError(f"the {name} is empty", "glomex login --help")
        if _UNSENDABLE.search(value):
            raise UsageError(f"the {name} holds characters that are no text", "type it again")
