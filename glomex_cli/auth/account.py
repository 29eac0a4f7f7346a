"""An account: one profile at one endpoint, and what it takes to sign in with it."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from glomex_cli.config.defaults import ServiceName
from glomex_cli.models import Secret, StoreName

# Most commands find a valid token: what signs in is imported where it is used.
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from glomex_cli.auth.totp import Seed
    from glomex_cli.concurrency import Deadline
    from glomex_cli.config.settings import Settings
    from glomex_cli.interfaces import Service
    from glomex_cli.storage.base import SecretStore
    from glomex_cli.terminal.talk import Talk


class Account:
    """A profile with its endpoint, its store and the person who can be asked.

    Settings and service are opened when they are first needed: what uses GLOMEX_TOKEN alone, or
    only reads the store, does not pay for them.
    """

    def __init__(  # noqa: PLR0913 - each is opened by the caller, who shares it
        self,
        *,
        open_settings: Callable[[], Settings],
        environ: Mapping[str, str],
        now: Callable[[], datetime],
        talk: Talk,
        open_service: Callable[[], Service],
        limit: Callable[[], Deadline] | None = None,
    ) -> None:
        """Sign in within `limit`, the deadline that a person set; without one as codes need."""
        self._open_settings = open_settings
        self.environ = environ
        self.now = now
        self.talk = talk
        self.limit = limit
        self._open_service = open_service

    @cached_property
    def settings(self) -> Settings:
        """Profile, endpoint and folder."""
        return self._open_settings()

    @cached_property
    def service(self) -> Service:
        """The service at the endpoint."""
        return self._open_service()

    def store(self, name: StoreName | None = None) -> SecretStore:
        """Return the named store, or that of the settings."""
        from glomex_cli.storage.factory import open_store

        return open_store(
            name or self.settings.store,
            folder=self.settings.folder,
            environ=self.environ,
            interactive=self.talk.is_interactive,
            notify=self.talk.say,
        )

    @property
    def given_token(self) -> str:
        """A token that is used as it is, without opening any store; else empty."""
        return self.environ.get("GLOMEX_TOKEN", "") or self._ready_token[0]

    def checked_token(self) -> Secret:
        """Return the given token; SignInError for one that this service does not have.

        Only an id and its secret, joined by a colon, need the settings to be read.
        """
        from glomex_cli.auth.tokens import access_token, bearer_token

        is_pair = ":" in self.given_token and self.settings.service is ServiceName.MUX
        check = access_token if is_pair else bearer_token
        return check(self.given_token, source=self.token_source)

    @property
    def token_source(self) -> str:
        """Where the given token is from: GLOMEX_TOKEN, or what the service reads."""
        return "GLOMEX_TOKEN" if self.environ.get("GLOMEX_TOKEN") else self._ready_token[1]

    @cached_property
    def _ready_token(self) -> tuple[str, str]:
        if self.settings.service is ServiceName.GLOMEX:
            return "", ""
        from glomex_cli.auth.token_pair import ready_token

        return ready_token(self.settings, self.environ)

    @property
    def given_password(self) -> Secret | None:
        """The password in GLOMEX_PASSWORD."""
        given = self.environ.get("GLOMEX_PASSWORD")
        return Secret(given) if given else None

    @property
    def can_sign_in(self) -> bool:
        """Whether login, tenant and password are all in the environment."""
        from glomex_cli.config.settings import is_complete

        return self.settings.service is ServiceName.GLOMEX and is_complete(self.environ)

    @property
    def given_seed(self) -> Seed | None:
        """The TOTP secret in GLOMEX_TOTP_SECRET; reading it raises UsageError for a bad one."""
        from glomex_cli.auth.totp import parse_seed

        given = self.environ.get("GLOMEX_TOTP_SECRET")
        return parse_seed(given) if given else None


def how_to_sign_in(settings: Settings) -> str:
    """Return the command that signs in, and who may where that is the embedded sandbox."""
    command = f"glomex login{settings.profile_option}"
    if not settings.endpoint.is_sandbox:
        return command
    from glomex_cli.sandbox.accounts import ROBOT_LOGIN, SANDBOX_TENANT

    command = f"{command} --login {ROBOT_LOGIN} --tenant {SANDBOX_TENANT}"
    return f"{command}, with the password that `glomex sandbox serve` prints"
