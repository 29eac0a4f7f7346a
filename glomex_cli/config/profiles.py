"""Profiles: what one holds, what it may be called, and how `config.toml` is read into them.

Keys that are not ours are ignored.
"""

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple, TypeVar, cast

from glomex_cli.config.config_file import parse_config, read_config, wrong_value
from glomex_cli.config.endpoint import DEFAULT_PROFILE, ServiceName
from glomex_cli.errors import UsageError
from glomex_cli.models import BAD_PROFILE_NAME, PROFILE_NAME, ReportKind, StoreName

CONFIG_FILE = "config.toml"
_T = TypeVar("_T")
_E = TypeVar("_E", bound=StrEnum)


class Profile(NamedTuple):
    """The settings of one sign-in; None where nothing was set. Never a secret."""

    name: str
    endpoint: str | None = None
    login: str | None = None
    tenant: str | None = None
    kind: ReportKind | None = None
    store: StoreName | None = None
    remember: bool = False
    service: ServiceName | None = None


class Profiles(NamedTuple):
    """All profiles by name, and the name of the one that is used without `--profile`.

    `default` need not be among them: a sign-in works without any settings.
    """

    default: str
    profiles: Mapping[str, Profile]

    def profile(self, name: str) -> Profile:
        """Return the profile of that name, an empty one where nothing was set."""
        return self.profiles.get(name) or Profile(name)


NO_PROFILES = Profiles(DEFAULT_PROFILE, {})


def is_name(text: str) -> bool:
    """Return whether a profile may have this name: the same names can be keys of a store."""
    return PROFILE_NAME.fullmatch(text) is not None


def checked_name(name: str) -> str:
    """Return the name a person typed for a profile, or raise UsageError.

    >>> checked_name("acme.de-2")
    'acme.de-2'
    """
    if not is_name(name):
        raise UsageError(*BAD_PROFILE_NAME)
    return name


class _WrongValueError(Exception):
    """A value that cannot be used: its place, and what is expected. Never the value itself."""

    def __init__(self, keys: tuple[str, ...], problem: str) -> None:
        super().__init__(problem)
        self.keys = keys
        self.problem = problem


def read_profiles(folder: Path) -> Profiles:
    """Read the profiles in the settings folder; none where there is no file.

    Raises ConfigurationError, with file, line and key, for a file that cannot be used.
    """
    path = folder / CONFIG_FILE
    text = read_config(path)
    return NO_PROFILES if text is None else profiles_in(path, text)


def profiles_in(path: Path, text: str) -> Profiles:
    """Parse the text of the file at `path` into profiles."""
    try:
        return _profiles(parse_config(path, text))
    except _WrongValueError as wrong:
        raise wrong_value(path, text, wrong.keys, wrong.problem) from None


def _profiles(document: dict[str, Any]) -> Profiles:
    default = _value(document, ("default",), str, "text") or DEFAULT_PROFILE
    if not is_name(default):
        raise _WrongValueError(("default",), "default is no profile name")
    tables = _table(document, ("profiles",))
    return Profiles(default, {name: _profile(tables, name) for name in tables})


def _profile(tables: dict[str, Any], name: str) -> Profile:
    place = ("profiles", name)
    if not is_name(name):
        raise _WrongValueError(place, "profiles holds a name that no profile can have")
    table = _table(tables, place)
    return Profile(
        name=name,
        endpoint=_value(table, (*place, "endpoint"), str, "text"),
        login=_value(table, (*place, "login"), str, "text"),
        tenant=_value(table, (*place, "tenant"), str, "text"),
        kind=_choice(table, (*place, "as"), ReportKind),
        store=_choice(table, (*place, "store"), StoreName),
        remember=bool(_value(table, (*place, "remember"), bool, "true or false")),
        service=_choice(table, (*place, "service"), ServiceName),
    )


def _table(table: dict[str, Any], keys: tuple[str, ...]) -> dict[str, Any]:
    return cast("dict[str, Any]", _value(table, keys, dict, "a table")) or {}


def _value(table: dict[str, Any], keys: tuple[str, ...], kind: type[_T], called: str) -> _T | None:
    """Return the value of the last key, or None where it is missing."""
    value = table.get(keys[-1])
    if value is None or isinstance(value, kind):
        return value
    raise _WrongValueError(keys, f"{'.'.join(keys)} is not {called}")


def _choice(table: dict[str, Any], keys: tuple[str, ...], choices: type[_E]) -> _E | None:
    text = _value(table, keys, str, "text")
    for choice in choices:
        if choice == text:
            return choice
    if text is None:
        return None
    raise _WrongValueError(keys, f"{'.'.join(keys)} is none of: {', '.join(choices)}")
