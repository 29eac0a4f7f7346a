"""`glomex completion`."""

from typing import Annotated

import typer

from glomex_cli.cli.completion.command_model import command_facts
from glomex_cli.cli.completion.install import Script, install, place_of, script_text
from glomex_cli.cli.help import declare
from glomex_cli.cli.options import flag
from glomex_cli.terminal.runtime import Runtime

EXAMPLES = (
    "glomex completion bash --install",
    "glomex completion zsh --install",
    "glomex completion fish --install",
    "glomex completion man --install",
    "glomex completion bash > glomex.bash",
)


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    declare(app, completion_command, EXAMPLES)


def completion_command(
    context: typer.Context,
    script: Annotated[
        Script,
        typer.Argument(
            metavar="SHELL", help="Of bash, zsh, fish or powershell; or man, for the man page."
        ),
    ],
    *,
    install_it: Annotated[
        bool, flag("--install", help="Write it where the shell looks for it.")
    ] = False,
) -> None:
    """Print the completion script of a shell, or install it.

    TAB then completes commands, options and their values at once, without starting the program;
    metrics, dimensions and filters as glomex schema last learnt them, and the names of profiles.
    No start-up file of a shell is changed: a line to add is told.
    """
    runtime: Runtime = context.obj
    text = script_text(script, command_facts(context.find_root().command))
    if not install_it:
        runtime.stdout.write(text)
        return
    place = place_of(script, runtime.environ)
    install(place, text)
    additions = [f"add {place.addition}"] if place.addition else []
    for line in (f"wrote {place.path}", *additions, f"now type: {place.then}"):
        runtime.stderr.write(f"{line}\n")
