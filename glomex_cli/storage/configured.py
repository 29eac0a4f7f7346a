"""Which keyring a person chose for all programs that use the keyring library.

Two settings of that library are honoured, PYTHON_KEYRING_BACKEND and `default-keyring` in
keyringrc.cfg; a third, `keyring-path`, is not: it would let a file choose the code we run.
"""

import configparser
import sys
from collections.abc import Collection, Mapping
from pathlib import Path

from glomex_cli.errors import StoreError
from glomex_cli.storage.errors import keyring_misconfigured
from glomex_cli.storage.file_errors import quoted

_VARIABLE = "PYTHON_KEYRING_BACKEND"


def configured_backend(environ: Mapping[str, str], *, allowed: Collection[str]) -> str | None:
    """Give the name of the keyring class a person chose, or None when the choice is ours.

    A choice that is not among `allowed` is an error that names where it was made, never what
    was written there: to go on with another keyring would be a surprise, and to obey might
    keep secrets in plain text or nowhere.
    """
    named = environ.get(_VARIABLE, "").strip()
    if named:
        if named in allowed:
            return named
        raise keyring_misconfigured(_VARIABLE, f"unset {_VARIABLE}")
    file = config_file(environ)
    default = _named_in(file)
    if default is None or default in allowed:
        return default
    raise _unusable(file)


def config_file(environ: Mapping[str, str], *, platform: str = sys.platform) -> Path:
    """Say where the keyring library looks for its settings."""
    if platform == "win32":
        root = environ.get("LOCALAPPDATA") or environ.get("ProgramData") or "."
        return Path(root, "Python Keyring", "keyringrc.cfg")
    home = environ.get("HOME") or Path.home()
    root = environ.get("XDG_CONFIG_HOME") or str(Path(home, ".config"))
    return Path(root, "python_keyring", "keyringrc.cfg")


def _named_in(file: Path) -> str | None:
    config = configparser.RawConfigParser()
    try:
        config.read_string(file.read_text(encoding="utf-8"))
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
    return keyring_misconfigured(str(file), f"correct it, or rm {quoted(file)}")
