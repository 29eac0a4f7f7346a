"""What a command works with, from its options, the environment and the defaults."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from glomex_cli.config.endpoint import Endpoint, parse_endpoint
from glomex_cli.config.global_options import DEFAULT_ENDPOINT, Flags
from glomex_cli.config.profiles import Profile, checked_name, read_profiles
from glomex_cli.errors import ConfigurationError
from glomex_cli.models import ReportKind, StoreName

DEFAULT_STORE = StoreName.KEYRING


class Settings(NamedTuple):
    """What holds for one run. Of login and tenant, None is what nobody has said."""

    profile: str
    endpoint: Endpoint
    folder: Path
    login: str | None
    tenant: str | None
    kind: ReportKind
    store: StoreName


def resolve(flags: Flags, environ: Mapping[str, str]) -> Settings:
    """Give the settings of a run: from the flags, else the environment, the profile, the defaults.

    Raises ConfigurationError for what cannot be used, UsageError for a profile's name. At
    another endpoint than its own a profile's login and tenant say nothing.
    """
    folder = config_folder(environ)
    profiles = read_profiles(folder)
    profile = profiles.profile(checked_name(flags.profile or profiles.default))
    endpoint = parse_endpoint(flags.endpoint or profile.endpoint or DEFAULT_ENDPOINT)
    who = profile if profile.endpoint == endpoint.name else Profile(profile.name)
    return Settings(
        profile=profile.name,
        endpoint=endpoint,
        folder=folder,
        login=environ.get("GLOMEX_LOGIN") or who.login,
        tenant=environ.get("GLOMEX_TENANT") or who.tenant,
        kind=profile.kind or ReportKind.CONTENT_OWNER,
        store=_store(environ.get("GLOMEX_STORE")) or profile.store or DEFAULT_STORE,
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
    """Give the folder of what can be learnt again, where the system keeps such things."""
    import platformdirs

    return platformdirs.user_cache_path("glomex", appauthor=False)


def config_folder(environ: Mapping[str, str]) -> Path:
    """Give the folder of settings and of the file store: GLOMEX_CONFIG_DIR, else the system's."""
    if named := environ.get("GLOMEX_CONFIG_DIR"):
        return Path(named)
    import platformdirs

    return platformdirs.user_config_path("glomex", appauthor=False)
