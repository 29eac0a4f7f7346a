"""What a sign-in needs: as typed, from stdin, from the environment, or asked for; and checked."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from glomex_cli.config.endpoint import ServiceName
from glomex_cli.errors import UsageError
from glomex_cli.interfaces import Credentials, Field
from glomex_cli.models import Secret

if TYPE_CHECKING:
    from collections.abc import Mapping
    from io import BufferedIOBase

    from glomex_cli.auth.account import Account
    from glomex_cli.config.settings import Settings

_LONGEST_LINE = 4096
# NUL, and halves of surrogate pairs, which UTF-8 cannot hold.
_UNSENDABLE = re.compile("[\0\ud800-\udfff]")


def ask_credentials(
    account: Account, typed: Mapping[str, str | None], *, stdin: BufferedIOBase | None
) -> Credentials:
    """Return what the service asks for: as typed, else of the environment, else asked for."""
    environ = _environ(account, typed, is_fed=stdin is not None)
    values: dict[str, str] = {}
    secrets: dict[str, Secret] = {}
    for field in account.service.fields:
        if field.secret:
            secrets[field.name] = _secret(account, field, environ, stdin)
        else:
            values[field.name] = (
                typed.get(field.name)
                or environ.get(field.env)
                or _known(account.settings, field)
                or account.talk.ask(field.label, option=field.option)
            )
    return Credentials(values, secrets)


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


def _secret(
    account: Account, field: Field, environ: Mapping[str, str], stdin: BufferedIOBase | None
) -> Secret:
    """Return the secret exactly as it was typed, spaces included."""
    if stdin:
        line = stdin.readline(_LONGEST_LINE + 1)
        if len(line) > _LONGEST_LINE:
            raise UsageError(
                f"the {field.name} on stdin is longer than {_LONGEST_LINE} bytes",
                f'printf %s "$PASSWORD" | glomex login {field.option}',
            )
        bare = line.removeprefix(codecs.BOM_UTF8).rstrip(b"\r\n")
        return Secret(bare.decode("utf-8", "surrogateescape"))
    if given := environ.get(field.env):
        return Secret(given)
    return Secret(account.talk.ask(field.label, option=field.option, hidden=True))


def check_text(credentials: Credentials) -> None:
    """Refuse what cannot be sent before an encoder does: its error would quote the password."""
    hidden = {name: secret.reveal() for name, secret in credentials.secrets.items()}
    for name, value in {**credentials.values, **hidden}.items():
        shown = name.replace("_", " ")
        if not value:
            raise UsageError(f"the {shown} is empty", "glomex login --help")
        if _UNSENDABLE.search(value):
            raise UsageError(f"the {shown} holds characters that are no text", "type it again")
