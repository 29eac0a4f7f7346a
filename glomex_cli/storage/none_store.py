"""The store of people who want nothing kept."""

from glomex_cli.models import Secret, StoreName
from glomex_cli.storage.base import checked_key


class NoneStore:
    """Keeps nothing and never fails: a token lives as long as the command, or in GLOMEX_TOKEN."""

    name: StoreName = StoreName.NONE

    def probe(self) -> None:
        """Pass: keeping nothing always works."""

    def read(self, key: str) -> Secret | None:
        """Give None, for any profile."""
        checked_key(key)
        return None

    def write(self, key: str, value: Secret) -> None:
        """Let the secret go; showing it once is the caller's part."""
        checked_key(key)
        del value

    def erase(self, key: str) -> bool:
        """Say that there was nothing."""
        checked_key(key)
        return False
