"""`glomex completion`: the scripts and the man page, printed or written where a shell looks.

Only files of our own are written; a shell's start-up file belongs to the user.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from glomex_cli.cli.completion.command_model import Command, command_facts
from glomex_cli.cli.completion.man import man_page
from glomex_cli.cli.completion.shells import (
    bash_script,
    fish_script,
    powershell_quoted,
    powershell_script,
    zsh_script,
)
from glomex_cli.cli.help import declare
from glomex_cli.cli.options import flag
from glomex_cli.errors import ConfigurationError
from glomex_cli.storage.errors import explained_files, shell_quoted
from glomex_cli.storage.files import replace_file
from glomex_cli.terminal.runtime import Runtime

EXAMPLES = (
    "glomex completion bash --install",
    "glomex completion zsh --install",
    "glomex completion fish --install",
    "glomex completion man --install",
    "glomex completion bash > glomex.bash",
)


class Script(StrEnum):
    """The words that `glomex completion` takes."""

    BASH = "bash"
    ZSH = "zsh"
    FISH = "fish"
    POWERSHELL = "powershell"
    MAN = "man"


_MAKERS = {
    Script.BASH: bash_script,
    Script.ZSH: zsh_script,
    Script.FISH: fish_script,
    Script.POWERSHELL: powershell_script,
    Script.MAN: man_page,
}


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    declare(app, completion_command, EXAMPLES)


def completion_command(
    context: typer.Context,
    script: Annotated[
        Script,
        typer.Argument(
            metavar="SHELL", help="One of bash, zsh, fish and powershell; or man for the man page."
        ),
    ],
    *,
    install_it: Annotated[
        bool, flag("--install", help="Write the script to the shell's completion folder.")
    ] = False,
) -> None:
    """Print or install shell completion, or the man page.

    TAB then completes commands, options and values: metrics, dimensions and filters from the
    cached schema, and names of profiles. It is instant, as it does not start the program. Startup
    files of the shell are not changed; a line to add, if any, is printed.
    """
    runtime: Runtime = context.obj
    text = script_text(script, command_facts(context.find_root().command))
    if not install_it:
        runtime.stdout.write(text)
        return
    place = script_place(script, runtime.environ)
    install(place, text)
    additions = [f"add {place.addition}"] if place.addition else []
    for line in (f"wrote {place.path}", *additions, f"now type: {place.then}"):
        runtime.stderr.write(f"{line}\n")


def script_text(script: Script, root: Command) -> str:
    """Return the script, or the man page: the same on every machine."""
    return _MAKERS[script](root)


@dataclass(frozen=True, slots=True)
class Place:
    """A file, the command to type then, and what to add where the shell does not look there."""

    path: Path
    then: str
    addition: str = ""


def script_place(script: Script, environ: Mapping[str, str]) -> Place:
    """Return the place of a script for the user whose environment this is."""
    data = _folder(environ, "XDG_DATA_HOME", ".local/share")
    match script:
        case Script.BASH:
            named = environ.get("BASH_COMPLETION_USER_DIR", "").partition(":")[0]
            path = (Path(named) if named else data / "bash-completion") / "completions" / "glomex"
            needed = "to ~/.bashrc, if the package bash-completion is missing"
            return Place(path, "exec bash", f"{needed}: source {shell_quoted(path)}")
        case Script.ZSH:
            path = data / "glomex" / "zsh" / "_glomex"
            needed = "to ~/.zshrc, before compinit"
            return Place(path, "exec zsh", f"{needed}: fpath=({shell_quoted(path.parent)} $fpath)")
        case Script.FISH:
            config = _folder(environ, "XDG_CONFIG_HOME", ".config")
            return Place(config / "fish" / "completions" / "glomex.fish", "exec fish")
        case Script.POWERSHELL:
            path = _own_folder(environ, data) / "glomex.ps1"
            return Place(path, ". $PROFILE", f"to $PROFILE: . {powershell_quoted(str(path))}")
        case Script.MAN:
            return Place(data / "man" / "man1" / "glomex.1", "man glomex")


def install(place: Place, text: str) -> None:
    """Write a script to its place, whole or not at all; ConfigurationError where that fails."""
    with explained_files(place.path):
        place.path.parent.mkdir(parents=True, exist_ok=True)
        replace_file(place.path, text.encode(), mode=0o644)


def _folder(environ: Mapping[str, str], variable: str, default: str) -> Path:
    """Return a folder by the XDG rules, by which only absolute paths count."""
    named = Path(environ.get(variable, ""))
    if named.is_absolute():
        return named
    with suppress(RuntimeError):
        if environ.get("HOME") != "":
            return Path.home() / default
    raise ConfigurationError(
        "there is no usable home folder",
        f"set {variable}, or print the script: glomex completion --help",
    )


def _own_folder(environ: Mapping[str, str], data: Path) -> Path:
    """Return the program's own folder: on Windows that is not below `.local`."""
    local = environ.get("LOCALAPPDATA")
    return (Path(local) if local else data) / "glomex" / "powershell"
