"""Forgetting sign-ins: of every profile, from whichever store each is in.

What `status` tells of each profile: who, where, in which store, and for how long.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glomex_cli.auth.session import from_text
from glomex_cli.config.global_options import DEFAULT_PROFILE
from glomex_cli.config.profile_writer import remove_profile
from glomex_cli.config.profiles import Profile, read_profiles
from glomex_cli.config.settings import DEFAULT_STORE
from glomex_cli.errors import StoreError
from glomex_cli.models import Cell, Column, Report, Role

if TYPE_CHECKING:
    from glomex_cli.cli.context import Connection


def forget_all(connection: Connection) -> None:
    """Erase every profile's secrets, then the profile; tell of each.

    Goes on where a store fails, keeps that profile, and raises the first failure at the end.
    """
    folder = connection.settings.folder
    failures: list[StoreError] = []
    for profile in known_profiles(connection):
        try:
            connection.store(profile.store or DEFAULT_STORE).erase(profile.name)
        except StoreError as failure:
            failures.append(failure)
            connection.warn(f"not signed out of {profile.name}: {failure.message}")
            continue
        remove_profile(folder, profile.name)
        connection.say(f"signed out of {profile.name}")
    if failures:
        raise failures[0]


def known_profiles(connection: Connection) -> list[Profile]:
    """Give the profiles of the settings, and the usual one, which may have none."""
    profiles = read_profiles(connection.settings.folder).profiles
    if not profiles:
        return [Profile(DEFAULT_PROFILE, store=connection.settings.store)]
    return list(profiles.values())


_TEXTS = ("profile", "login", "tenant", "origin", "reports", "store")


_COLUMNS = (
    *(Column(name, Role.DIMENSION) for name in _TEXTS),
    Column("minutes_left", Role.METRIC),
    Column("renews", Role.DIMENSION),
)


def overview(connection: Connection) -> Report:
    """Give a row per profile, the one in use first; nothing in it is secret.

    `minutes_left` is 0 for a session that has ended, and empty where nobody is signed in.
    `renews` says whether an ended session is renewed unasked.
    """
    used = connection.settings.profile
    profiles = sorted(known_profiles(connection), key=lambda each: (each.name != used, each.name))
    return Report(_COLUMNS, [_row(connection, profile) for profile in profiles])


def _row(connection: Connection, profile: Profile) -> dict[str, Cell]:
    store = profile.store or DEFAULT_STORE
    text = connection.store(store).read(profile.name)
    found = from_text(text) if text else None
    return {
        "profile": profile.name,
        "login": found.login if found else profile.login,
        "tenant": found.tenant if found else profile.tenant,
        "origin": found.origin if found else None,
        "reports": found.kind if found else profile.kind,
        "store": store,
        "minutes_left": found.minutes_left(connection.runtime.now()) if found else None,
        "renews": "yes" if found and found.can_renew else "no",
    }
