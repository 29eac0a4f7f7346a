"""The story of a session: sign in, answer the MFA challenge, keep the token, find it again."""

import re
from collections.abc import Callable
from typing import TypeAlias

from glomex_cli.endpoint import Endpoint
from glomex_cli.errors import (
    ChallengeEndedError,
    CodeRefusedError,
    GlomexError,
    SignInError,
    StoreError,
    UsageError,
)
from glomex_cli.mfa_code import parse_code
from glomex_cli.models import Secret, StoreName
from glomex_cli.record import SignIn, from_text, to_text
from glomex_cli.services.interface import Challenge, Credentials, Service, Session
from glomex_cli.store.interface import SecretStore

_TRIES = 3
# NUL, and halves of surrogate pairs, which UTF-8 cannot hold.
_UNSENDABLE = re.compile("[\0\ud800-\udfff]")

# Gives the next code, knowing why the last one failed; raises that failure when it has no other.
CodeSource: TypeAlias = Callable[[GlomexError | None], str]


def sign_in(service: Service, credentials: Credentials, codes: CodeSource) -> Session:
    """Give a session, with a second challenge where the first one dies under the typing.

    Raises SignInError when the service refuses, and whatever `codes` raises.
    """
    _check_text(credentials)
    opened = service.open_session(credentials)
    if isinstance(opened, Session):
        return opened
    try:
        return _answer(service, opened, codes, None)
    except ChallengeEndedError as ended:
        again = service.open_session(credentials)
        if isinstance(again, Session):
            return again
        return _answer(service, again, codes, ended)


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


def _answer(
    service: Service, challenge: Challenge, codes: CodeSource, failure: GlomexError | None
) -> Session:
    """Try codes on one challenge. What is no code is asked again, and never sent."""
    for _ in range(_TRIES):
        typed = codes(failure)
        try:
            return service.answer_challenge(challenge, parse_code(typed))
        except (CodeRefusedError, UsageError) as refused:
            failure = refused
    raise SignInError(f"no MFA code was accepted in {_TRIES} tries", "glomex login")


def _check_text(credentials: Credentials) -> None:
    """Find what cannot be sent before an encoder does: its error would quote the password."""
    for name, value in (
        ("login", credentials.login),
        ("tenant", credentials.tenant),
        ("password", credentials.password.reveal()),
    ):
        if not value:
            raise UsageError(f"the {name} is empty", "glomex login --help")
        if _UNSENDABLE.search(value):
            raise UsageError(f"the {name} holds characters that are no text", "type it again")
