"""The settings of a run: an option wins over the environment, the profile, the default."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from glomex_cli.config.defaults import DEFAULT_ENDPOINT
from glomex_cli.config.endpoint import Endpoint, parse_endpoint
from glomex_cli.config.profiles import Profile, checked_name, read_profiles
from glomex_cli.errors import ConfigurationError
from glomex_cli.models import ReportKind, StoreName
from glomex_cli.storage.errors import NO_HOME

DEFAULT_STORE = StoreName.KEYRING


class Settings(NamedTuple):
    """The settings in force for one run; `login` and `tenant` are None where not set.

    `profile_option` is what to add to a command so that it uses this profile, such as ` -p acme`;
    empty for the one used without -p. Where no option, variable or profile names a store, the
    default one is used, but none where the environment alone can sign in.
    """

    profile: str
    endpoint: Endpoint
    folder: Path
    login: str | None
    tenant: str | None
    kind: ReportKind
    store: StoreName
    profile_option: str = ""
    is_store_named: bool = True

    @property
    def login_store(self) -> StoreName:
        """The store of a sign-in by hand: without a named one it is to be kept."""
        return self.store if self.is_store_named else DEFAULT_STORE


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
    named = _store(environ.get("GLOMEX_STORE")) or chosen.store
    return Settings(
        profile=chosen.name,
        endpoint=where,
        folder=folder,
        login=environ.get("GLOMEX_LOGIN") or who.login,
        tenant=environ.get("GLOMEX_TENANT") or who.tenant,
        kind=chosen.kind or ReportKind.CONTENT_OWNER,
        store=named or (StoreName.NONE if is_complete(environ) else DEFAULT_STORE),
        profile_option=f" -p {profile}" if profile else "",
        is_store_named=named is not None,
    )


def is_complete(environ: Mapping[str, str]) -> bool:
    """Return whether the environment alone can sign in, so that no store is needed."""
    return all(environ.get(f"GLOMEX_{name}") for name in ("LOGIN", "TENANT", "PASSWORD"))


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

    return _usable(lambda: platformdirs.user_cache_path("glomex", appauthor=False))


def config_folder(environ: Mapping[str, str]) -> Path:
    """Return the folder of settings and credentials: GLOMEX_CONFIG_DIR, else the system's.

    Without a home folder, or in one of another user, there are no settings: what has to be
    written there fails, and names the variable.
    """
    if named := environ.get("GLOMEX_CONFIG_DIR"):
        return Path(named)
    import platformdirs

    return _usable(lambda: platformdirs.user_config_path("glomex", appauthor=False))


def _usable(find: Callable[[], Path]) -> Path:
    """Return a folder, or one in which nothing can be where this user has or may see none."""
    try:
        folder = find()
    except RuntimeError:  # no HOME, and a user without an entry in the system's list
        return NO_HOME
    try:
        folder.stat()
    except PermissionError:
        return NO_HOME
    except OSError:
        pass  # not there yet
    return folder
