"""`glomex sandbox`: the embedded service, for people who build against the API."""

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from glomex_cli.cli.help import declare
from glomex_cli.cli.options import seconds_option
from glomex_cli.config.endpoint import ServiceName
from glomex_cli.errors import UsageError
from glomex_cli.terminal.runtime import Runtime

if TYPE_CHECKING:
    from datetime import datetime
    from wsgiref.types import WSGIApplication

    from glomex_cli.sandbox.app import SandboxOptions
    from glomex_cli.sandbox.server import SandboxServer

EXAMPLES = (
    "glomex sandbox serve",
    "glomex sandbox serve --port 8080",
    "glomex sandbox serve --service mux",
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
    """Run the embedded sandbox as a local HTTP server."""


def serve_command(
    context: typer.Context,
    *,
    service: Annotated[
        ServiceName, typer.Option(envvar="GLOMEX_SERVICE", help="Service to imitate.")
    ] = ServiceName.GLOMEX,
    port: Annotated[
        int,
        typer.Option(
            metavar="PORT", min=0, max=65535, help="Port on 127.0.0.1; 0 picks a free one."
        ),
    ] = 0,
    token_life: Annotated[
        int | None,
        typer.Option(
            envvar="GLOMEX_SANDBOX_TOKEN_LIFE",
            metavar="SECONDS",
            min=0,
            max=1_000_000_000,
            help="Lifetime of a token.",
            show_default="3600",
        ),
    ] = None,
    delay: Annotated[
        float | None,
        typer.Option(
            envvar="GLOMEX_SANDBOX_DELAY",
            metavar="SECONDS",
            parser=seconds_option("--delay", least=0),
            help="Delay before every response.",
            show_default="0",
        ),
    ] = None,
    introspection: Annotated[
        bool | None,
        typer.Option(
            envvar="GLOMEX_SANDBOX_INTROSPECTION",
            help="Allow schema introspection.",
            show_default="on",
        ),
    ] = None,
    variant: Annotated[
        VariantName | None,
        typer.Option(metavar="NAME", help="Another documented behavior of the service, see above."),
    ] = None,
) -> None:
    """Serve the sandbox until Ctrl-C.

    Prints the address and everything you need to sign in. Open the address in a browser to read
    the schema, sign in and run queries.

    --variant serves another behavior that the documents allow:
    half-open (`to` is the day after the last), half-open-publisher (in the publisher's report),
    objects (videos and channels are objects), strings (dimensions are strings, filters required),
    pages (a connection of pages), numbers-as-text (counts are strings, weeks numbers),
    moments (days are timestamps), short-ranges (31 days, none of today),
    zero-days (days without data are rows), plain-sign-in (one type of session),
    java (errors of graphql-java, no introspection), unsteady (the second report fails).
    """
    runtime: Runtime = context.obj
    changes = {"token_life_s": token_life, "delay_s": delay, "introspection": introspection}
    if service is ServiceName.MUX:
        _refuse_of_glomex([*changes.values(), variant])
        server, announced = _serve_mux(runtime, port)
    else:
        server, announced = _serve_glomex(runtime, port, changes, variant)
    width = max(len(label) for label, _ in announced) + 1
    for label, value in announced:
        runtime.stdout.write(f"{label:<{width}}{value}\n")
    runtime.stdout.flush()
    if runtime.stderr.isatty():
        runtime.stderr.write(f"use it: export GLOMEX_ENDPOINT={server.url}\nstop it: Ctrl-C\n")
        runtime.stderr.flush()
    server.run()


_Served: TypeAlias = "tuple[SandboxServer, list[tuple[str, str]]]"


def _app(
    options: "SandboxOptions", now: "Callable[[], datetime]", variant: VariantName | None
) -> "WSGIApplication":
    if variant is None:
        from glomex_cli.sandbox.app import create_app

        return create_app(options, now)
    from glomex_cli.sandbox.variants.app import create_variant_app
    from glomex_cli.sandbox.variants.arguments import OFFERED

    return create_variant_app(OFFERED[variant], now, options)


def _refuse_of_glomex(given: Sequence[object]) -> None:
    """Raise UsageError where an option is given that the sandbox of Mux does not have."""
    if any(value is not None for value in given):
        names = "--token-life, --delay, --introspection and --variant"
        raise UsageError(f"{names} are for the sandbox of Glomex", "leave them out")


def _serve_glomex(
    runtime: Runtime,
    port: int,
    changes: Mapping[str, float | None],
    variant: VariantName | None,
) -> _Served:
    from glomex_cli.sandbox.server import serve
    from glomex_cli.sandbox.sessions import announce
    from glomex_cli.services.factory import sandbox_options

    app = _app(sandbox_options(runtime.environ, **changes), runtime.now, variant)
    server = _bound(lambda: serve(app, port=port), port)
    return server, list(announce(server.url))


def _serve_mux(runtime: Runtime, port: int) -> _Served:
    from glomex_cli.sandbox.mux.access import announce
    from glomex_cli.sandbox.mux.app import serve
    from glomex_cli.services.factory import mux_sandbox

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
