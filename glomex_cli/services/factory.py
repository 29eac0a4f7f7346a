"""Open the service at an endpoint: here, and nowhere else, it is known which there are."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from glomex_cli.concurrency import Deadline
from glomex_cli.config.endpoint import Endpoint, ServiceName
from glomex_cli.config.settings import cache_folder
from glomex_cli.errors import ConfigurationError
from glomex_cli.http.client import HttpClient
from glomex_cli.interfaces import Listener, Service
from glomex_cli.services.cache import Cache

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication

    from glomex_cli.sandbox.app import SandboxOptions


def open_service(  # noqa: PLR0913 - each is opened by the caller, who shares it
    endpoint: Endpoint,
    *,
    service: ServiceName,
    cache: Cache,
    environ: Mapping[str, str],
    now: Callable[[], datetime],
    deadline: Deadline,
    listener: Listener,
) -> Service:
    """Return the service at `endpoint`; the word of a sandbox opens the embedded one.

    `environ` says how the embedded sandbox behaves.
    """
    if service is ServiceName.MUX:
        return _open_mux(
            endpoint, cache=cache, environ=environ, now=now, deadline=deadline, listener=listener
        )
    from glomex_cli.services.glomex.service import GlomexService
    from glomex_cli.services.graphql.client import GraphQLClient

    app = _sandbox_app(environ, now) if endpoint.is_sandbox else None
    http = HttpClient(endpoint, app=app, observe=listener.observe, wait=listener.wait)
    return GlomexService(GraphQLClient(http, deadline, listener.tell), now, cache)


def _open_mux(  # noqa: PLR0913 - as `open_service`
    endpoint: Endpoint,
    *,
    cache: Cache,
    environ: Mapping[str, str],
    now: Callable[[], datetime],
    deadline: Deadline,
    listener: Listener,
) -> Service:
    from glomex_cli.services.mux.client import MuxClient
    from glomex_cli.services.mux.pace import open_pace
    from glomex_cli.services.mux.service import MuxService

    app = mux_sandbox(environ, now) if endpoint.is_sandbox else None
    http = HttpClient(endpoint, app=app, observe=listener.observe, wait=listener.wait)
    pace = open_pace(None if endpoint.is_sandbox else cache_folder(), endpoint.origin)
    client = MuxClient(http, deadline, listener.tell, pace)
    return MuxService(client, now, cache.learn_schema)


def mux_sandbox(environ: Mapping[str, str], now: Callable[[], datetime]) -> "WSGIApplication":
    """Return the embedded sandbox of Mux Data; `environ` says how it behaves."""
    from glomex_cli.sandbox.mux.app import create_app
    from glomex_cli.sandbox.mux.scope import options_from

    try:
        return create_app(options_from(environ), now)
    except ValueError as error:
        raise ConfigurationError(str(error), "glomex sandbox serve --help") from None


def sandbox_options(environ: Mapping[str, str], **changes: Any) -> "SandboxOptions":
    """Return how the sandbox behaves: the changes that are not None, else the environment."""
    from dataclasses import replace

    from glomex_cli.sandbox.app import options_from

    given = {name: value for name, value in changes.items() if value is not None}
    try:
        return replace(options_from(environ), **given)
    except ValueError as error:
        raise ConfigurationError(str(error), "glomex sandbox serve --help") from None


def _sandbox_app(environ: Mapping[str, str], now: Callable[[], datetime]) -> "WSGIApplication":
    from glomex_cli.sandbox.app import create_app

    return create_app(sandbox_options(environ), now)
