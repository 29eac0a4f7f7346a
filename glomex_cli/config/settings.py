"""The settings of a run: an option wins over the environment, the profile, the default."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from glomex_cli.config.endpoint import (
    DEFAULTS,
    MUX_SANDBOX,
    SANDBOX,
    Endpoint,
    ServiceName,
    parse_endpoint,
)
from glomex_cli.config.profiles import (
    CONFIG_FILE,
    NO_DEFAULTS,
    Defaults,
    Profile,
    Profiles,
    checked_name,
    read_profiles,
)
from glomex_cli.errors import ConfigurationError
from glomex_cli.models import ReportKind, StoreName
from glomex_cli.storage.errors import NO_HOME

DEFAULT_STORE = StoreName.KEYRING


class Settings(NamedTuple):
    """The settings in force for one run; `login` and `tenant` are None where not set.

    `profile_option` is what to add to a command so that it uses this profile, such as ` -p acme`;
    empty for the one used without -p. `is_endpoint_given` says whether option or environment
    name the endpoint, not the profile. Where no option, variable or profile names a store, the
    default one is used, but none where none is needed: the environment alone can sign in, or
    nobody has signed in to the embedded sandbox. `defaults` are those of the profile, `notes`
    what is odd in the file.
    """

    profile: str
    endpoint: Endpoint
    folder: Path
    login: str | None
    tenant: str | None
    kind: ReportKind
    store: StoreName
    profile_option: str = ""
    service: ServiceName = ServiceName.GLOMEX
    is_endpoint_given: bool = False
    is_store_named: bool = True
    defaults: Defaults = NO_DEFAULTS
    notes: tuple[str, ...] = ()

    @property
    def login_store(self) -> StoreName:
        """The store of a sign-in by hand: without a named one it is to be kept."""
        return self.store if self.is_store_named else DEFAULT_STORE


def resolve_settings(
    environ: Mapping[str, str],
    *,
    profile: str | None = None,
    endpoint: str | None = None,
    service: ServiceName | None = None,
) -> Settings:
    """Return the settings of a run: as given, else of the environment, the profile, the defaults.

    Raises ConfigurationError for what cannot be used, UsageError for a profile's name. At
    another endpoint than its own a profile's login and tenant do not count. Without `profile`,
    an embedded sandbox, or a service other than the usual profile's, has a profile of its own,
    called after it.
    """
    folder = config_folder(environ)
    profiles = read_profiles(folder)
    named = parse_endpoint(_address(endpoint, service)) if endpoint else None
    wanted = service or _told_by(named)
    chosen = profiles.profile(checked_name(profile or _usual(profiles, wanted, named)))
    stored = None if wanted and wanted is not service_of(chosen) else chosen.endpoint
    asked = wanted or service_of(chosen)
    where = named or parse_endpoint(stored or DEFAULTS[asked].endpoint)
    who = chosen if chosen.endpoint == where.name else Profile(chosen.name)
    is_glomex = asked is ServiceName.GLOMEX
    store = _store(environ.get("GLOMEX_STORE")) or chosen.store
    needs_none = (is_glomex and is_complete(environ)) or (
        where.is_sandbox and chosen.endpoint != where.name
    )
    return Settings(
        profile=chosen.name,
        endpoint=where,
        folder=folder,
        login=(environ.get("GLOMEX_LOGIN") if is_glomex else None) or who.login,
        tenant=(environ.get("GLOMEX_TENANT") if is_glomex else None) or who.tenant,
        kind=(chosen.kind if is_glomex else None) or DEFAULTS[asked].kind,
        store=store or (StoreName.NONE if needs_none else DEFAULT_STORE),
        profile_option=f" -p {profile}" if profile else _option(chosen, profiles),
        service=asked,
        is_endpoint_given=named is not None,
        is_store_named=store is not None,
        defaults=chosen.defaults,
        notes=_notes(folder, profiles),
    )


def _notes(folder: Path, profiles: Profiles) -> tuple[str, ...]:
    if not profiles.unknown:
        return ()
    keys = "an unknown key" if len(profiles.unknown) == 1 else "unknown keys"
    return (f"{folder / CONFIG_FILE} has {keys}: {', '.join(profiles.unknown)}",)


def service_of(profile: Profile) -> ServiceName:
    """Return the service that a profile signs in to; Glomex where it does not say."""
    if profile.service or not profile.endpoint:
        return profile.service or ServiceName.GLOMEX
    try:
        return parse_endpoint(profile.endpoint).service
    except ConfigurationError:  # told where that endpoint is used
        return ServiceName.GLOMEX


def _address(endpoint: str, service: ServiceName | None) -> str:
    return MUX_SANDBOX if endpoint == SANDBOX and service is ServiceName.MUX else endpoint


def _told_by(endpoint: Endpoint | None) -> ServiceName | None:
    """Return the service that an address names by itself: Mux's own, or a sandbox."""
    if endpoint is None or not (endpoint.is_sandbox or endpoint.service is ServiceName.MUX):
        return None
    return endpoint.service


def _usual(profiles: Profiles, wanted: ServiceName | None, named: Endpoint | None) -> str:
    """Return the profile used without -p: the default one, if it is of the service wanted.

    A sign-in to an embedded sandbox never takes the place of a real one.
    """
    if named and named.is_sandbox and profiles.profile(profiles.default).endpoint != named.name:
        return named.name
    if wanted is None or wanted is service_of(profiles.profile(profiles.default)):
        return profiles.default
    return DEFAULTS[wanted].profile


def _option(chosen: Profile, profiles: Profiles) -> str:
    return "" if chosen.name == profiles.default else f" -p {chosen.name}"


def is_complete(environ: Mapping[str, str]) -> bool:
    """Return whether the environment alone can sign in, so that no store is needed."""
    return all(environ.get(f"GLOMEX_{name}") for name in ("LOGIN", "TENANT", "PASSWORD"))


def _store(named: str | None) -> StoreName | None:
    if not named:
        return None
    if named not in set(StoreName):
        raise ConfigurationError(
            "GLOMEX_STORE is not a known store", f"set it to one of: {', '.join(StoreName)}"
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
