"""From the word a person typed to the store that keeps."""

import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from glomex_cli.store.interface import SecretStore, StoreName

# ruff: noqa: PLC0415 - a command pays only for the store it uses

CREDENTIALS_FILE = "credentials.json"


def open_store(
    name: StoreName,
    *,
    folder: Path,
    environ: Mapping[str, str],
    interactive: bool,
    notify: Callable[[str], None],
) -> SecretStore:
    """Give the store of that name. Nothing is opened, loaded or made before its first use.

    `folder` is the one of the settings; the file, locks and a note of the keyring's name lie
    there. `notify` is told when a person has to wait for the keyring, so only if `interactive`.
    """
    match name:
        case StoreName.NONE:
            from glomex_cli.store.none_store import NoneStore

            return NoneStore()
        case StoreName.FILE:
            from glomex_cli.store.file_store import FileStore

            return FileStore(folder / CREDENTIALS_FILE)
        case StoreName.KEYRING:
            from glomex_cli.store.patience import patience_for

            patience = patience_for(notify, interactive=interactive)
            return _keyring_store(folder, environ, patience)


def _keyring_store(folder: Path, environ: Mapping[str, str], patience: "Patience") -> SecretStore:
    from glomex_cli.store.backends import Backend, SystemBackend
    from glomex_cli.store.keyring_store import KeyringStore

    backend: Backend = SystemBackend(folder=folder, environ=environ)
    if sys.platform == "win32":
        from glomex_cli.store.parts import PartsBackend

        backend = PartsBackend(backend)
    return KeyringStore(backend, patience=patience, lock_file=folder / "keyring")
