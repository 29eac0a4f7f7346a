"""A keyring in memory that can be as small as Windows', and can die half-way."""

from keyring.backend import KeyringBackend
from keyring.errors import PasswordDeleteError

WINDOWS_UNITS = 1280  # CRED_MAX_CREDENTIAL_BLOB_SIZE is 2560 bytes


class VaultError(Exception):
    """What the system says; like Windows', no relative of the library's errors."""


class Vault(KeyringBackend):
    """Keeps texts of up to `units` UTF-16 units, until `changes_left` is used up."""

    def __init__(self, *, units: int | None = None) -> None:
        self.units = units
        self.items: dict[tuple[str, str], str] = {}
        self.changes_left: int | None = None

    def get_password(self, service: str, username: str) -> str | None:
        """Return a text, or None."""
        if self.changes_left == 0:
            raise VaultError("gone")
        return self.items.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep a text that is not too long."""
        if self.units is not None and units_of(password) > self.units:
            raise VaultError(f"too long: {password}")
        self._count_change()
        self.items[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        """Forget a text that is there."""
        if (service, username) not in self.items:
            raise PasswordDeleteError("no such password")
        self._count_change()
        del self.items[service, username]

    def _count_change(self) -> None:
        if self.changes_left == 0:
            raise VaultError("gone")
        if self.changes_left is not None:
            self.changes_left -= 1


def units_of(text: str) -> int:
    """Count what Windows counts: characters beyond the first 65536 are two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
