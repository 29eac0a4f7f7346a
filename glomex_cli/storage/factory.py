"""Open the store that a profile names. A command loads only the one it uses."""

import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from glomex_cli.models import StoreName
from glomex_cli.storage.base import SecretStore, TimeLimit, time_limit_for

CREDENTIALS_FILE = "credentials.json"


def open_store(
    name: StoreName,
    *,
    folder: Path,
    environ: Mapping[str, str],
    interactive: bool,
    notify: Callable[[str], None],
) -> SecretStore:
    """Return the store of that name. Nothing is opened, loaded or made before its first use.

    `folder` is the one of the settings; it holds the file, the locks and a note of the keyring's
    name. `notify` is told when a person has to wait for the keyring, so only if `interactive`.
    """
    if name is StoreName.NONE:
        from glomex_cli.storage.base import NoneStore

        return NoneStore()
    if name is StoreName.FILE:
        from glomex_cli.storage.file_store import FileStore

        return FileStore(folder / CREDENTIALS_FILE)
    return _keyring_store(folder, environ, time_limit_for(notify, interactive=interactive))


def _keyring_store(folder: Path, environ: Mapping[str, str], time_limit: TimeLimit) -> SecretStore:
    from glomex_cli.storage.keyring_backends import Backend, SystemBackend
    from glomex_cli.storage.keyring_store import KeyringStore

    backend: Backend = SystemBackend(folder=folder, environ=environ)
    if sys.platform == "win32":
        from glomex_cli.storage.keyring_chunks import ChunkedBackend

        backend = ChunkedBackend(backend)
    return KeyringStore(backend, time_limit=time_limit, lock_file=folder / "keyring")
