"""Forgetting sign-ins: of every profile, from whichever store each is in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glomex_cli.config.global_options import DEFAULT_PROFILE
from glomex_cli.config.model import Profile
from glomex_cli.config.profile_writer import remove_profile
from glomex_cli.config.profiles import read_profiles
from glomex_cli.config.settings import DEFAULT_STORE
from glomex_cli.errors import StoreError

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
