"""The store on a keyring keeps what it promises, and finds out a keyring that does not."""

from pathlib import Path

import keyring.errors
import pytest
from hypothesis import given
from hypothesis import strategies as st

from glomex_cli.models import Secret, StoreName
from glomex_cli.storage.keyring_store import ChunkedBackend
from support.stores.operations import CANARY, OPERATIONS, refusal, store_on
from support.stores.vault import WINDOWS_UNITS, Vault


class Forgetful(Vault):
    """What keyring's null backend does: everything succeeds, nothing is kept."""

    def set_password(self, service: str, username: str, password: str) -> None:
        del service, username, password


class Distorting(Vault):
    """Keeps something else than it was given."""

    def set_password(self, service: str, username: str, password: str) -> None:
        self.items[service, username] = password.upper() + " "


def test_what_is_written_is_read_until_it_is_erased(tmp_path: Path) -> None:
    vault = Vault()
    store = store_on(vault, tmp_path)
    assert store.name is StoreName.KEYRING
    assert store.read("acme") is None
    store.write("acme", Secret("first"))
    store.write("acme", Secret(CANARY))
    store.write("other", Secret("theirs"))
    assert store.read("acme") == Secret(CANARY)
    assert vault.items["glomex-cli", "acme"] == CANARY
    assert store.erase("acme") is True
    assert store.erase("acme") is False
    assert store.read("acme") is None
    assert store.read("other") == Secret("theirs")


@given(text=st.text())
def test_any_text_comes_back(text: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    store = store_on(Vault(), tmp_path_factory.getbasetemp() / "any-text")
    store.write("acme", Secret(text))
    assert store.read("acme") == Secret(text)


def test_probe_leaves_nothing_and_takes_a_name_no_profile_can_have(tmp_path: Path) -> None:
    class Listing(Vault):
        def set_password(self, service: str, username: str, password: str) -> None:
            used.append(username)
            self.items[service, username] = password

    used: list[str] = []
    vault = Listing()
    store_on(vault, tmp_path).probe()
    assert vault.items == {}
    assert [name[:7] for name in used] == ["#probe-"]


@pytest.mark.fault("F38")
@pytest.mark.parametrize("vault", [Forgetful(), Distorting()], ids=["null", "distorting"])
@pytest.mark.parametrize("verb", ["probe", "write"])
def test_keyring_that_does_not_keep_what_it_is_given_is_found_out(
    vault: Vault, verb: str, tmp_path: Path
) -> None:
    store = store_on(vault, tmp_path)
    failure = refusal(lambda: OPERATIONS[verb](store))
    assert failure.message == "the keyring did not save what was written"
    assert failure.hint == "try again, or `glomex doctor`"


def test_text_too_long_for_the_keyring_is_refused_without_a_word_of_it(tmp_path: Path) -> None:
    store = store_on(Vault(units=WINDOWS_UNITS), tmp_path)
    assert "refused" in refusal(lambda: store.write("acme", Secret(CANARY * 200))).message


@pytest.mark.fault("F42")
def test_long_text_is_kept_where_only_short_ones_fit(tmp_path: Path) -> None:
    vault = Vault(units=WINDOWS_UNITS)
    store = store_on(ChunkedBackend(vault), tmp_path)
    store.probe()
    store.write("acme", Secret("t" * 8000))
    assert store.read("acme") == Secret("t" * 8000)
    assert store.erase("acme") is True
    assert vault.items == {}


def test_erasing_takes_items_that_other_programs_added_too(tmp_path: Path) -> None:
    class Double(Vault):
        """Like the Secret Service, may hold several items for one name."""

        copies = 3

        def get_password(self, service: str, username: str) -> str | None:
            del service, username
            return CANARY if self.copies else None

        def delete_password(self, service: str, username: str) -> None:
            if not self.copies:
                super().delete_password(service, username)
            self.copies -= 1

    vault = Double()
    assert store_on(vault, tmp_path).erase("acme") is True
    assert vault.copies == 0


def test_item_that_cannot_be_deleted_is_not_reported_as_gone(tmp_path: Path) -> None:
    class Stubborn(Vault):
        """Says "nothing to delete" for "you may not", as macOS and KWallet do."""

        def delete_password(self, service: str, username: str) -> None:
            del service, username
            raise keyring.errors.PasswordDeleteError("cancelled by user")

    vault = Stubborn()
    store = store_on(vault, tmp_path)
    store.write("acme", Secret(CANARY))
    assert "refused" in refusal(lambda: store.erase("acme")).message


def test_keyring_that_locks_while_erasing_is_not_reported_as_empty(tmp_path: Path) -> None:
    class Locking(Vault):
        """Finds nothing, as a locked collection does, but says so only when it deletes."""

        def delete_password(self, service: str, username: str) -> None:
            del service, username
            raise keyring.errors.KeyringLocked(CANARY)

    store = store_on(Locking(), tmp_path)
    assert refusal(lambda: store.erase("acme")).message == "the keyring is locked"


def test_item_that_comes_back_after_every_delete_is_not_reported_as_gone(tmp_path: Path) -> None:
    class Undead(Vault):
        def delete_password(self, service: str, username: str) -> None:
            del service, username

    store = store_on(Undead(), tmp_path)
    assert "refused" in refusal(lambda: store.erase("acme")).message


@pytest.mark.parametrize("key", ["", "a" * 65, "a b", "a/b", "#probe", "acme\n", "ü", CANARY + "!"])
@pytest.mark.parametrize("verb", ["read", "write", "erase"])
def test_only_plain_profile_names_reach_the_keyring(verb: str, key: str, tmp_path: Path) -> None:
    vault = Vault()
    store = store_on(vault, tmp_path)
    calls = {
        "read": lambda: store.read(key),
        "write": lambda: store.write(key, Secret("x")),
        "erase": lambda: store.erase(key),
    }
    failure = refusal(calls[verb])
    assert failure.message == "this profile name is invalid"
    assert failure.hint == "use 1 to 64 letters, digits, dots, dashes or underscores"
    assert vault.items == {}
