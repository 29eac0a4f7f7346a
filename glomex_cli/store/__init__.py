"""Where credentials are kept between commands: no network, no printing.

Nothing outside this package may import keyring.
"""

from glomex_cli.models import StoreName
from glomex_cli.store.interface import SecretStore
from glomex_cli.store.opening import open_store

__all__ = ["SecretStore", "StoreName", "open_store"]
