"""Sign in: ask for what is missing, answer the MFA challenge, keep the session and its profile."""

from __future__ import annotations

from contextlib import suppress
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from glomex_cli.auth.credentials import Applicant, check_text, public_credentials
from glomex_cli.auth.mfa import CodeSource, codes_of, parse_code, way_out
from glomex_cli.auth.session import SignIn, keep
from glomex_cli.auth.totp import Seed, parse_seed, seed_uri
from glomex_cli.config.endpoint import ServiceName
from glomex_cli.config.profile_writer import write_profile
from glomex_cli.config.profiles import Profile, read_profiles
from glomex_cli.errors import (
    ChallengeEndedError,
    CodeRefusedError,
    ConfigurationError,
    CredentialsRefusedError,
    GlomexError,
    SignInError,
    UsageError,
)
from glomex_cli.interfaces import Challenge, Credentials, Identity, Service, Session
from glomex_cli.models import ReportKind, Secret, StoreName
from glomex_cli.storage.files import locked_if_possible

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from io import BufferedIOBase

    from glomex_cli.auth.account import Account
    from glomex_cli.config.settings import Settings
    from glomex_cli.storage.base import SecretStore

_TRIES = 3
_LOCK_TIMEOUT_S = 10.0
Retype: TypeAlias = "Callable[[Credentials, CredentialsRefusedError], Credentials]"
NO_VALUES: Mapping[str, str | None] = MappingProxyType({})


class Wanted(NamedTuple):
    """How a person wants to sign in; None is asked for, or taken from the profile."""

    values: Mapping[str, str | None] = NO_VALUES  # of the service's fields
    password_stdin: bool = False
    mfa_code: str | None = None
    kind: ReportKind | None = None
    store: StoreName | None = None
    remember: bool = False
    default: bool = False


class Login(NamedTuple):
    """A finished sign-in, and the store that keeps it."""

    made: SignIn
    store: StoreName


def login(
    account: Account, wanted: Wanted, *, stdin: BufferedIOBase, show: Callable[[Secret], None]
) -> Login:
    """Sign in, keep the session and its profile, and return what was made and its store.

    The store is tried before anything is asked. With `remember` the TOTP secret is asked for
    too, and proven by signing in with it. `show` prints a token that no store could keep.
    """
    store = account.store(wanted.store or account.settings.login_store)
    if wanted.remember and not account.service.renews:
        raise UsageError(
            "--remember renews sessions, and this token does not expire", "leave it out"
        )
    if wanted.remember and store.name is not StoreName.KEYRING:
        raise UsageError(
            "--remember saves a password, which only the keyring may hold", "--store keyring"
        )
    store.probe()
    applicant = Applicant(account, wanted.values, stdin=stdin if wanted.password_stdin else None)
    credentials = _ask(account, applicant, store.name)
    seed = _seed(account, remember=wanted.remember)
    codes = codes_of(account, given=wanted.mfa_code, seed=seed)
    retype = applicant.retyped if applicant.types_secret else None
    credentials, session = sign_in_patiently(
        account.service, credentials, codes, retype, hint=way_out(account, seed)
    )
    made = new_sign_in(account.settings, credentials, session)
    made = made._replace(kind=wanted.kind or made.kind)
    if wanted.remember:
        kept_seed = Secret(seed_uri(seed)) if seed else None
        made = made._replace(password=credentials.secrets.get("password"), seed=kept_seed)
    _keep(account.settings, store, made, show=show, make_default=wanted.default)
    return Login(made, store.name)


def _ask(account: Account, applicant: Applicant, store: StoreName) -> Credentials:
    """Ask for what is missing; who signs in is shown above the password, and kept at once.

    Until a sign-in has succeeded it is the default of the next question, and nothing else.
    """
    settings = account.settings
    profile = read_profiles(settings.folder).profile(settings.profile)
    defaults = {} if profile.store else {"login": profile.login, "tenant": profile.tenant}
    values = applicant.values(defaults)
    if applicant.types_secret and account.talk.is_interactive:
        if not profile.store and store is not StoreName.NONE and "login" in values:
            _keep_draft(settings, profile, values)
        if applicant.is_known:
            who = applicant.described(values)
            account.talk.say(f"signing in to {settings.endpoint.host}: {who}")
    return applicant.credentials(values)


def _keep_draft(settings: Settings, profile: Profile, values: Mapping[str, str]) -> None:
    draft = profile._replace(login=values["login"], tenant=values["tenant"])
    if draft != profile:
        with suppress(ConfigurationError, UsageError):  # told where the session is kept
            write_profile(settings.folder, draft, make_default=False)


def _keep(
    settings: Settings,
    store: SecretStore,
    made: SignIn,
    *,
    show: Callable[[Secret], None],
    make_default: bool,
) -> None:
    """Keep session and profile, one login at a time: both are of the same account."""
    if store.name is StoreName.NONE:
        show(made.token)
        return
    path = settings.folder / f"login-{settings.profile}"
    with locked_if_possible(path, wait_s=_LOCK_TIMEOUT_S):
        keep(store, settings.profile, made, show=show)
        _keep_profile(settings, store.name, made, make_default=make_default)


def new_sign_in(settings: Settings, credentials: Credentials, session: Session) -> SignIn:
    """Return the sign-in at the endpoint of `settings`, without password and TOTP secret."""
    values = credentials.values
    who = session.who or Identity(values.get("login", ""), values.get("tenant", ""))
    return SignIn(
        origin=settings.endpoint.origin,
        login=who.name,
        tenant=who.group,
        kind=settings.kind,
        token=session.token,
        expires_at=session.expires_at,
        service=settings.service,
    )


def _seed(account: Account, *, remember: bool) -> Seed | None:
    if given := account.given_seed:
        return given
    if not remember:
        return None
    label = "TOTP secret (the setup key shown with the QR code; empty if you have none)"
    typed = account.talk.ask(label, option="GLOMEX_TOTP_SECRET", hidden=True)
    return parse_seed(typed) if typed.strip() else None


def _keep_profile(
    settings: Settings, store: StoreName, made: SignIn, *, make_default: bool
) -> None:
    """Write the profile by which the next command finds the session again."""
    profile = Profile(
        name=settings.profile,
        endpoint=settings.endpoint.name,
        login=made.login,
        tenant=made.tenant if made.service is ServiceName.GLOMEX else None,
        kind=made.kind,
        store=store,
        remember=made.password is not None,
        service=None if made.service is ServiceName.GLOMEX else made.service,
    )
    others = set(read_profiles(settings.folder).profiles) - {settings.profile}
    is_first = not others and not settings.endpoint.is_sandbox
    write_profile(settings.folder, profile, make_default=make_default or is_first)


def sign_in_publicly(account: Account) -> SignIn:
    """Sign in to the embedded sandbox as the account that everyone may use, and keep nothing."""
    credentials = public_credentials(account.settings.service)
    session = sign_in(account.service, credentials, codes_of(account))
    return new_sign_in(account.settings, credentials, session)


def sign_in_patiently(
    service: Service,
    credentials: Credentials,
    codes: CodeSource,
    retype: Retype | None,
    *,
    hint: str,
) -> tuple[Credentials, Session]:
    """Sign in, with a secret typed again up to two times; return what was accepted, and a session.

    Raises CredentialsRefusedError for the last one, or the only one where nobody can `retype`.
    """
    for _ in range(_TRIES - 1):
        try:
            return credentials, sign_in(service, credentials, codes, hint=hint)
        except CredentialsRefusedError as refused:
            if retype is None:
                raise
            credentials = retype(credentials, refused)
    return credentials, sign_in(service, credentials, codes, hint=hint)


def sign_in(
    service: Service, credentials: Credentials, codes: CodeSource, *, hint: str = "glomex login"
) -> Session:
    """Return a session, with a second challenge where the first one expires while a person types.

    Raises SignInError when the service refuses, with `hint` where it refuses every code, and
    whatever `codes` raises.
    """
    check_text(credentials)
    opened = service.open_session(credentials)
    if isinstance(opened, Session):
        return opened
    try:
        return _answer(service, opened, codes, None, hint)
    except ChallengeEndedError as ended:
        again = service.open_session(credentials)
        if isinstance(again, Session):
            return again
        return _answer(service, again, codes, ended, hint)


def _answer(
    service: Service,
    challenge: Challenge,
    codes: CodeSource,
    failure: GlomexError | None,
    hint: str,
) -> Session:
    """Try codes on one challenge."""
    for _ in range(_TRIES):
        code = _next_code(codes, failure)
        try:
            return service.answer_challenge(challenge, code)
        except CodeRefusedError as refused:
            failure = refused
    raise SignInError(f"no MFA code was accepted in {_TRIES} tries", hint)


def _next_code(codes: CodeSource, failure: GlomexError | None) -> str:
    """Return what can be a code; all else is asked again, never sent, and costs no try."""
    while True:
        typed = codes(failure)
        try:
            return parse_code(typed)
        except UsageError as unfit:
            failure = unfit
