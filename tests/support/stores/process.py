"""A process that uses a store as a command would, and prints one line of JSON for each step.

A step is `probe`, `read:KEY`, `write:KEY:VALUE` or `erase:KEY`.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from glomex_cli.errors import StoreError
from glomex_cli.models import Secret, StoreName
from glomex_cli.storage.base import SecretStore, TimeLimit, open_store
from glomex_cli.storage.keyring_backends import SystemBackend
from glomex_cli.storage.keyring_store import KeyringStore


@dataclass(frozen=True)
class Step:
    """What became of one step: a value or a failure, and the seconds it took."""

    value: str | bool | None = None
    error: str = ""
    hint: str = ""
    seconds: float = 0


def run_store(
    *steps: str,
    folder: Path,
    environ: Mapping[str, str],
    store: str = "keyring",
    limit_s: float | None = None,
    under: Sequence[str] = (),
) -> list[Step]:
    """Run the steps in a process of their own, `under` a program that watches it.

    `limit_s` is for a keyring; without it the real limits hold. A process that is killed
    gives the steps it had finished.
    """
    limit = [] if limit_s is None else [f"--limit={limit_s}"]
    command = [*under, sys.executable, "-m", "support.stores.process", f"--store={store}", *limit]
    done = subprocess.run(
        [*command, f"--folder={folder}", *steps],
        env=dict(environ),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.stderr == ""
    return [Step(**json.loads(line)) for line in done.stdout.splitlines()]


def main() -> None:
    """Open the store and take the steps; one that fails does not keep the next from trying."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--store", type=StoreName, default=StoreName.KEYRING)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--limit", type=float)
    parser.add_argument("steps", nargs="+")
    options = parser.parse_args()
    store = _open(options.store, options.folder, options.limit)
    for step in options.steps:
        print(json.dumps(asdict(_take(store, step))), flush=True)  # noqa: T201 - the parent reads it


def _open(name: StoreName, folder: Path, limit_s: float | None) -> SecretStore:
    if limit_s is None:
        return open_store(name, folder=folder, environ=os.environ, interactive=False, notify=print)
    backend = SystemBackend(folder=folder, environ=os.environ)
    return KeyringStore(backend, time_limit=TimeLimit(limit_s), lock_file=folder / "keyring")


def _take(store: SecretStore, step: str) -> Step:
    started = time.monotonic()
    try:
        value = _call(store, *step.split(":", 2))
    except StoreError as error:
        return Step(error=error.message, hint=error.hint, seconds=time.monotonic() - started)
    return Step(value, seconds=time.monotonic() - started)


def _call(store: SecretStore, verb: str, key: str = "", text: str = "") -> str | bool | None:
    match verb:
        case "probe":
            store.probe()
        case "write":
            store.write(key, Secret(text))
        case "erase":
            return store.erase(key)
        case _:
            kept = store.read(key)
            return kept.reveal() if kept else None
    return None


if __name__ == "__main__":
    main()
