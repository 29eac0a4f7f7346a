"""What every credential store promises, whatever keeps it."""

import os
import re
from typing import Protocol

from glomex_cli.errors import StoreError
from glomex_cli.models import Secret, StoreName

_KEY = re.compile(r"[A-Za-z0-9._-]{1,64}")


class SecretStore(Protocol):
    """Keeps one secret text per profile. What goes wrong is raised as StoreError."""

    @property
    def name(self) -> StoreName:
        """How a person calls it."""
        ...

    def probe(self) -> None:
        """Keep, read and forget a throw-away item, so that a password is not asked for in vain."""
        ...

    def read(self, key: str) -> Secret | None:
        """Give what is kept for a profile. None says nothing is kept, never that reading failed."""
        ...

    def write(self, key: str, value: Secret) -> None:
        """Keep a secret in place of an older one; it has been read back when this returns."""
        ...

    def erase(self, key: str) -> bool:
        """Forget what is kept for a profile, and say whether there was anything."""
        ...


def checked_key(key: str) -> str:
    """Give a profile's name if it may name an item of a store.

    >>> checked_key("acme.de-2")
    'acme.de-2'
    """
    if not _KEY.fullmatch(key):
        raise StoreError(
            "this profile name cannot be used",
            "use 1 to 64 letters, digits, dots, dashes or underscores",
        )
    return key


def throw_away_item() -> tuple[str, str]:
    """Give a key that no profile can have, and a text about as long as real credentials."""
    return f"#probe-{os.urandom(4).hex()}", os.urandom(1000).hex()
