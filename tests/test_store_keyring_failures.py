"""What the store says when its keyring fails, in five messages and without its words."""

from collections.abc import Callable
from pathlib import Path

import keyring.errors
import pytest

from glomex_cli.store import SecretStore
from support.store_operations import CANARY, each_operation, refusal, store_on
from support.vault import Vault


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


@pytest.mark.fault("F41")
@each_operation
@pytest.mark.parametrize(("message", "error"), ERRORS)
def test_every_error_of_a_keyring_becomes_one_of_five_messages_without_its_text(
    operation: Callable[[SecretStore], object],
    message: str,
    error: Callable[[], Exception],
    tmp_path: Path,
) -> None:
    failure = refusal(lambda: operation(store_on(Failing(error), tmp_path)))
    assert message in failure.message
    assert failure.hint
    assert failure.__context__ is None
    assert failure.__cause__ is None


def test_classes_of_a_foreign_error_are_noted_for_debugging(tmp_path: Path) -> None:
    error = wrapped(keyring.errors.InitError(CANARY), KeyError(CANARY))
    failure = refusal(lambda: store_on(Failing(error), tmp_path).read("acme"))
    assert failure.__notes__ == ["InitError from KeyError"]


def test_dismissed_dialog_of_the_secret_service_is_refused(tmp_path: Path) -> None:
    exceptions = pytest.importorskip("secretstorage.exceptions")
    error = wrapped(keyring.errors.InitError(), exceptions.PromptDismissedException(CANARY))
    assert "refused" in refusal(store_on(Failing(error), tmp_path).probe).message


def test_unusable_settings_folder_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "glomex"
    folder.write_text("a file in the way, since root may write in any folder")
    assert f"{folder} cannot be used" in refusal(store_on(Vault(), folder).probe).message
