"""Signed tokens: sessions and MFA challenges. Any process can check what another one signed."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import jwt

from glomex_cli.sandbox.accounts import Account

_ISSUER = "glomex-sandbox"
_ALGORITHM = "HS256"
# Public on purpose: a token opens made-up figures, and every process must be able to check it.
SIGNING_KEY = b"this key is no secret: it signs the tokens of the glomex sandbox"


class Purpose(StrEnum):
    """What a token is for; one kind is never taken for the other."""

    SESSION = "session"
    CHALLENGE = "challenge"


@dataclass(frozen=True, slots=True)
class Claims:
    """What a token says. `expires_at` counts seconds since 1970."""

    token_id: str
    login: str
    tenant: str
    expires_at: int

    def is_expired(self, now: datetime) -> bool:
        """Say whether the token's life is over at `now`."""
        return now.timestamp() >= self.expires_at


def sign_token(account: Account, purpose: Purpose, *, life_s: int, now: datetime) -> str:
    """Make a token for `account` that lives `life_s` seconds from the whole second of `now`."""
    issued_at = int(now.timestamp())
    claims = {
        "iss": _ISSUER,
        "aud": purpose.value,
        "sub": account.login,
        "tenant": account.tenant,
        "iat": issued_at,
        "exp": issued_at + life_s,
        "jti": secrets.token_hex(8),
    }
    return jwt.encode(claims, SIGNING_KEY, algorithm=_ALGORITHM)


def read_token(token: str, purpose: Purpose) -> Claims | None:
    """Give what a token of ours says, expired or not; None when it is not ours."""
    try:
        payload = jwt.decode(
            token,
            SIGNING_KEY,
            algorithms=[_ALGORITHM],
            audience=purpose.value,
            issuer=_ISSUER,
            # The sandbox has its own clock: PyJWT, which asks the system's, must not judge times.
            options={"verify_exp": False, "verify_iat": False, "verify_nbf": False},
        )
    # Beside its own errors PyJWT lets through those of text that is no UTF-8 and of deep JSON.
    except (jwt.InvalidTokenError, ValueError, RecursionError):
        return None
    match payload:
        case {"jti": str(ident), "sub": str(login), "tenant": str(tenant), "exp": int(expires_at)}:
            return Claims(ident, login, tenant, expires_at)
        case _:
            return None
