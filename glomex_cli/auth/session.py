"""Sessions: the form of a token, what a store keeps of a sign-in, and tokens that need none.

A token that needs no sign-in is an id and a secret in the environment.
"""

from __future__ import annotations

import json
import math
import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from glomex_cli.config.endpoint import MUX_ENDPOINT, Endpoint, ServiceName, parse_endpoint
from glomex_cli.errors import ConfigurationError, SignInError, StoreError
from glomex_cli.http.retries import parse_http_date
from glomex_cli.models import ReportKind, Secret, StoreName

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from glomex_cli.config.settings import Settings
    from glomex_cli.storage.base import SecretStore

# b64token, RFC 6750, section 2.1. Libraries quote a header they refuse, so a token with any
# other character must never reach them.
_GRAMMAR = re.compile(r"[A-Za-z0-9._~+/-]+=*")
# What RFC 7617, section 2, joins with a colon, without what a terminal or header could stumble on.
_PAIR = re.compile(r"[!-9;-~]+:[!-~]+")
# A claim of more is not believed, which also keeps sums inside what datetime can hold.
_LONGEST_LIFE_S = 400 * 24 * 3600
# The smallest difference that datetime knows.
_SHORTEST_LIFE_S = 1e-6
_VERSION = 1
TOKEN_ID, TOKEN_SECRET = "MUX_TOKEN_ID", "MUX_TOKEN_SECRET"


def bearer_token(text: str, *, source: str) -> Secret:
    """Return `text` as a token, or raise SignInError that names only its `source`."""
    if text.lower().startswith("bearer "):
        raise SignInError(f"{source} starts with the word Bearer", "remove that word")
    if not _GRAMMAR.fullmatch(text):
        raise SignInError(f"the token from {source} is not a bearer token", "glomex login")
    return Secret(text)


def access_token(text: str, *, source: str) -> Secret:
    """Return `text` as a token: a bearer token, or an id and its secret joined by a colon.

    Raises SignInError, which names only the `source`, for anything else.

    >>> access_token("id:secret", source="here").reveal()
    'id:secret'
    """
    if _PAIR.fullmatch(text):
        return Secret(text)
    return bearer_token(text, source=source)


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
            "the saved sign-in cannot be read",
            "delete it with glomex logout, then sign in: glomex login",
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


def pair_in(environ: Mapping[str, str]) -> tuple[str, str] | None:
    """Return id and secret of the environment, or None where neither is set.

    One without the other is a ConfigurationError: it is never completed from elsewhere.
    """
    ident, secret = environ.get(TOKEN_ID, ""), environ.get(TOKEN_SECRET, "")
    if bool(ident) is not bool(secret):
        there, missing = (TOKEN_ID, TOKEN_SECRET) if ident else (TOKEN_SECRET, TOKEN_ID)
        raise ConfigurationError(
            f"{there} is set without {missing}", f"set both, or neither: unset {there}"
        )
    return (ident, secret) if ident else None


def ready_token(settings: Settings, environ: Mapping[str, str]) -> tuple[str, str]:
    """Return a token that is used as it is, and where it is from; two empty texts without one.

    The environment's pair goes to Mux itself, or to the endpoint named beside it, and never to
    one that a profile names, nor to the embedded sandbox.
    """
    if settings.service is not ServiceName.MUX or settings.endpoint.is_sandbox:
        return "", ""
    if not (settings.is_endpoint_given or _is_mux_itself(settings)):
        return "", ""
    pair = pair_in(environ)
    return (":".join(pair), TOKEN_ID) if pair else ("", "")


def _is_mux_itself(settings: Settings) -> bool:
    return settings.endpoint.origin == parse_endpoint(MUX_ENDPOINT).origin


def expiry_of(token: str, *, date: str, now: datetime) -> datetime | None:
    """Return when `token`, received just now, ends on our clock; None where it does not say.

    A life counted from its claim `iat` needs no clock but ours. Without it `date`, the service's
    Date header, tells how far its clock is from ours. A life beyond 400 days is not believed. The
    claims (RFC 7519, section 4.1) are read without checking the signature: they are a hint for
    us, the service's refusal decides.
    """
    claims = _claims(token)
    end, start = _claimed_number(claims.get("exp")), _claimed_number(claims.get("iat"))
    if end is None:
        return None
    if start is None:
        start = (parse_http_date(date) or now).timestamp()
    life = end - start
    if not _SHORTEST_LIFE_S <= life <= _LONGEST_LIFE_S:
        return None
    return now + timedelta(seconds=life)


def _claims(token: str) -> dict[str, Any]:
    """Return the claims of a JWT; none for any other text."""
    # Only a sign-in pays for this import, which takes 40 ms.
    import jwt

    try:
        return jwt.decode(token, options={"verify_signature": False})
    # Beside its own errors PyJWT lets through those of odd text and of deeply nested JSON.
    except (jwt.InvalidTokenError, ValueError, RecursionError):
        return {}


def _claimed_number(claim: object) -> float | None:
    if isinstance(claim, bool) or not isinstance(claim, (int, float)):
        return None
    try:
        number = float(claim)
    except OverflowError:
        return None
    return number if math.isfinite(number) else None
