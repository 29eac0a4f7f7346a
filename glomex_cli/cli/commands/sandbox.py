"""`glomex sandbox`: the embedded service, for people who build against the API."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from glomex_cli.cli.help import declare
from glomex_cli.cli.numbers import seconds_option
from glomex_cli.errors import UsageError
from glomex_cli.terminal.runtime import Runtime

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from wsgiref.types import WSGIApplication

    from glomex_cli.sandbox.options import SandboxOptions
    from glomex_cli.sandbox.server import SandboxServer

EXAMPLES = (
    "glomex sandbox serve",
    "glomex sandbox serve --port 8080",
    "glomex sandbox serve --variant pages",
)


class VariantName(StrEnum):
    """The other services that can be served: the names of `sandbox.variants.offered`."""

    HALF_OPEN = "half-open"
    HALF_OPEN_PUBLISHER = "half-open-publisher"
    OBJECTS = "objects"
    STRINGS = "strings"
    PAGES = "pages"
    NUMBERS_AS_TEXT = "numbers-as-text"
    MOMENTS = "moments"
    SHORT_RANGES = "short-ranges"
    ZERO_DAYS = "zero-days"
    PLAIN_SIGN_IN = "plain-sign-in"
    JAVA = "java"
    UNSTEADY = "unsteady"


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
    variant: Annotated[
        VariantName | None,
        typer.Option(help="Which other service to serve, see below.", show_default="none"),
    ] = None,
) -> None:
    """Serve the sandbox until Ctrl-C.

    Prints the address and all that is needed to sign in. The address opened in a browser
    documents the schema and runs queries.

    With --variant it is a service as the documents also allow it, which has no page for
    browsers:
    half-open (`to` is the day after the last), half-open-publisher (in the publisher's report),
    objects (videos and channels are objects), strings (dimensions are strings, filters required),
    pages (a connection of pages), numbers-as-text (counts are strings, weeks numbers),
    moments (days are timestamps), short-ranges (31 days, none of today),
    zero-days (days without data are rows), plain-sign-in (one type of session),
    java (errors of graphql-java, no introspection), unsteady (the second report fails).
    """
    from glomex_cli.sandbox.accounts import announce
    from glomex_cli.services.factory import sandbox_options

    runtime: Runtime = context.obj
    options = sandbox_options(
        runtime.environ, token_life_s=token_life, delay_s=delay, introspection=introspection
    )
    server = _bound(_app(options, runtime.now, variant), port)
    for label, value in announce(server.url):
        runtime.stdout.write(f"{label:<12}{value}\n")
    runtime.stdout.flush()
    server.run()


def _app(
    options: "SandboxOptions", now: "Callable[[], datetime]", variant: VariantName | None
) -> "WSGIApplication":
    if variant is None:
        from glomex_cli.sandbox.app import create_app

        return create_app(options, now)
    from glomex_cli.sandbox.variants.app import create_variant_app
    from glomex_cli.sandbox.variants.offered import OFFERED

    return create_variant_app(OFFERED[variant], now, options)


def _bound(app: "WSGIApplication", port: int) -> "SandboxServer":
    from glomex_cli.sandbox.server import serve as bind

    try:
        return bind(app, port=port)
    except OSError as error:
        raise UsageError(
            f"port {port} cannot be used: {error.strerror}", "glomex sandbox serve --port 0"
        ) from None
