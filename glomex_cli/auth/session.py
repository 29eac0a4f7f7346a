"""The kept session: what a store holds of a sign-in between two runs, written and read back."""

import json
import math
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, NamedTuple

from glomex_cli.auth.tokens import access_token
from glomex_cli.config.defaults import ServiceName
from glomex_cli.config.endpoint import Endpoint
from glomex_cli.errors import SignInError, StoreError
from glomex_cli.models import ReportKind, Secret, StoreName
from glomex_cli.storage.base import SecretStore

_VERSION = 1


class SignIn(NamedTuple):
    """A kept sign-in. Its token is for `origin` alone: scheme, host and port.

    `password` and `seed` (an otpauth URI) are there only where --remember asked for them.
    """

    origin: str
    login: str
    tenant: str
    kind: ReportKind
    token: Secret
    expires_at: datetime | None
    password: Secret | None = None
    seed: Secret | None = None
    service: ServiceName = ServiceName.GLOMEX

    @property
    def can_renew(self) -> bool:
        """Whether enough was remembered to sign in again without asking."""
        return self.password is not None

    def is_of(self, login: str | None, tenant: str | None) -> bool:
        """Return whether this is the account of that login at that tenant."""
        return (self.login.casefold(), self.tenant) == ((login or "").casefold(), tenant)

    def minutes_left(self, now: datetime) -> int | None:
        """Return the minutes until the token ends, rounded up; None where unknown."""
        if self.expires_at is None:
            return None
        return max(0, math.ceil((self.expires_at - now).total_seconds() / 60))

    def is_over(self, now: datetime) -> bool:
        """Return whether the token has ended by our clock."""
        return self.expires_at is not None and self.expires_at <= now


def dump_session(sign_in: SignIn) -> Secret:
    """Write `sign_in` as the secret text that a store keeps."""
    fields: dict[str, Any] = {
        "version": _VERSION,
        "origin": sign_in.origin,
        "login": sign_in.login,
        "tenant": sign_in.tenant,
        "kind": sign_in.kind.value,
        "token": sign_in.token.reveal(),
        "expires_at": sign_in.expires_at.timestamp() if sign_in.expires_at else None,
        "password": sign_in.password.reveal() if sign_in.password else None,
        "seed": sign_in.seed.reveal() if sign_in.seed else None,
    }
    if sign_in.service is not ServiceName.GLOMEX:
        fields["service"] = sign_in.service.value
    return Secret(json.dumps(fields, ensure_ascii=True))


def load_session(text: Secret) -> SignIn:
    """Read what `dump_session` wrote; StoreError, which quotes nothing, for anything else."""
    try:
        return _read(json.loads(text.reveal()))
    except (ValueError, KeyError, TypeError, OverflowError, OSError, RecursionError, SignInError):
        raise StoreError(
            "the kept sign-in cannot be read", "forget it with: glomex logout, then: glomex login"
        ) from None


def _read(fields: Any) -> SignIn:
    if fields["version"] != _VERSION:
        raise ValueError
    return SignIn(
        origin=_text(fields["origin"]),
        login=_text(fields["login"]),
        tenant=_text(fields["tenant"]),
        kind=ReportKind(fields["kind"]),
        token=access_token(_text(fields["token"]), source="the store"),
        expires_at=_moment(fields["expires_at"]),
        password=_secret(fields["password"]),
        seed=_secret(fields["seed"]),
        service=ServiceName(fields.get("service", ServiceName.GLOMEX)),
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _secret(value: object) -> Secret | None:
    return None if value is None else Secret(_text(value))


def _moment(seconds: object) -> datetime | None:
    if seconds is None:
        return None
    if isinstance(seconds, bool) or not isinstance(seconds, (int, float)):
        raise TypeError
    return datetime.fromtimestamp(seconds, UTC)


def session_at(endpoint: Endpoint, text: Secret | None) -> SignIn | None:
    """Return the sign-in in a store's text if it is for this endpoint's origin; it may be over."""
    if text is None:
        return None
    found = load_session(text)
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
        store.write(profile, dump_session(found))
    except StoreError:
        show(found.token)
        raise
