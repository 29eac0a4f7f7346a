"""The logins of the sandbox. All of them are public: nothing here guards anything."""

import hmac
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import quote

from glomex_cli.sandbox.errors import Refusal, RefusedError

SANDBOX_LOGIN = "demo@glomex.example"
SANDBOX_PASSWORD = "sandbox-only"  # noqa: S105 - public, it opens made-up figures
SANDBOX_TENANT = "t-sandbox"
SANDBOX_TOTP_SEED = "MG4M4CE24NKZFSZYMOOMKPXZBJDKQLPM"
ROBOT_LOGIN = "robot@glomex.example"
OWNER_LOGIN = "owner@glomex.example"
_ISSUER = "glomex sandbox"


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
        ("TOTP seed", SANDBOX_TOTP_SEED),
        ("otpauth URI", uri),
    ]


def _is_same(given: str, expected: str) -> bool:
    return hmac.compare_digest(given.encode("utf-8", "surrogatepass"), expected.encode())
