"""The scripts, and the man page, that `glomex completion` prints, by name."""

from enum import StrEnum

from glomex_cli.cli.completion.bash import bash_script
from glomex_cli.cli.completion.command_model import Command
from glomex_cli.cli.completion.fish import fish_script
from glomex_cli.cli.completion.man import man_page
from glomex_cli.cli.completion.powershell import powershell_script
from glomex_cli.cli.completion.zsh import zsh_script


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


def script_text(script: Script, root: Command) -> str:
    """Return the script, or the man page: the same on every machine."""
    return _MAKERS[script](root)
