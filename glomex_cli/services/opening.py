"""From an endpoint to the service that answers there; a second kind of service is chosen here."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from glomex_cli.deadline import Deadline
from glomex_cli.endpoint import Endpoint
from glomex_cli.errors import ConfigurationError
from glomex_cli.graphql.caller import GraphQLCaller
from glomex_cli.services.glomex import GlomexService
from glomex_cli.services.interface import Service
from glomex_cli.wire.client import Wire
from glomex_cli.wire.exchange import Exchange

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication

    from glomex_cli.sandbox.options import SandboxOptions


def open_service(
    endpoint: Endpoint,
    *,
    deadline: Deadline,
    now: Callable[[], datetime],
    environ: Mapping[str, str],
    observe: Callable[[Exchange], None] | None = None,
) -> Service:
    """Give the service at `endpoint`; the word `sandbox` opens the embedded one."""
    app = _sandbox_app(now, environ) if endpoint.is_sandbox else None
    return GlomexService(GraphQLCaller(Wire(endpoint, app=app, observe=observe), deadline), now)


def sandbox_options(environ: Mapping[str, str], **changes: Any) -> "SandboxOptions":
    """Give how the sandbox is to behave: the changes that are not None, else the environment."""
    from dataclasses import replace

    from glomex_cli.sandbox.options import options_from

    given = {name: value for name, value in changes.items() if value is not None}
    try:
        return replace(options_from(environ), **given)
    except ValueError as error:
        raise ConfigurationError(str(error), "glomex sandbox serve --help") from None


def _sandbox_app(now: Callable[[], datetime], environ: Mapping[str, str]) -> "WSGIApplication":
    from glomex_cli.sandbox.app import create_app

    return create_app(sandbox_options(environ), now)
