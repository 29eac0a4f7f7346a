"""The operating system's keyring: which of four classes of the keyring library is used.

The library's own search would import every installed plug-in and may choose a plain-text file.
Two settings of that library are honored, PYTHON_KEYRING_BACKEND and `default-keyring` in
keyringrc.cfg; a third, `keyring-path`, is not: it would let a file choose the code we run.
Only this module loads keyring, and only at the first use: that takes 80 ms.
"""

import configparser
import importlib
import sys
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from operator import attrgetter
from pathlib import Path
from typing import Protocol, cast

from glomex_cli.errors import StoreError
from glomex_cli.storage.errors import keyring_misconfigured, no_keyring, shell_quoted
from glomex_cli.storage.files import read_plain, replace_file

_VARIABLE = "PYTHON_KEYRING_BACKEND"
SECRET_SERVICE = "keyring.backends.SecretService.Keyring"  # noqa: S105 - the name of a class
KWALLET = "keyring.backends.kwallet.DBusKeyring"
MACOS = "keyring.backends.macOS.Keyring"
WINDOWS = "keyring.backends.Windows.WinVaultKeyring"
ALLOWED = (SECRET_SERVICE, KWALLET, MACOS, WINDOWS)
_NOTE = "keyring-backend"
_MOST_BYTES = 1024 * 1024
# A class that cannot work here raises when it is asked for its priority.
_priority = attrgetter("priority")
_OWN = {"win32": (WINDOWS,), "darwin": (MACOS,)}
_DESKTOP = (SECRET_SERVICE, KWALLET)


def configured_backend(environ: Mapping[str, str], *, allowed: Collection[str]) -> str | None:
    """Return the name of the keyring class a person chose, or None when the choice is ours.

    A choice that is not among `allowed` is an error that names where it was made, never what
    was written there: to go on with another keyring would be a surprise, and to obey might
    keep secrets in plain text or nowhere.
    """
    named = environ.get(_VARIABLE, "").strip()
    if named:
        if named in allowed:
            return named
        raise keyring_misconfigured(_VARIABLE, f"unset {_VARIABLE}")
    file = keyring_config_file(environ)
    default = _named_in(file)
    if default is None or default in allowed:
        return default
    raise _unusable(file)


def keyring_config_file(environ: Mapping[str, str], *, platform: str = sys.platform) -> Path:
    """Return the path where the keyring library looks for its settings."""
    if platform == "win32":
        root = environ.get("LOCALAPPDATA") or environ.get("ProgramData") or "."
        return Path(root, "Python Keyring", "keyringrc.cfg")
    home = environ.get("HOME") or Path.home()
    root = environ.get("XDG_CONFIG_HOME") or str(Path(home, ".config"))
    return Path(root, "python_keyring", "keyringrc.cfg")


def _named_in(file: Path) -> str | None:
    config = configparser.RawConfigParser()
    try:
        config.read_string(read_plain(file, limit=_MOST_BYTES).decode("utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError, configparser.Error):
        broken = True
    else:
        broken = False
    if broken:  # outside `except`: a parser's error quotes the line
        raise _unusable(file)
    return config.get("backend", "default-keyring", fallback="").strip() or None


def _unusable(file: Path) -> StoreError:
    return keyring_misconfigured(str(file), f"correct it, or rm {shell_quoted(file)}")


class Backend(Protocol):
    """What we use of a class of the keyring library."""

    def get_password(self, service: str, username: str, /) -> str | None:
        """Return the text kept for a user of a service, or None."""
        ...

    def set_password(self, service: str, username: str, password: str, /) -> None:
        """Write a text in place of an older one."""
        ...

    def delete_password(self, service: str, username: str, /) -> None:
        """Erase a text; raise where there is none."""
        ...


def known_backend(folder: Path, environ: Mapping[str, str]) -> str | None:
    """Return the class of the keyring that a person chose, else of the one that worked last."""
    return configured_backend(environ, allowed=ALLOWED) or _noted(folder / _NOTE, ALLOWED)


class SystemBackend:
    """The keyring that a person chose, that worked last time, or that works here.

    Reading trusts the note about the one that worked, which saves a search; before writing, it
    is checked that this one still works. Any call may hang or raise anything.
    """

    def __init__(
        self, *, folder: Path, environ: Mapping[str, str], platform: str = sys.platform
    ) -> None:
        self._note = folder / _NOTE
        self._environ = environ
        self._candidates = _OWN.get(platform, _DESKTOP)
        self._loaded: Backend | None = None
        self._works = False

    def get_password(self, service: str, username: str, /) -> str | None:
        """Return what is kept, and note which keyring had it."""
        backend = self._quickly()
        text = backend.get_password(service, username)
        if text is not None:
            self._remember(backend)
        return text

    def set_password(self, service: str, username: str, password: str, /) -> None:
        """Write a text to a keyring that says it works."""
        self._carefully().set_password(service, username, password)

    def delete_password(self, service: str, username: str, /) -> None:
        """Erase a text where it was kept."""
        self._quickly().delete_password(service, username)

    def _quickly(self) -> Backend:
        if self._loaded is None:
            name = configured_backend(self._environ, allowed=ALLOWED) or self._remembered()
            self._loaded = _class_of(name)() if name else self._carefully()
        return self._loaded

    def _carefully(self) -> Backend:
        if self._loaded is None or not self._works:
            chosen = configured_backend(self._environ, allowed=ALLOWED)
            self._loaded = _first_working((chosen,) if chosen else self._candidates)
            self._works = True
        return self._loaded

    def _remembered(self) -> str | None:
        return _noted(self._note, self._candidates)

    def _remember(self, backend: Backend) -> None:
        """Note the name; without the note everything works, only slower."""
        name = f"{type(backend).__module__}.{type(backend).__qualname__}"
        if name != self._remembered():
            with suppress(OSError):
                self._note.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                replace_file(self._note, f"{name}\n".encode(), mode=0o600)


def _noted(note: Path, candidates: Collection[str]) -> str | None:
    with suppress(OSError, ValueError):
        name = read_plain(note, limit=_MOST_BYTES).decode("ascii").strip()
        return name if name in candidates else None
    return None


def _class_of(name: str) -> type[Backend]:
    module, _, attribute = name.rpartition(".")
    return cast("type[Backend]", getattr(importlib.import_module(module), attribute))


def _first_working(names: Iterable[str]) -> Backend:
    for name in names:
        with suppress(Exception):  # "not here" takes any form: a missing bus, module or socket
            found = _class_of(name)
            _priority(found)
            return found()
    raise no_keyring()
