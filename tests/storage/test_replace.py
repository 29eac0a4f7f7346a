"""A store replaces only what is still what was read, under its own lock."""

from pathlib import Path

import pytest

from glomex_cli.models import Secret
from glomex_cli.storage.base import NoneStore, SecretStore
from glomex_cli.storage.file_store import FileStore
from support.stores.operations import store_on
from support.stores.vault import Vault


@pytest.fixture(params=["file", "keyring"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> SecretStore:
    if request.param == "file":
        return FileStore(tmp_path / "folder" / "file")
    return store_on(Vault(), tmp_path)


@pytest.mark.attack("R1")
def test_what_is_still_there_is_replaced(store: SecretStore) -> None:
    assert store.replace("acme", Secret("one"), expected=None)
    assert store.replace("acme", Secret("two"), expected=Secret("one"))
    assert store.read("acme") == Secret("two")


@pytest.mark.attack("R1")
@pytest.mark.parametrize("expected", [None, Secret("other")])
def test_what_has_changed_is_left_alone(store: SecretStore, expected: Secret | None) -> None:
    store.write("acme", Secret("kept"))
    assert not store.replace("acme", Secret("new"), expected=expected)
    assert store.read("acme") == Secret("kept")


@pytest.mark.attack("R1")
def test_what_is_gone_stays_gone(store: SecretStore) -> None:
    store.write("acme", Secret("kept"))
    store.erase("acme")
    assert not store.replace("acme", Secret("new"), expected=Secret("kept"))
    assert store.read("acme") is None


def test_nothing_is_replaced_where_nothing_is_kept() -> None:
    assert not NoneStore().replace("acme", Secret("new"), expected=None)
