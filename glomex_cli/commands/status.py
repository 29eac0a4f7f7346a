"""`glomex status`."""

import typer

from glomex_cli.commands.options import connected, examples
from glomex_cli.connection import Connection
from glomex_cli.sanitise import clean

EXAMPLES = ("glomex status",)


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command(epilog=examples(EXAMPLES))(status)


@connected
def status(connection: Connection) -> None:
    """Say who is signed in, where, and for how long.

    Ends with exit code 4 where nobody is.
    """
    lines = {"endpoint": connection.settings.endpoint.name, **_session(connection)}
    for label, value in lines.items():
        connection.runtime.stdout.write(f"{label:<10}{clean(value)}\n")


def _session(connection: Connection) -> dict[str, str]:
    if connection.has_given_token:
        return {"token": "from GLOMEX_TOKEN, checked when it is used"}
    found = connection.sign_in
    minutes = found.minutes_left(connection.runtime.now())
    return {
        "profile": connection.settings.profile,
        "login": found.login,
        "tenant": found.tenant,
        "reports": found.kind,
        "store": connection.store().name,
        "left": "unknown" if minutes is None else f"{minutes} minutes",
    }
