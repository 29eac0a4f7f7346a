"""All profiles: what `status` shows of each, and forgetting them all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glomex_cli.auth.session import load_session
from glomex_cli.config.defaults import DEFAULT_PROFILE, ServiceName
from glomex_cli.config.profile_writer import remove_profile
from glomex_cli.config.profiles import Profile, read_profiles
from glomex_cli.config.settings import DEFAULT_STORE, Settings
from glomex_cli.errors import StoreError
from glomex_cli.models import Cell, Column, Report, Role

if TYPE_CHECKING:
    from glomex_cli.auth.account import Account
    from glomex_cli.auth.session import SignIn


_TEXTS = ("profile", "login", "tenant", "origin", "reports", "store")
_COLUMNS = (
    *(Column(name, Role.DIMENSION) for name in _TEXTS),
    Column("minutes_left", Role.METRIC),
    Column("renews", Role.DIMENSION),
)


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
    """Return the profiles of config.toml, or the default one where there are none."""
    profiles = read_profiles(settings.folder).profiles
    if not profiles:
        return [Profile(DEFAULT_PROFILE, store=settings.store)]
    return list(profiles.values())


def overview(account: Account) -> Report:
    """Return a row per profile, the one in use first; nothing in it is secret.

    `minutes_left` is 0 for a session that has ended, and null where nobody is signed in.
    `renews` says whether an ended session is renewed without asking, or that it does not end.
    """
    used = account.settings.profile
    profiles = sorted(
        known_profiles(account.settings), key=lambda each: (each.name != used, each.name)
    )
    return Report(_COLUMNS, [_row(account, profile) for profile in profiles])


def _row(account: Account, profile: Profile) -> dict[str, Cell]:
    store = profile.store or DEFAULT_STORE
    text = account.store(store).read(profile.name)
    found = load_session(text) if text else None
    return {
        "profile": profile.name,
        "login": found.login if found else profile.login,
        "tenant": found.tenant if found else profile.tenant,
        "origin": found.origin if found else None,
        "reports": found.kind if found else profile.kind,
        "store": store,
        "minutes_left": found.minutes_left(account.now()) if found else None,
        "renews": _renewal(found),
    }


def _renewal(found: SignIn | None) -> str:
    if found and found.service is not ServiceName.GLOMEX:
        return "does not end"
    return "yes" if found and found.can_renew else "no"
