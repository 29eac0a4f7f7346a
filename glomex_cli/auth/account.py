"""Accounts: one profile at one endpoint with its sign-in, and what `status` shows of all."""

from __future__ import annotations

from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from glomex_cli.auth.session import SignIn, load_session
from glomex_cli.config.endpoint import ServiceName
from glomex_cli.config.profile_writer import remove_profile
from glomex_cli.config.profiles import Profile, read_profiles
from glomex_cli.config.settings import DEFAULT_STORE, Settings
from glomex_cli.errors import SignInError, StoreError
from glomex_cli.models import Cell, Column, Report, Role, Secret, StoreName

# Most commands find a valid token: what signs in is imported where it is used.
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from glomex_cli.auth.totp import Seed
    from glomex_cli.concurrency import Deadline
    from glomex_cli.config.settings import Settings
    from glomex_cli.interfaces import Service
    from glomex_cli.storage.base import SecretStore
    from glomex_cli.terminal.screen import Talk

_TEXTS = ("profile", "login", "tenant", "origin", "reports", "store")
_COLUMNS = (
    *(Column(name, Role.DIMENSION) for name in _TEXTS),
    Column("minutes_left", Role.METRIC),
    Column("renews", Role.DIMENSION),
)


class Account:
    """A profile with its endpoint, its store and the person who can be asked.

    Settings and service are opened when they are first needed: what uses GLOMEX_TOKEN alone, or
    only reads the store, does not pay for them.
    """

    def __init__(  # noqa: PLR0913 - each is opened by the caller, who shares it
        self,
        *,
        open_settings: Callable[[], Settings],
        environ: Mapping[str, str],
        now: Callable[[], datetime],
        talk: Talk,
        open_service: Callable[[], Service],
        limit: Callable[[], Deadline] | None = None,
    ) -> None:
        """Sign in within `limit`, the deadline that a person set; without one as codes need."""
        self._open_settings = open_settings
        self.environ = environ
        self.now = now
        self.talk = talk
        self.limit = limit
        self._open_service = open_service

    @cached_property
    def settings(self) -> Settings:
        """Profile, endpoint and folder."""
        return self._open_settings()

    @cached_property
    def service(self) -> Service:
        """The service at the endpoint."""
        return self._open_service()

    def store(self, name: StoreName | None = None) -> SecretStore:
        """Return the named store, or that of the settings."""
        from glomex_cli.storage.base import open_store

        return open_store(
            name or self.settings.store,
            folder=self.settings.folder,
            environ=self.environ,
            interactive=self.talk.is_interactive,
            notify=self.talk.say,
        )

    @property
    def given_token(self) -> str:
        """A token that is used as it is, without opening any store; else empty."""
        return self.environ.get("GLOMEX_TOKEN", "") or self._ready_token[0]

    def checked_token(self) -> Secret:
        """Return the given token; SignInError for one that this service does not have.

        Only an id and its secret, joined by a colon, need the settings to be read.
        """
        from glomex_cli.auth.session import access_token, bearer_token

        is_pair = ":" in self.given_token and self.settings.service is ServiceName.MUX
        check = access_token if is_pair else bearer_token
        return check(self.given_token, source=self.token_source)

    @property
    def token_source(self) -> str:
        """Where the given token is from: GLOMEX_TOKEN, or what the service reads."""
        return "GLOMEX_TOKEN" if self.environ.get("GLOMEX_TOKEN") else self._ready_token[1]

    @cached_property
    def _ready_token(self) -> tuple[str, str]:
        if self.settings.service is ServiceName.GLOMEX:
            return "", ""
        from glomex_cli.auth.session import ready_token

        return ready_token(self.settings, self.environ)

    @property
    def given_password(self) -> Secret | None:
        """The password in GLOMEX_PASSWORD."""
        given = self.environ.get("GLOMEX_PASSWORD")
        return Secret(given) if given else None

    @property
    def can_sign_in(self) -> bool:
        """Whether login, tenant and password are all in the environment."""
        from glomex_cli.config.settings import is_complete

        return self.settings.service is ServiceName.GLOMEX and is_complete(self.environ)

    @property
    def given_seed(self) -> Seed | None:
        """The TOTP secret in GLOMEX_TOTP_SECRET; reading it raises UsageError for a bad one."""
        from glomex_cli.auth.totp import parse_seed

        given = self.environ.get("GLOMEX_TOTP_SECRET")
        return parse_seed(given) if given else None


def nobody_at(settings: Settings) -> SignInError:
    """Return the failure of a profile that nobody is signed in with, which may be misspelled."""
    from glomex_cli.suggestions import closest

    names = read_profiles(settings.folder).profiles
    like = None if settings.profile in names else closest(settings.profile, names)
    if like is not None:
        return SignInError(f"there is no profile {settings.profile}", f"did you mean -p {like}?")
    hint = f"glomex login{settings.profile_option}"
    return SignInError(f"not signed in to {settings.endpoint.host}", hint)


def forget_all(account: Account) -> None:
    """Erase every profile's secrets, then the profile, with a note on each.

    Goes on where a store fails, keeps that profile, and raises the first failure at the end.
    """
    folder = account.settings.folder
    failures: list[StoreError] = []
    for profile in known_profiles(account.settings):
        try:
            account.store(profile.store or DEFAULT_STORE).erase(profile.name)
        except StoreError as failure:
            failures.append(failure)
            account.talk.warn(f"not signed out of {profile.name}: {failure.message}")
            continue
        remove_profile(folder, profile.name)
        account.talk.say(f"signed out of {profile.name}")
    if failures:
        raise failures[0]


def known_profiles(settings: Settings) -> list[Profile]:
    """Return the profiles of config.toml, or the one in use where there are none."""
    profiles = read_profiles(settings.folder).profiles
    return list(profiles.values()) or [Profile(settings.profile, store=settings.store)]


class ProfileState(NamedTuple):
    """A profile, the store it is kept in, its sign-in if there is one, and whether it is in use.

    `renews_itself` says whether a session is made or renewed without asking anyone.
    """

    profile: Profile
    store: StoreName
    found: SignIn | None = None
    is_used: bool = False
    renews_itself: bool = False


def states(account: Account, *, signs_in_by_itself: bool) -> list[ProfileState]:
    """Return the state of every profile, the one in use first; StoreError where it has none.

    `signs_in_by_itself` says whether that one needs no person to sign in. Warns of another whose
    store cannot be read.
    """
    settings = account.settings
    profiles = {profile.name: profile for profile in known_profiles(settings)}
    used = profiles.pop(settings.profile, Profile(settings.profile, store=settings.store))
    first = _state(account, used)
    others = [_state_of_other(account, profiles[name]) for name in sorted(profiles)]
    renews = first.renews_itself or signs_in_by_itself
    return [first._replace(is_used=True, renews_itself=renews), *others]


def _state_of_other(account: Account, profile: Profile) -> ProfileState:
    try:
        return _state(account, profile)
    except StoreError as failure:
        account.talk.warn(f"{profile.name} cannot be read: {failure.message}")
        return ProfileState(profile, profile.store or DEFAULT_STORE)


def _state(account: Account, profile: Profile) -> ProfileState:
    store = profile.store or DEFAULT_STORE
    text = account.store(store).read(profile.name)
    found = load_session(text) if text else None
    return ProfileState(profile, store, found, renews_itself=bool(found and found.can_renew))


def overview(account: Account, found: list[ProfileState]) -> Report:
    """Return a row per profile, in the order given; nothing in it is secret.

    `minutes_left` is 0 for a session that has ended, and null where nobody is signed in.
    `renews` says whether an ended session is renewed without asking, or that it does not end.
    """
    return Report(_COLUMNS, [_row(state, account.now()) for state in found])


def _row(state: ProfileState, now: datetime) -> dict[str, Cell]:
    profile, found = state.profile, state.found
    return {
        "profile": profile.name,
        "login": found.login if found else profile.login,
        "tenant": found.tenant if found else profile.tenant,
        "origin": found.origin if found else None,
        "reports": found.kind if found else profile.kind,
        "store": state.store,
        "minutes_left": found.minutes_left(now) if found else None,
        "renews": _renewal(state),
    }


def _renewal(state: ProfileState) -> str:
    if state.found and state.found.service is not ServiceName.GLOMEX:
        return "does not expire"
    return "yes" if state.renews_itself else "no"


def where_kept(store: StoreName, folder: Path) -> str:
    """Return where a store keeps sign-ins: `the keyring`, or the file, from `~` where that is."""
    if store is not StoreName.FILE:
        return f"the {store}"
    from glomex_cli.storage.base import CREDENTIALS_FILE

    file = folder / CREDENTIALS_FILE
    with suppress(ValueError, RuntimeError):  # another folder, or no home
        return str(Path("~") / file.relative_to(Path.home()))
    return str(file)
