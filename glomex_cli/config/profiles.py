"""Profiles and saved reports: what they hold, their names, and how `config.toml` is read into them.

Keys that are not ours are left alone, and named: one may be misspelled.
"""

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from glomex_cli.config.config_file import (
    WrongValueError,
    choice_in,
    names_in,
    parse_config,
    read_config,
    table_in,
    value_in,
    word_in,
    wrong_value,
)
from glomex_cli.config.endpoint import DEFAULT_PROFILE, ServiceName
from glomex_cli.errors import ConfigurationError, UsageError
from glomex_cli.models import (
    BAD_PROFILE_NAME,
    GRAPHQL_NAME,
    METRIC_NAME,
    PROFILE_NAME,
    ReportKind,
    StoreName,
)
from glomex_cli.suggestions import closest, quoted

CONFIG_FILE = "config.toml"
# The formats that a terminal can show.
_FORMATS = ("table", "json", "ndjson", "csv", "tsv", "markdown")
_KEYS = ("default", "profiles", "reports")
_PROFILE_KEYS = (
    "endpoint", "login", "tenant", "as", "store", "remember", "service",
    "metrics", "last", "format", "dimension",
)  # fmt: skip
_LONGEST_KEY = 40


class Defaults(NamedTuple):
    """What a profile asks for where the command line does not say; empty or None where unset.

    `last` is a duration as `--last` takes it, `format` one of _FORMATS.
    """

    metrics: tuple[str, ...] = ()
    last: str | None = None
    format: str | None = None
    dimension: tuple[str, ...] = ()


NO_DEFAULTS = Defaults()


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
    defaults: Defaults = NO_DEFAULTS


class Profiles(NamedTuple):
    """All profiles by name, and the name of the one that is used without `--profile`.

    `default` need not be among them: a sign-in works without any settings. `reports` maps the
    name of each saved report to its options, as they are typed. `unknown` lists the keys that
    are not ours, dotted, each with the one that was likely meant.
    """

    default: str
    profiles: Mapping[str, Profile]
    reports: Mapping[str, str] = MappingProxyType({})
    unknown: tuple[str, ...] = ()

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


def is_report_name(text: str) -> bool:
    """Return whether a saved report may have this name: that of a profile, and no option."""
    return is_name(text) and not text.startswith("-")


def checked_report_name(name: str) -> str:
    """Return the name a person typed for a report to save, or raise UsageError."""
    if not is_report_name(name):
        raise UsageError(
            f"a saved report cannot be called {quoted(name)}",
            "use 1 to 64 letters, digits, dots, dashes or underscores",
        )
    return name


def broken_report(folder: Path, name: str, problem: str) -> ConfigurationError:
    """Return the error for a saved report that cannot be run, with file, line and key."""
    path = folder / CONFIG_FILE
    return wrong_value(path, read_config(path) or "", ("reports", name), problem)


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
    except WrongValueError as wrong:
        raise wrong_value(path, text, wrong.keys, wrong.problem) from None


def _profiles(document: dict[str, Any]) -> Profiles:
    default = value_in(document, ("default",), str, "text") or DEFAULT_PROFILE
    if not is_name(default):
        raise WrongValueError(("default",), "default is not a valid profile name")
    tables = table_in(document, ("profiles",))
    profiles = {name: _profile(tables, name) for name in tables}
    unknown = [*_unknown(document, (), _KEYS)]
    for name in tables:
        unknown += _unknown(tables[name], ("profiles", name), _PROFILE_KEYS)
    return Profiles(default, profiles, _saved(document), tuple(unknown))


def _unknown(
    table: Mapping[str, Any], place: tuple[str, ...], known: Collection[str]
) -> Iterator[str]:
    for key in table:
        if key not in known:
            like = closest(key, known)
            meant = f" (did you mean {like}?)" if like else ""
            yield f"{'.'.join((*place, _short(key)))}{meant}"


def _short(key: str) -> str:
    return key if len(key) <= _LONGEST_KEY else f"{key[:_LONGEST_KEY]}…"


def _saved(document: dict[str, Any]) -> dict[str, str]:
    """Return the saved reports by name."""
    tables = table_in(document, ("reports",))
    for name in tables:
        if not is_report_name(name):
            raise WrongValueError(("reports", name), "reports contains an invalid name")
    return {name: value_in(tables, ("reports", name), str, "text") or "" for name in tables}


def _profile(tables: dict[str, Any], name: str) -> Profile:
    place = ("profiles", name)
    if not is_name(name):
        raise WrongValueError(place, "profiles contains an invalid name")
    table = table_in(tables, place)
    return Profile(
        name=name,
        endpoint=value_in(table, (*place, "endpoint"), str, "text"),
        login=value_in(table, (*place, "login"), str, "text"),
        tenant=value_in(table, (*place, "tenant"), str, "text"),
        kind=choice_in(table, (*place, "as"), ReportKind),
        store=choice_in(table, (*place, "store"), StoreName),
        remember=bool(value_in(table, (*place, "remember"), bool, "true or false")),
        service=choice_in(table, (*place, "service"), ServiceName),
        defaults=_defaults(table, place),
    )


def _defaults(table: dict[str, Any], place: tuple[str, ...]) -> Defaults:
    return Defaults(
        metrics=names_in(table, (*place, "metrics"), METRIC_NAME),
        last=_duration(table, (*place, "last")),
        format=word_in(table, (*place, "format"), _FORMATS),
        dimension=names_in(table, (*place, "dimension"), GRAPHQL_NAME),
    )


def _duration(table: dict[str, Any], keys: tuple[str, ...]) -> str | None:
    text = value_in(table, keys, str, "text")
    if text is not None:
        from glomex_cli.dates.durations import parse_duration

        try:
            parse_duration(text)
        except UsageError:
            problem = f"{'.'.join(keys)} is not a duration such as 14d or 4w"
            raise WrongValueError(keys, problem) from None
    return text
