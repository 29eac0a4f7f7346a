"""Changes of `config.toml` on disk: one process at a time, whole or not at all.

Where `config.toml` is a link, as for people who keep their settings in a repository, the file
it leads to is written and the link stays.
"""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from glomex_cli.config.config_file import parse_config, parse_toml, read_config
from glomex_cli.config.endpoint import DEFAULT_PROFILE, parse_endpoint
from glomex_cli.config.profiles import (
    CONFIG_FILE,
    Profile,
    Profiles,
    checked_name,
    checked_report_name,
    profiles_in,
    read_profiles,
)
from glomex_cli.errors import ConfigurationError, UsageError
from glomex_cli.storage.errors import explained_files
from glomex_cli.storage.files import locked, replace_file


class _Config(NamedTuple):
    """The file as it is while its lock is held."""

    path: Path
    text: str
    document: dict[str, Any]
    found: Profiles


def write_profile(folder: Path, profile: Profile, *, make_default: bool) -> None:
    """Create or replace a profile; comments, and keys that are not ours, stay.

    Raises UsageError for a profile that cannot be written, and ConfigurationError where the
    file cannot be changed. A broken file is left as it is.
    """
    _refuse_unwritable(profile)
    name, entries = profile.name, _entries(profile)

    with _alone(folder) as config:
        tables: dict[str, Any] = config.document.get("profiles", {})

        def edit(text: str) -> str:
            from glomex_cli.config import toml_editor as editing

            place = editing.with_profile if name in tables else editing.with_new_profile
            changed = place(text, name, entries)
            return editing.with_default(changed, name) if make_default else changed

        table = {**tables.get(name, {}), **entries}
        kept = {key: value for key, value in table.items() if value is not None}
        default = {"default": name} if make_default else {}
        _save(config, edit, {**config.document, "profiles": {**tables, name: kept}, **default})


def set_default(folder: Path, name: str) -> None:
    """Make the profile of that name the one that is used without `--profile`.

    Raises UsageError where there is no such profile, ConfigurationError as `write_profile`.
    """

    def edit(text: str) -> str:
        from glomex_cli.config.toml_editor import with_default

        return with_default(text, name)

    checked_name(name)
    with _alone(folder) as config:
        if name not in config.found.profiles and name != DEFAULT_PROFILE:
            raise UsageError(f"there is no profile {name}", f"glomex login -p {name}")
        if name != config.found.default:
            _save(config, edit, {**config.document, "default": name})


def remove_profile(folder: Path, name: str) -> bool:
    """Remove a profile, as default too; return whether there was one.

    Raises UsageError for a bad name, ConfigurationError as `write_profile`.
    """

    def edit(text: str) -> str:
        from glomex_cli.config.toml_editor import without_profile

        return without_profile(text, name)

    checked_name(name)
    if not (folder / CONFIG_FILE).exists():
        return False
    with _alone(folder) as config:
        if name not in config.found.profiles:
            return False
        tables = {key: table for key, table in config.document["profiles"].items() if key != name}
        expected = {**config.document, "profiles": tables}
        if config.document.get("default") == name:
            del expected["default"]
        _save(config, edit, expected)
        return True


def save_report(folder: Path, name: str, options: str) -> bool:
    """Save the options of a report under a name; return whether that replaced others.

    Raises UsageError for a bad name, ConfigurationError as `write_profile`.
    """

    def edit(text: str) -> str:
        from glomex_cli.config.toml_editor import with_report

        return with_report(text, name, options)

    checked_report_name(name)
    with _alone(folder) as config:
        reports = {**config.document.get("reports", {}), name: options}
        _save(config, edit, {**config.document, "reports": reports})
        return name in config.found.reports


def remove_report(folder: Path, name: str) -> bool:
    """Remove a saved report; return whether there was one."""

    def edit(text: str) -> str:
        from glomex_cli.config.toml_editor import without_report

        return without_report(text, name)

    if name not in read_profiles(folder).reports:
        return False
    with _alone(folder) as config:
        kept = {key: text for key, text in config.found.reports.items() if key != name}
        _save(config, edit, {**config.document, "reports": kept})
        return name in config.found.reports


@contextmanager
def _alone(folder: Path) -> Generator[_Config]:
    path = folder / CONFIG_FILE
    with explained_files(path), locked(path):
        text = read_config(path) or ""
        yield _Config(path, text, parse_config(path, text), profiles_in(path, text))


def _save(config: _Config, edit: Callable[[str], str], expected: dict[str, Any]) -> None:
    """Write the edited text if it says what it should; an odd form may defeat the editor."""
    text = _edited(edit, config.text)
    if text is None or not _says(text, expected):
        raise ConfigurationError(
            f"{config.path} has a structure that glomex cannot edit",
            "give each profile its own table: [profiles.acme]",
        )
    if text != config.text:
        replace_file(config.path.resolve(), text.encode(), mode=0o600)


def _edited(edit: Callable[[str], str], text: str) -> str | None:
    """Return the edited text, or None. The editor's errors may quote the text: they end here."""
    try:
        edited = edit(text.replace("\r\n", "\n"))
    except Exception:  # noqa: BLE001 - whatever the library trips over
        return None
    return edited.replace("\n", "\r\n") if "\r\n" in text else edited


def _says(text: str, expected: dict[str, Any]) -> bool:
    """Return whether the text means this; empty tables do not matter."""
    document = parse_toml(text)
    none: dict[str, Any] = {"profiles": {}, "reports": {}}
    return isinstance(document, dict) and none | document == none | expected


def _entries(profile: Profile) -> dict[str, str | bool | None]:
    return {
        "endpoint": profile.endpoint,
        "login": profile.login,
        "tenant": profile.tenant,
        "as": profile.kind and profile.kind.value,
        "store": profile.store and profile.store.value,
        "remember": profile.remember or None,
        "service": profile.service and profile.service.value,
    }


def _refuse_unwritable(profile: Profile) -> None:
    """Find what no file can hold, and an endpoint with a password in it."""
    checked_name(profile.name)
    if profile.endpoint is not None:
        parse_endpoint(profile.endpoint)
    for key, text in (("login", profile.login), ("tenant", profile.tenant)):
        if text is not None and not _is_text(text):
            raise UsageError(f"the {key} contains invalid characters", "type it again")


def _is_text(text: str) -> bool:
    return not any("\ud800" <= character <= "\udfff" for character in text)
