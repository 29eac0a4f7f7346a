"""The logins of the sandbox, its sessions and MFA challenges as signed tokens, and MFA codes.

All of it is public: nothing here guards anything. Any process can check a token that another
one signed. A code by TOTP is good once, and a challenge allows few tries.
"""

import hmac
import secrets
import threading
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from urllib.parse import quote

import jwt
from pyotp.totp import TOTP

from glomex_cli.sandbox.errors import Refusal, RefusedError

SANDBOX_LOGIN = "demo@glomex.example"
SANDBOX_PASSWORD = "sandbox-only"  # noqa: S105 - public, it opens made-up figures
SANDBOX_TENANT = "t-sandbox"
SANDBOX_TOTP_SEED = "MG4M4CE24NKZFSZYMOOMKPXZBJDKQLPM"
ROBOT_LOGIN = "robot@glomex.example"
OWNER_LOGIN = "owner@glomex.example"
_ISSUER = "glomex sandbox"
_SIGNED_BY = "glomex-sandbox"
_ALGORITHM = "HS256"
# Public on purpose: a token opens made-up figures, and every process must be able to check it.
SIGNING_KEY = b"this key is no secret: it signs the tokens of the glomex sandbox"
MAX_ATTEMPTS = 5
_STEP_S = 30
# Clocks of phones go wrong by a little: RFC 6238, section 5.2, allows one step of 30 s.
_WINDOW = (-1, 0, 1)


class Right(StrEnum):
    """What an account may ask for."""

    CONTENT_OWNER = "content owner reports"
    PUBLISHER = "publisher reports"


@dataclass(frozen=True, slots=True)
class Account:
    """A login; with a `totp_seed` it needs a code."""

    login: str
    totp_seed: str | None = None
    rights: frozenset[Right] = frozenset(Right)
    password: str = SANDBOX_PASSWORD
    tenant: str = SANDBOX_TENANT


_ACCOUNTS = {
    account.login: account
    for account in (
        Account(SANDBOX_LOGIN, SANDBOX_TOTP_SEED),
        Account(ROBOT_LOGIN),
        Account(OWNER_LOGIN, rights=frozenset({Right.CONTENT_OWNER})),
    )
}


def account_of(login: str) -> Account | None:
    """Return the account of a login, upper or lower case, or None.

    >>> account_of("Robot@Glomex.Example").login
    'robot@glomex.example'
    """
    return _ACCOUNTS.get(login.lower())


def open_account(login: str, *, password: str, tenant: str) -> Account:
    """Return the account these three open, or raise RefusedError.

    An unknown login and a wrong password get the same words, so that no one learns who exists.
    """
    account = account_of(login)
    if account is None or not _is_same(password, account.password):
        raise RefusedError(Refusal.UNAUTHENTICATED, "Login or password is wrong.")
    if not _is_same(tenant, account.tenant):
        raise RefusedError(Refusal.UNAUTHENTICATED, "This login does not belong to the tenant.")
    return account


def announce(url: str) -> list[tuple[str, str]]:
    """Return label and value of all that a sign-in to the sandbox at `url` needs."""
    label = quote(f"{_ISSUER}:{SANDBOX_LOGIN}", safe=":@")
    uri = f"otpauth://totp/{label}?secret={SANDBOX_TOTP_SEED}&issuer={quote(_ISSUER)}"
    return [
        ("URL", url),
        ("login", SANDBOX_LOGIN),
        ("password", SANDBOX_PASSWORD),
        ("tenant", SANDBOX_TENANT),
        ("TOTP secret", SANDBOX_TOTP_SEED),
        ("otpauth URI", uri),
    ]


def _is_same(given: str, expected: str) -> bool:
    return hmac.compare_digest(given.encode("utf-8", "surrogatepass"), expected.encode())


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
        """Return whether the token has ended at `now`."""
        return now.timestamp() >= self.expires_at


def sign_token(account: Account, purpose: Purpose, *, life_s: int, now: datetime) -> str:
    """Sign a token for `account`, good for `life_s` seconds from the whole second of `now`."""
    issued_at = int(now.timestamp())
    claims = {
        "iss": _SIGNED_BY,
        "aud": purpose.value,
        "sub": account.login,
        "tenant": account.tenant,
        "iat": issued_at,
        "exp": issued_at + life_s,
        "jti": secrets.token_hex(8),
    }
    return jwt.encode(claims, SIGNING_KEY, algorithm=_ALGORITHM)


def read_token(token: str, purpose: Purpose) -> Claims | None:
    """Return the claims of a token of ours, expired or not; None when it is not ours."""
    try:
        payload = jwt.decode(
            token,
            SIGNING_KEY,
            algorithms=[_ALGORITHM],
            audience=purpose.value,
            issuer=_SIGNED_BY,
            # The sandbox has its own clock: PyJWT, which asks the system's, must not judge times.
            options={"verify_exp": False, "verify_iat": False, "verify_nbf": False},
        )
    # Beside its own errors PyJWT lets through those of text that is not UTF-8 and of deep JSON.
    except (jwt.InvalidTokenError, ValueError, RecursionError):
        return None
    match payload:
        case {"jti": str(ident), "sub": str(login), "tenant": str(tenant), "exp": int(expires_at)}:
            return Claims(ident, login, tenant, expires_at)
        case _:
            return None


@dataclass(slots=True)
class CodeChecker:
    """Checks codes, and remembers as long as this process lives which ones are used up."""

    _lock: threading.Lock = field(default_factory=threading.Lock)
    _used_codes: set[tuple[str, int]] = field(default_factory=set[tuple[str, int]])
    _attempts: dict[Claims, int] = field(default_factory=dict[Claims, int])
    _done: set[Claims] = field(default_factory=set[Claims])

    def redeem(self, challenge: Claims, code: str, *, seed: str, now: datetime) -> None:
        """Use up `challenge` with a right code, or raise RefusedError and count the attempt."""
        with self._lock:
            self._forget_expired(now)
            self._refuse_dead(challenge, now)
            self._attempts[challenge] = self._attempts.get(challenge, 0) + 1
            self._use_code(challenge.login, _timecode(code, seed=seed, now=now))
            self._done.add(challenge)

    def _refuse_dead(self, challenge: Claims, now: datetime) -> None:
        if challenge.is_expired(now):
            raise RefusedError(Refusal.CHALLENGE_EXPIRED, "The challenge has expired.")
        if challenge in self._done:
            raise RefusedError(Refusal.CHALLENGE_USED, "The challenge has been used already.")
        if self._attempts.get(challenge, 0) >= MAX_ATTEMPTS:
            raise RefusedError(
                Refusal.TOO_MANY_ATTEMPTS,
                "Too many wrong codes; sign in again for a new challenge.",
            )

    def _use_code(self, login: str, timecode: int | None) -> None:
        if timecode is None:
            raise RefusedError(Refusal.MFA_CODE_WRONG, "The MFA code is wrong.")
        if (login, timecode) in self._used_codes:
            raise RefusedError(
                Refusal.MFA_CODE_REUSED,
                "The MFA code has been used already; wait for the next one.",
            )
        self._used_codes.add((login, timecode))

    def _forget_expired(self, now: datetime) -> None:
        self._attempts = {c: n for c, n in self._attempts.items() if not c.is_expired(now)}
        self._done = {c for c in self._done if not c.is_expired(now)}
        oldest = int(now.timestamp()) // _STEP_S + min(_WINDOW)
        self._used_codes = {used for used in self._used_codes if used[1] >= oldest}


def _timecode(code: str, *, seed: str, now: datetime) -> int | None:
    """Return the step of time a code belongs to; None when it does not belong to now."""
    totp = TOTP(seed, interval=_STEP_S)
    given = code.encode("utf-8", "surrogatepass")
    current = int(now.timestamp()) // _STEP_S
    for timecode in (current + step for step in _WINDOW):
        # pyotp refuses to count before 1970, where the first step of that year would look.
        if timecode >= 0 and hmac.compare_digest(given, totp.generate_otp(timecode).encode()):
            return timecode
    return None
