"""From an endpoint to the service that answers there; a second kind of service is chosen here."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from glomex_cli.concurrency import Deadline
from glomex_cli.config.endpoint import Endpoint
from glomex_cli.errors import ConfigurationError
from glomex_cli.http.client import Wire
from glomex_cli.interfaces import Listener, Service
from glomex_cli.services.cache import Memory
from glomex_cli.services.glomex.service import GlomexService
from glomex_cli.services.graphql.client import GraphQLCaller
from glomex_cli.terminal.runtime import Runtime

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication

    from glomex_cli.sandbox.options import SandboxOptions


def open_service(
    endpoint: Endpoint,
    *,
    memory: Memory,
    runtime: Runtime,
    deadline: Deadline,
    listener: Listener,
) -> Service:
    """Give the service at `endpoint`; the word `sandbox` opens the embedded one."""
    app = _sandbox_app(runtime) if endpoint.is_sandbox else None
    wire = Wire(endpoint, app=app, observe=listener.observe, meanwhile=listener.meanwhile)
    return GlomexService(GraphQLCaller(wire, deadline, listener.tell), runtime.now, memory)


def sandbox_options(environ: Mapping[str, str], **changes: Any) -> "SandboxOptions":
    """Give how the sandbox is to behave: the changes that are not None, else the environment."""
    from dataclasses import replace

    from glomex_cli.sandbox.options import options_from

    given = {name: value for name, value in changes.items() if value is not None}
    try:
        return replace(options_from(environ), **given)
    except ValueError as error:
        raise ConfigurationError(str(error), "glomex sandbox serve --help") from None


def _sandbox_app(runtime: Runtime) -> "WSGIApplication":
    from glomex_cli.sandbox.app import create_app

    return create_app(sandbox_options(runtime.environ), runtime.now)
