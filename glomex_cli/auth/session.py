"""The story of a session: sign in, answer the MFA challenge, keep the token, find it again."""

from collections.abc import Callable

from glomex_cli.auth.record import SignIn, from_text, to_text
from glomex_cli.config.endpoint import Endpoint
from glomex_cli.errors import StoreError
from glomex_cli.models import Secret, StoreName
from glomex_cli.storage.base import SecretStore


def recall(store: SecretStore, profile: str, endpoint: Endpoint) -> SignIn | None:
    """Give the kept sign-in of `profile`, if it is for this endpoint's origin; it may be over."""
    text = store.read(profile)
    if text is None:
        return None
    found = from_text(text)
    return found if found.origin == endpoint.origin else None


def keep(
    store: SecretStore, profile: str, found: SignIn, *, show: Callable[[Secret], None]
) -> None:
    """Keep a sign-in; where nothing can keep it, `show` its token once, so that it is not lost.

    Raises StoreError when a store that should have kept it did not.
    """
    if store.name is StoreName.NONE:
        show(found.token)
        return
    try:
        store.write(profile, to_text(found))
    except StoreError:
        show(found.token)
        raise
