"""The settings of a run: an option wins over the environment, the profile, the default."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from glomex_cli.config.defaults import DEFAULT_ENDPOINT
from glomex_cli.config.endpoint import Endpoint, parse_endpoint
from glomex_cli.config.profiles import Profile, checked_name, read_profiles
from glomex_cli.errors import ConfigurationError
from glomex_cli.models import ReportKind, StoreName

DEFAULT_STORE = StoreName.KEYRING


class Settings(NamedTuple):
    """The settings in force for one run; `login` and `tenant` are None where not set.

    `profile_option` is what to add to a command so that it uses this profile, such as ` -p acme`;
    empty for the one used without -p.
    """

    profile: str
    endpoint: Endpoint
    folder: Path
    login: str | None
    tenant: str | None
    kind: ReportKind
    store: StoreName
    profile_option: str = ""


def resolve_settings(
    environ: Mapping[str, str], *, profile: str | None = None, endpoint: str | None = None
) -> Settings:
    """Return the settings of a run: as given, else of the environment, the profile, the defaults.

    Raises ConfigurationError for what cannot be used, UsageError for a profile's name. At
    another endpoint than its own a profile's login and tenant do not count.
    """
    folder = config_folder(environ)
    profiles = read_profiles(folder)
    chosen = profiles.profile(checked_name(profile or profiles.default))
    where = parse_endpoint(endpoint or chosen.endpoint or DEFAULT_ENDPOINT)
    who = chosen if chosen.endpoint == where.name else Profile(chosen.name)
    return Settings(
        profile=chosen.name,
        endpoint=where,
        folder=folder,
        login=environ.get("GLOMEX_LOGIN") or who.login,
        tenant=environ.get("GLOMEX_TENANT") or who.tenant,
        kind=chosen.kind or ReportKind.CONTENT_OWNER,
        store=_store(environ.get("GLOMEX_STORE")) or chosen.store or DEFAULT_STORE,
        profile_option=f" -p {profile}" if profile else "",
    )


def _store(named: str | None) -> StoreName | None:
    if not named:
        return None
    if named not in set(StoreName):
        raise ConfigurationError(
            "GLOMEX_STORE names no store", f"set it to one of: {', '.join(StoreName)}"
        )
    return StoreName(named)


def cache_folder() -> Path:
    """Return the folder of what can be fetched again, where the system keeps caches."""
    import platformdirs

    return platformdirs.user_cache_path("glomex", appauthor=False)


def config_folder(environ: Mapping[str, str]) -> Path:
    """Return the folder of settings and credentials: GLOMEX_CONFIG_DIR, else the system's."""
    if named := environ.get("GLOMEX_CONFIG_DIR"):
        return Path(named)
    import platformdirs

    return platformdirs.user_config_path("glomex", appauthor=False)
