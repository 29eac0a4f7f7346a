"""Which store holds the sign-ins, where no option names one."""

from collections.abc import Mapping
from pathlib import Path

from glomex_cli.errors import ConfigurationError
from glomex_cli.models import StoreName
from glomex_cli.store.opening import CREDENTIALS_FILE


def store_in_use(folder: Path, environ: Mapping[str, str]) -> StoreName:
    """Give the store GLOMEX_STORE names, else the file where one is kept, else the keyring.

    The file exists only where somebody asked for it by name, so it remembers that choice.
    """
    named = environ.get("GLOMEX_STORE")
    if named:
        return _parse(named)
    if (folder / CREDENTIALS_FILE).is_file():
        return StoreName.FILE
    return StoreName.KEYRING


def _parse(named: str) -> StoreName:
    try:
        return StoreName(named)
    except ValueError:
        raise ConfigurationError(
            "GLOMEX_STORE names no store", f"set it to one of: {', '.join(StoreName)}"
        ) from None
