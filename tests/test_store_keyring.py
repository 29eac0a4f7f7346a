"""The store on a keyring: what it promises when the keyring works, and what it says when not."""

import threading
import time
from collections.abc import Callable, Generator
from pathlib import Path

import keyring.errors
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.vault import WINDOWS_UNITS, Vault

from glomex_cli.atomic import locked
from glomex_cli.errors import StoreError
from glomex_cli.models import Secret
from glomex_cli.store import SecretStore, StoreName
from glomex_cli.store.keyring_store import KeyringStore
from glomex_cli.store.parts import PartsBackend
from glomex_cli.store.patience import Patience, patience_for

CANARY = "canary-4d1f"


def store_on(vault: Vault, folder: Path, patience: Patience | None = None) -> KeyringStore:
    return KeyringStore(vault, patience=patience or Patience(), lock_file=folder / "keyring")


class Failing(Vault):
    """A keyring whose every answer is one error that quotes the secret."""

    def __init__(self, error: Callable[[], Exception]) -> None:
        super().__init__()
        self._error = error

    def get_password(self, service: str, username: str) -> str | None:
        del service, username
        raise self._error()

    def set_password(self, service: str, username: str, password: str) -> None:
        del service, username, password
        raise self._error()

    def delete_password(self, service: str, username: str) -> None:
        del service, username
        raise self._error()


class Forgetful(Vault):
    """What keyring's null backend does: everything succeeds, nothing is kept."""

    def set_password(self, service: str, username: str, password: str) -> None:
        del service, username, password


class Distorting(Vault):
    """Keeps something else than it was given."""

    def set_password(self, service: str, username: str, password: str) -> None:
        self.items[service, username] = password.upper() + " "


class Slow(Vault):
    """Answers when it is let go."""

    def __init__(self) -> None:
        super().__init__()
        self.released = threading.Event()

    def get_password(self, service: str, username: str) -> str | None:
        self.released.wait(timeout=30)
        return super().get_password(service, username)

    def set_password(self, service: str, username: str, password: str) -> None:
        self.released.wait(timeout=30)
        self.items[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self.released.wait(timeout=30)
        super().delete_password(service, username)


@pytest.fixture
def slow() -> Generator[Slow]:
    vault = Slow()
    yield vault
    vault.released.set()


OPERATIONS: dict[str, Callable[[SecretStore], object]] = {
    "probe": lambda store: store.probe(),
    "read": lambda store: store.read("acme"),
    "write": lambda store: store.write("acme", Secret(CANARY)),
    "erase": lambda store: store.erase("acme"),
}
each_operation = pytest.mark.parametrize("operation", OPERATIONS.values(), ids=OPERATIONS)


def wrapped(outer: Exception, inner: Exception) -> Callable[[], Exception]:
    def error() -> Exception:
        outer.__cause__ = inner
        return outer

    return error


def foreign(name: str) -> Exception:
    """Make an error of a package that may be missing here."""
    error: Exception = type(name, (Exception,), {})(CANARY)
    return error


ERRORS: list[tuple[str, Callable[[], Exception]]] = [
    ("no usable keyring", lambda: keyring.errors.NoKeyringError(CANARY)),
    ("no usable keyring", lambda: foreign("SecretServiceNotAvailableException")),
    ("no usable keyring", lambda: ConnectionResetError(CANARY)),
    ("no usable keyring", lambda: EOFError(CANARY)),
    ("no usable keyring", lambda: ModuleNotFoundError(CANARY)),
    ("no usable keyring", lambda: NameError(CANARY)),
    ("locked", lambda: keyring.errors.KeyringLocked(CANARY)),
    ("locked", lambda: foreign("LockedException")),
    ("did not answer in time", lambda: TimeoutError(CANARY)),
    ("refused", lambda: keyring.errors.PasswordSetError(CANARY)),
    ("refused", lambda: keyring.errors.InitError(CANARY)),
    ("refused", wrapped(keyring.errors.InitError(), foreign("PromptDismissedException"))),
    ("refused", lambda: foreign("DBusErrorResponse")),
    ("refused", lambda: foreign("error")),
    ("refused", lambda: UnicodeEncodeError("utf-8", CANARY, 0, 1, CANARY)),
    ("refused", lambda: RuntimeError(CANARY)),
    (
        "no usable keyring",
        wrapped(keyring.errors.InitError(CANARY), foreign("SecretServiceNotAvailableException")),
    ),
]


@each_operation
@pytest.mark.parametrize(("message", "error"), ERRORS)
def test_every_error_of_a_keyring_becomes_one_of_five_messages_without_its_text(
    operation: Callable[[SecretStore], object],
    message: str,
    error: Callable[[], Exception],
    tmp_path: Path,
) -> None:
    with pytest.raises(StoreError, match=message) as caught:
        operation(store_on(Failing(error), tmp_path))
    failure = caught.value
    assert failure.hint
    assert failure.__context__ is None
    assert failure.__cause__ is None
    assert CANARY not in repr([failure.args, failure.hint, failure.__notes__])


def test_classes_of_a_foreign_error_are_noted_for_debugging(tmp_path: Path) -> None:
    error = wrapped(keyring.errors.InitError(CANARY), KeyError(CANARY))
    with pytest.raises(StoreError) as caught:
        store_on(Failing(error), tmp_path).read("acme")
    assert caught.value.__notes__ == ["InitError from KeyError"]


def test_dismissed_dialog_of_the_secret_service_is_refused(tmp_path: Path) -> None:
    exceptions = pytest.importorskip("secretstorage.exceptions")
    error = wrapped(keyring.errors.InitError(), exceptions.PromptDismissedException(CANARY))
    with pytest.raises(StoreError, match="refused"):
        store_on(Failing(error), tmp_path).probe()


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


def test_probe_leaves_nothing(tmp_path: Path) -> None:
    vault = Vault()
    store_on(vault, tmp_path).probe()
    assert vault.items == {}


@pytest.mark.parametrize("vault", [Forgetful(), Distorting()], ids=["null", "distorting"])
@pytest.mark.parametrize("verb", ["probe", "write"])
def test_keyring_that_does_not_keep_what_it_is_given_is_found_out(
    vault: Vault, verb: str, tmp_path: Path
) -> None:
    with pytest.raises(StoreError, match="did not keep"):
        OPERATIONS[verb](store_on(vault, tmp_path))


def test_text_too_long_for_the_keyring_is_refused_without_a_word_of_it(tmp_path: Path) -> None:
    store = store_on(Vault(units=WINDOWS_UNITS), tmp_path)
    with pytest.raises(StoreError, match="refused") as caught:
        store.write("acme", Secret(CANARY * 200))
    assert CANARY not in repr(caught.value)


def test_long_text_is_kept_where_only_short_ones_fit(tmp_path: Path) -> None:
    vault = Vault(units=WINDOWS_UNITS)
    backend = PartsBackend(vault)
    store = KeyringStore(backend, patience=Patience(), lock_file=tmp_path / "keyring")
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
    with pytest.raises(StoreError, match="refused"):
        store.erase("acme")


def test_item_that_comes_back_after_every_delete_is_not_reported_as_gone(tmp_path: Path) -> None:
    class Undead(Vault):
        def delete_password(self, service: str, username: str) -> None:
            del service, username

    with pytest.raises(StoreError, match="refused"):
        store_on(Undead(), tmp_path).erase("acme")


@pytest.mark.parametrize("key", ["", "a" * 65, "a b", "a/b", "#probe", "acme\n", "ü", CANARY + "!"])
@pytest.mark.parametrize("verb", ["read", "write", "erase"])
def test_only_plain_profile_names_reach_the_keyring(verb: str, key: str, tmp_path: Path) -> None:
    vault = Vault()
    store = store_on(vault, tmp_path)
    calls: dict[str, Callable[[], object]] = {
        "read": lambda: store.read(key),
        "write": lambda: store.write(key, Secret("x")),
        "erase": lambda: store.erase(key),
    }
    with pytest.raises(StoreError, match="profile name") as caught:
        calls[verb]()
    assert CANARY not in repr(caught.value)
    assert vault.items == {}


@each_operation
def test_frozen_keyring_is_given_up_in_time_and_is_no_answer(
    operation: Callable[[SecretStore], object], slow: Slow, tmp_path: Path
) -> None:
    started = time.monotonic()
    with pytest.raises(StoreError, match="did not answer in time"):
        operation(store_on(slow, tmp_path, Patience(limit_s=0.1)))
    assert time.monotonic() - started < 1


def test_limits_are_a_minute_for_a_person_and_five_seconds_for_a_script() -> None:
    told: list[str] = []
    attended = patience_for(told.append, interactive=True)
    unattended = patience_for(told.append, interactive=False)
    assert (attended.limit_s, attended.notice_after_s) == (60, 2)
    assert (unattended.limit_s, unattended.notify) == (5, None)


def test_person_is_told_once_that_the_keyring_is_waited_for(slow: Slow, tmp_path: Path) -> None:
    told: list[str] = []

    def notify(message: str) -> None:
        told.append(message)
        slow.released.set()

    patience = Patience(limit_s=20, notify=notify, notice_after_s=0.05)
    assert store_on(slow, tmp_path, patience).read("acme") is None
    assert told == ["waiting for your keyring"]


def test_nobody_is_told_when_the_keyring_answers_at_once(tmp_path: Path) -> None:
    told: list[str] = []
    patience = Patience(limit_s=20, notify=told.append, notice_after_s=0.2)
    store_on(Vault(), tmp_path, patience).write("acme", Secret("x"))
    time.sleep(0.3)
    assert told == []


def test_waiting_for_another_command_counts_towards_the_limit(tmp_path: Path) -> None:
    store = store_on(Vault(), tmp_path, Patience(limit_s=0.1))
    with locked(tmp_path / "keyring"), pytest.raises(StoreError, match="another command"):
        store.write("acme", Secret("x"))
    store.write("acme", Secret("x"))


def test_reading_does_not_wait_for_a_writer(tmp_path: Path) -> None:
    store = store_on(Vault(), tmp_path, Patience(limit_s=0.1))
    with locked(tmp_path / "keyring"):
        assert store.read("acme") is None


def test_unusable_settings_folder_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "glomex"
    folder.write_text("a file in the way, since root may write in any folder")
    with pytest.raises(StoreError, match=f"{folder} cannot be used"):
        store_on(Vault(), folder).probe()
