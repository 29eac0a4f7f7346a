"""What tests of stores share: every operation, and how a refusal is caught."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from glomex_cli.errors import StoreError
from glomex_cli.models import Secret
from glomex_cli.storage.base import SecretStore, TimeLimit
from glomex_cli.storage.keyring_backends import Backend
from glomex_cli.storage.keyring_store import KeyringStore

CANARY = "canary-77be"
OPERATIONS: dict[str, Callable[[SecretStore], object]] = {
    "probe": lambda store: store.probe(),
    "read": lambda store: store.read("acme"),
    "write": lambda store: store.write("acme", Secret(CANARY)),
    "erase": lambda store: store.erase("acme"),
}
each_operation = pytest.mark.parametrize("operation", OPERATIONS.values(), ids=OPERATIONS)


def refusal(action: Callable[[], object]) -> StoreError:
    """Return the failure of an action, which shows nothing of the secrets that tests plant."""
    with pytest.raises(StoreError) as caught:
        action()
    failure = caught.value
    notes = getattr(failure, "__notes__", [])
    assert CANARY not in repr([failure.args, failure.hint, failure.__context__, notes])
    return failure


def refusals(store: SecretStore) -> list[StoreError]:
    """Return the failures of a store that can do nothing at all."""
    return [refusal(partial(operation, store)) for operation in OPERATIONS.values()]


def store_on(backend: Backend, folder: Path, time_limit: TimeLimit | None = None) -> KeyringStore:
    """Return the store on a keyring that stands in for the system's."""
    return KeyringStore(backend, time_limit=time_limit or TimeLimit(), lock_file=folder / "keyring")
