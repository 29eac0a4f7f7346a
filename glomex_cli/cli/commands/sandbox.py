"""`glomex sandbox`: the embedded service, for people who build against the API."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from glomex_cli.cli.help import declare
from glomex_cli.cli.numbers import seconds_option
from glomex_cli.config.defaults import ServiceName
from glomex_cli.errors import UsageError
from glomex_cli.terminal.runtime import Runtime

if TYPE_CHECKING:
    from glomex_cli.sandbox.server import SandboxServer

EXAMPLES = (
    "glomex sandbox serve",
    "glomex sandbox serve --port 8080",
    "glomex sandbox serve --service mux",
)

_OF_GLOMEX = ("--token-life", "--delay", "--introspection")


def register(app: typer.Typer) -> None:
    """Add the group to `app`."""
    app.callback()(sandbox_command)
    declare(app, serve_command, EXAMPLES)


def sandbox_command() -> None:
    """Serve the embedded sandbox over HTTP on this machine."""


def serve_command(
    context: typer.Context,
    *,
    service: Annotated[
        ServiceName, typer.Option(envvar="GLOMEX_SERVICE", help="Which service to serve.")
    ] = ServiceName.GLOMEX,
    port: Annotated[
        int,
        typer.Option(min=0, max=65535, help="The port on 127.0.0.1; 0 lets the system choose."),
    ] = 0,
    token_life: Annotated[
        int | None,
        typer.Option(
            envvar="GLOMEX_SANDBOX_TOKEN_LIFE",
            metavar="SECONDS",
            min=0,
            help="How long a token is good.",
            show_default="3600",
        ),
    ] = None,
    delay: Annotated[
        float | None,
        typer.Option(
            envvar="GLOMEX_SANDBOX_DELAY",
            metavar="SECONDS",
            parser=seconds_option("--delay", least=0),
            help="How long to wait before every answer.",
            show_default="0",
        ),
    ] = None,
    introspection: Annotated[
        bool | None,
        typer.Option(
            envvar="GLOMEX_SANDBOX_INTROSPECTION",
            help="Whether the schema may be asked for.",
            show_default="introspection",
        ),
    ] = None,
) -> None:
    """Serve the sandbox until Ctrl-C.

    Prints the address and all that is needed to sign in. The address opened in a browser
    documents the schema and runs queries.
    """
    runtime: Runtime = context.obj
    changes = {"token_life_s": token_life, "delay_s": delay, "introspection": introspection}
    serve = _serve_mux if service is ServiceName.MUX else _serve_glomex
    server, announced = serve(runtime, port, changes)
    width = max(len(label) for label, _ in announced) + 1
    for label, value in announced:
        runtime.stdout.write(f"{label:<{width}}{value}\n")
    runtime.stdout.flush()
    server.run()


_Served: TypeAlias = "tuple[SandboxServer, list[tuple[str, str]]]"


def _serve_glomex(runtime: Runtime, port: int, changes: Mapping[str, float | None]) -> _Served:
    from glomex_cli.sandbox.accounts import announce
    from glomex_cli.sandbox.app import create_app
    from glomex_cli.sandbox.server import serve
    from glomex_cli.services.factory import sandbox_options

    app = create_app(sandbox_options(runtime.environ, **changes), runtime.now)
    server = _bound(lambda: serve(app, port=port), port)
    return server, list(announce(server.url))


def _serve_mux(runtime: Runtime, port: int, changes: Mapping[str, float | None]) -> _Served:
    from glomex_cli.sandbox.mux.server import serve
    from glomex_cli.sandbox.mux.tokens import announce
    from glomex_cli.services.factory import mux_sandbox

    if any(value is not None for value in changes.values()):
        names = ", ".join(_OF_GLOMEX)
        raise UsageError(f"{names} are for the sandbox of Glomex", "leave them out")
    app = mux_sandbox(runtime.environ, runtime.now)
    server = _bound(lambda: serve(app, port=port), port)
    return server, announce(server.url)


def _bound(bind: Callable[[], "SandboxServer"], port: int) -> "SandboxServer":
    try:
        return bind()
    except OSError as error:
        raise UsageError(
            f"port {port} cannot be used: {error.strerror}", "glomex sandbox serve --port 0"
        ) from None
