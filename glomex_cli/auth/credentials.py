"""What a sign-in needs: as typed, from stdin, from the environment, or asked for; and checked.

The embedded sandbox has an account that anyone may use.
"""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from glomex_cli.config.endpoint import ServiceName
from glomex_cli.errors import CredentialsRefusedError, UsageError
from glomex_cli.interfaces import Credentials, Field
from glomex_cli.models import Secret
from glomex_cli.terminal.sanitize import clean
from glomex_cli.terminal.screen import in_a_sentence

if TYPE_CHECKING:
    from collections.abc import Mapping
    from io import BufferedIOBase

    from glomex_cli.auth.account import Account
    from glomex_cli.config.settings import Settings

_LONGEST_LINE = 4096
# NUL, and halves of surrogate pairs, which UTF-8 cannot hold.
_UNSENDABLE = re.compile("[\0\ud800-\udfff]")


class Applicant:
    """Who signs in: each field of the service as typed, else of the environment, else asked for."""

    def __init__(
        self, account: Account, typed: Mapping[str, str | None], *, stdin: BufferedIOBase | None
    ) -> None:
        """Take the options in `typed`, and the secret from `stdin` where it is given."""
        self._account = account
        self._typed = typed
        self._stdin = stdin
        self._environ = _environ(account, typed, is_fed=stdin is not None)
        self._fields = [field for field in account.service.fields if not field.secret]
        (self._secret,) = (field for field in account.service.fields if field.secret)

    @property
    def types_secret(self) -> bool:
        """Whether the secret is asked for, so that it may be typed again."""
        return self._stdin is None and not self._environ.get(self._secret.env)

    @property
    def is_known(self) -> bool:
        """Whether a field is not asked for, so that nobody has just seen who signs in."""
        return any(self._given(field) for field in self._fields)

    def values(self, defaults: Mapping[str, str | None]) -> dict[str, str]:
        """Return the fields that are no secret; where they are asked for, Enter takes a default."""
        return {
            field.name: self._given(field) or self._ask(field, defaults.get(field.name))
            for field in self._fields
        }

    def described(self, values: Mapping[str, str]) -> str:
        """Return in words who signs in, such as `email you@example.com, tenant t-1`."""
        return ", ".join(
            f"{in_a_sentence(each.label)} {values[each.name]}" for each in self._fields
        )

    def credentials(self, values: Mapping[str, str]) -> Credentials:
        """Return the fields with the secret, exactly as it was typed, spaces included."""
        field = self._secret
        if self._stdin:
            secret = _read_line(self._stdin, field)
        else:
            secret = Secret(self._environ.get(field.env) or self._ask(field))
        return Credentials(values, {field.name: secret})

    def retyped(self, credentials: Credentials, refused: CredentialsRefusedError) -> Credentials:
        """Return credentials with the secret typed again; the refusal where nobody can type it."""
        self._account.talk.warn(f"{refused.message}, try again")
        try:
            return self.credentials(credentials.values)
        except UsageError:
            raise refused from None

    def _given(self, field: Field) -> str | None:
        given = self._typed.get(field.name) or self._environ.get(field.env)
        return given or _known(self._account.settings, field)

    def _ask(self, field: Field, default: str | None = None) -> str:
        """Ask until something is typed: an empty answer is never sent."""
        talk = self._account.talk
        label = f"{field.label} [{clean(default)}]" if default else field.label
        while True:
            typed = talk.ask(label, option=field.option, hidden=field.secret) or default
            if typed:
                return typed
            talk.warn(f"empty input: type the {in_a_sentence(field.label)}, or press Ctrl-C")


def _environ(
    account: Account, typed: Mapping[str, str | None], *, is_fed: bool
) -> Mapping[str, str]:
    """Return the variables that count: id and secret of a token are never mixed with others."""
    if account.settings.service is ServiceName.GLOMEX:
        return account.environ
    from glomex_cli.auth.session import TOKEN_ID, TOKEN_SECRET, pair_in

    if any(typed.values()) or is_fed:
        return {}
    pair = pair_in(account.environ)
    return {TOKEN_ID: pair[0], TOKEN_SECRET: pair[1]} if pair else {}


def _known(settings: Settings, field: Field) -> str | None:
    return {"login": settings.login, "tenant": settings.tenant}.get(field.name)


def _read_line(stdin: BufferedIOBase, field: Field) -> Secret:
    line = stdin.readline(_LONGEST_LINE + 1)
    if len(line) > _LONGEST_LINE:
        raise UsageError(
            f"the {field.name} on stdin is longer than {_LONGEST_LINE} bytes",
            f'printf %s "$PASSWORD" | glomex login {field.option}',
        )
    bare = line.removeprefix(codecs.BOM_UTF8).rstrip(b"\r\n")
    return Secret(bare.decode("utf-8", "surrogateescape"))


def check_text(credentials: Credentials) -> None:
    """Refuse what cannot be sent before an encoder does: its error would quote the password."""
    hidden = {name: secret.reveal() for name, secret in credentials.secrets.items()}
    for name, value in {**credentials.values, **hidden}.items():
        shown = name.replace("_", " ")
        if not value:
            raise UsageError(f"the {shown} is empty", "glomex login --help")
        if _UNSENDABLE.search(value):
            raise UsageError(f"the {shown} contains invalid characters", "type it again")


def public_credentials(service: ServiceName) -> Credentials:
    """Return those of the embedded sandbox's account that everyone may use, without a code."""
    if service is ServiceName.MUX:
        from glomex_cli.sandbox.mux.access import MUX_TOKEN_ID, MUX_TOKEN_SECRET

        return Credentials({"token_id": MUX_TOKEN_ID}, {"secret": Secret(MUX_TOKEN_SECRET)})
    from glomex_cli.sandbox.sessions import ROBOT_LOGIN, SANDBOX_PASSWORD, SANDBOX_TENANT

    return Credentials(
        {"login": ROBOT_LOGIN, "tenant": SANDBOX_TENANT}, {"password": Secret(SANDBOX_PASSWORD)}
    )
