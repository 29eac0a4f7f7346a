"""A token that needs no sign-in: an id and a secret in the environment, or the sandbox's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glomex_cli.config.defaults import MUX_ENDPOINT, ServiceName
from glomex_cli.config.endpoint import parse_endpoint
from glomex_cli.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from glomex_cli.config.settings import Settings

TOKEN_ID, TOKEN_SECRET = "MUX_TOKEN_ID", "MUX_TOKEN_SECRET"


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
    one that a profile names. The embedded sandbox has a token of its own.
    """
    if settings.service is not ServiceName.MUX:
        return "", ""
    if settings.endpoint.is_sandbox:
        from glomex_cli.sandbox.mux.tokens import MUX_TOKEN_ID, MUX_TOKEN_SECRET

        return f"{MUX_TOKEN_ID}:{MUX_TOKEN_SECRET}", "the sandbox's token"
    if not (settings.is_endpoint_given or _is_mux_itself(settings)):
        return "", ""
    pair = pair_in(environ)
    return (":".join(pair), TOKEN_ID) if pair else ("", "")


def _is_mux_itself(settings: Settings) -> bool:
    return settings.endpoint.origin == parse_endpoint(MUX_ENDPOINT).origin
