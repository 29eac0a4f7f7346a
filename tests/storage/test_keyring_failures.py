"""What the store says when its keyring fails, in five messages and without its words."""

from collections.abc import Callable
from pathlib import Path

import keyring.errors
import pytest

from glomex_cli.storage.base import SecretStore
from support.stores.operations import CANARY, each_operation, refusal, store_on
from support.stores.vault import Vault


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


# Messages, each with what to do about it.
WITHOUT_IT = "use `glomex login --store file`, or `--store none`"
MISSING = ("no usable keyring on this system", WITHOUT_IT)
LOCKED = ("the keyring is locked", f"unlock it and try again, or {WITHOUT_IT}")
SILENT = (
    "the keyring timed out",
    f"answer its dialog or restart it, then try again, or {WITHOUT_IT}",
)
REFUSED = (
    "the keyring refused",
    f"allow access when it asks, then try again, or {WITHOUT_IT}",
)

ERRORS: list[tuple[tuple[str, str], Callable[[], Exception]]] = [
    (MISSING, lambda: keyring.errors.NoKeyringError(CANARY)),
    (MISSING, lambda: foreign("SecretServiceNotAvailableException")),
    (MISSING, lambda: ConnectionResetError(CANARY)),
    (MISSING, lambda: EOFError(CANARY)),
    (MISSING, lambda: ModuleNotFoundError(CANARY)),
    (MISSING, lambda: NameError(CANARY)),
    (LOCKED, lambda: keyring.errors.KeyringLocked(CANARY)),
    (LOCKED, lambda: foreign("LockedException")),
    (SILENT, lambda: TimeoutError(CANARY)),
    (REFUSED, lambda: keyring.errors.PasswordSetError(CANARY)),
    (REFUSED, lambda: keyring.errors.InitError(CANARY)),
    (REFUSED, wrapped(keyring.errors.InitError(), foreign("PromptDismissedException"))),
    (REFUSED, lambda: foreign("DBusErrorResponse")),
    (REFUSED, lambda: foreign("error")),
    (REFUSED, lambda: UnicodeEncodeError("utf-8", CANARY, 0, 1, CANARY)),
    (REFUSED, lambda: RuntimeError(CANARY)),
    (
        MISSING,
        wrapped(keyring.errors.InitError(CANARY), foreign("SecretServiceNotAvailableException")),
    ),
]


@pytest.mark.fault("F41")
@each_operation
@pytest.mark.parametrize(("words", "error"), ERRORS)
def test_every_error_of_a_keyring_becomes_one_of_five_messages_without_its_text(
    operation: Callable[[SecretStore], object],
    words: tuple[str, str],
    error: Callable[[], Exception],
    tmp_path: Path,
) -> None:
    failure = refusal(lambda: operation(store_on(Failing(error), tmp_path)))
    assert (failure.message, failure.hint) == words
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
