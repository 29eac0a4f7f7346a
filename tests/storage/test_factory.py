"""From the word a person typed to a store; nothing happens before the store is used."""

import subprocess
import sys
from pathlib import Path

import pytest

from glomex_cli.errors import StoreError
from glomex_cli.models import Secret, StoreName
from glomex_cli.storage.base import SecretStore, open_store
from support.files import names


def opened(name: StoreName, folder: Path) -> SecretStore:
    told: list[str] = []
    return open_store(name, folder=folder, environ={}, interactive=True, notify=told.append)


@pytest.mark.parametrize("name", StoreName)
def test_store_is_the_one_asked_for_and_opening_it_makes_nothing(
    name: StoreName, tmp_path: Path
) -> None:
    folder = tmp_path / "glomex"
    assert opened(name, folder).name is name
    assert not folder.exists()


def test_keyring_is_the_chosen_one_and_its_lock_lies_in_the_settings_folder(tmp_path: Path) -> None:
    store = open_store(
        StoreName.KEYRING,
        folder=tmp_path,
        environ={"PYTHON_KEYRING_BACKEND": "not.known"},
        interactive=False,
        notify=lambda _: None,
    )
    with pytest.raises(StoreError, match=r"^PYTHON_KEYRING_BACKEND does not name a keyring"):
        store.probe()
    assert names(tmp_path) == {".keyring.lock"}


def test_file_lies_in_the_settings_folder(tmp_path: Path) -> None:
    opened(StoreName.FILE, tmp_path / "glomex").write("acme", Secret("x"))
    assert (tmp_path / "glomex" / "credentials.json").exists()


def test_store_of_people_who_want_nothing_kept_keeps_nothing(tmp_path: Path) -> None:
    store = opened(StoreName.NONE, tmp_path / "glomex")
    store.probe()
    store.write("acme", Secret("x"))
    assert store.read("acme") is None
    assert store.erase("acme") is False
    assert not (tmp_path / "glomex").exists()


def test_store_that_keeps_nothing_takes_only_profile_names_too(tmp_path: Path) -> None:
    store = opened(StoreName.NONE, tmp_path)
    with pytest.raises(StoreError, match="profile name"):
        store.write("a/b", Secret("x"))


@pytest.mark.parametrize("name", StoreName)
def test_keyring_is_not_imported_before_it_is_needed(name: StoreName, tmp_path: Path) -> None:
    code = f"""\
import sys
from pathlib import Path
from glomex_cli.models import StoreName
from glomex_cli.storage.base import open_store
open_store(StoreName({name.value!r}), folder=Path({str(tmp_path)!r}), environ={{}},
           interactive=False, notify=print)
print([module for module in sys.modules if module.partition('.')[0] == 'keyring'])
"""
    command = [sys.executable, "-c", code]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "[]\n"
