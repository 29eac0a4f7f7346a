"""Profiles: the accounts, endpoints and stores a person names, in `config.toml`. No secrets."""

from glomex_cli.profiles.model import Profile, Profiles, checked_name
from glomex_cli.profiles.reading import read_profiles
from glomex_cli.profiles.writing import remove_profile, set_default, write_profile

__all__ = [
    "Profile",
    "Profiles",
    "checked_name",
    "read_profiles",
    "remove_profile",
    "set_default",
    "write_profile",
]
