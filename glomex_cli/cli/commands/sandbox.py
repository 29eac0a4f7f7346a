"""`glomex sandbox`: the embedded service, for people who build against the API."""

from typing import TYPE_CHECKING, Annotated

import typer

from glomex_cli.cli.help import declare
from glomex_cli.cli.numbers import seconds_option
from glomex_cli.errors import UsageError
from glomex_cli.terminal.runtime import Runtime

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication

    from glomex_cli.sandbox.server import SandboxServer

EXAMPLES = (
    "glomex sandbox serve",
    "glomex sandbox serve --port 8080",
)


def register(app: typer.Typer) -> None:
    """Add the group to `app`."""
    app.callback()(sandbox_command)
    declare(app, serve_command, EXAMPLES)


def sandbox_command() -> None:
    """Serve the embedded sandbox over HTTP on this machine."""


def serve_command(
    context: typer.Context,
    *,
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
    from glomex_cli.sandbox.accounts import announce
    from glomex_cli.sandbox.app import create_app
    from glomex_cli.services.factory import sandbox_options

    runtime: Runtime = context.obj
    options = sandbox_options(
        runtime.environ, token_life_s=token_life, delay_s=delay, introspection=introspection
    )
    server = _bound(create_app(options, runtime.now), port)
    for label, value in announce(server.url):
        runtime.stdout.write(f"{label:<12}{value}\n")
    runtime.stdout.flush()
    server.run()


def _bound(app: "WSGIApplication", port: int) -> "SandboxServer":
    from glomex_cli.sandbox.server import serve as bind

    try:
        return bind(app, port=port)
    except OSError as error:
        raise UsageError(
            f"port {port} cannot be used: {error.strerror}", "glomex sandbox serve --port 0"
        ) from None
