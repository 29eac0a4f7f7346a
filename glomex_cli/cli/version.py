"""Which versions are at work, read from the names of the folders that installers write.

Reading the metadata itself takes importlib.metadata, which costs as much as the whole command.
"""

import os
import platform
import re
import sys

from glomex_cli import __version__

LIBRARIES = ("httpx", "keyring", "plotext", "pyotp", "rich", "typer")

# https://packaging.python.org/en/latest/specifications/recording-installed-packages/
_RECORD = re.compile(r"(\w+)-([^-]+)\.dist-info")


def versions() -> dict[str, str]:
    """Give the versions of glomex, of Python, and of the libraries found on the import path."""
    found = {"glomex": __version__, "python": platform.python_version()}
    names = [match for path in sys.path for match in map(_RECORD.fullmatch, _listed(path)) if match]
    installed = {match[1].lower(): match[2] for match in reversed(names)}
    return found | {name: installed[name] for name in LIBRARIES if name in installed}


def _listed(path: str) -> list[str]:
    try:
        return os.listdir(path or ".")  # noqa: PTH208 - names are enough
    except OSError:
        return []
