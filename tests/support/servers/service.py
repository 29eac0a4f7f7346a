"""The sandbox over real HTTP on this machine, and what it takes to sign in to it."""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from pyotp.totp import TOTP

from glomex_cli.sandbox.app import SandboxOptions, create_app
from glomex_cli.sandbox.server import serve
from glomex_cli.sandbox.sessions import (
    ROBOT_LOGIN,
    SANDBOX_LOGIN,
    SANDBOX_PASSWORD,
    SANDBOX_TENANT,
    SANDBOX_TOTP_SEED,
)

LOGIN, ROBOT, PASSWORD, TENANT = SANDBOX_LOGIN, ROBOT_LOGIN, SANDBOX_PASSWORD, SANDBOX_TENANT


@dataclass(frozen=True)
class Service:
    """A running sandbox."""

    url: str


@contextmanager
def running(options: SandboxOptions | None = None) -> Generator[Service]:
    """Serve a sandbox on a free port until the block ends."""
    with serve(create_app(options or SandboxOptions())) as server:
        yield Service(server.url)


def current_code() -> str:
    """Return what the authenticator app of the sandbox's account shows now."""
    return TOTP(SANDBOX_TOTP_SEED).at(datetime.now(UTC))
