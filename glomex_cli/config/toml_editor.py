"""Changes to the text of `config.toml` that leave the rest as a person wrote it. No effects.

tomlkit keeps comments, but puts a new key below a comment that is about the next table, and
takes that comment along with the table above it; so a table's last comments are set aside.
"""

from collections.abc import Mapping
from typing import Any, cast

import tomlkit
from tomlkit.items import AbstractTable, Whitespace

_Body = list[tuple[Any, Any]]


def with_default(text: str, name: str) -> str:
    """Set the default profile, in a new first line where none was set."""
    document = tomlkit.parse(text)
    if "default" not in document:
        return f'default = "{name}"\n' + ("\n" + text if text else "")
    document["default"] = name
    return tomlkit.dumps(document)


def with_profile(text: str, name: str, entries: Mapping[str, str | bool | None]) -> str:
    """Set keys of a profile that is there, and remove those that are None."""
    document = tomlkit.parse(text)
    table: Any = cast("Any", document)["profiles"][name]
    tail = _take_tail(table)
    for key, value in entries.items():
        if value is not None and (key not in table or table[key] != value):
            table[key] = value
        elif value is None and key in table:
            del table[key]
    if tail:
        table.value.body.extend(tail)
    return tomlkit.dumps(document)


def with_new_profile(text: str, name: str, entries: Mapping[str, str | bool | None]) -> str:
    """Add a profile at the end, without parsing the rest."""
    table = tomlkit.table()
    for key, value in entries.items():
        if value is not None:
            table[key] = value
    return _below(text, f"[profiles.{tomlkit.key(name).as_string()}]\n{table.as_string()}")


def without_profile(text: str, name: str) -> str:
    """Remove a profile with all its keys, but not the comment above the next one."""
    document = tomlkit.parse(text)
    profiles: Any = document["profiles"]
    tail = "".join(item.as_string() for _, item in _take_tail(profiles[name]))
    body: _Body = profiles.value.body if isinstance(profiles, AbstractTable) else []
    place = next((at for at, (key, _) in enumerate(body) if key and key.key == name), None)
    del profiles[name]
    if place is not None and tail:
        body[place] = (None, Whitespace(tail))
    if "default" in document and document["default"] == name:
        document.remove("default")
    return tomlkit.dumps(document)


def with_report(text: str, name: str, options: str) -> str:
    """Save the options of a report, in a table at the end where there is none."""
    document = tomlkit.parse(text)
    if "reports" not in document:
        table = tomlkit.table()
        table[name] = options
        return _below(text, f"[reports]\n{table.as_string()}")
    saved: Any = document["reports"]
    tail = _take_tail(saved)
    saved[name] = options
    if tail:
        saved.value.body.extend(tail)
    return tomlkit.dumps(document)


def without_report(text: str, name: str) -> str:
    """Remove a saved report."""
    document = tomlkit.parse(text)
    cast("Any", document)["reports"].pop(name, None)
    return tomlkit.dumps(document)


def _below(text: str, table: str) -> str:
    above = text if not text or text.endswith("\n") else text + "\n"
    between = "\n" if above else ""
    return f"{above}{between}{table}"


def _take_tail(table: Any) -> _Body:
    """Take what follows a table's last key out of it: comments, blank lines."""
    body: _Body = table.value.body if isinstance(table, AbstractTable) else []
    end = len(body)
    while end and body[end - 1][0] is None:
        end -= 1
    tail = body[end:]
    del body[end:]
    return tail
