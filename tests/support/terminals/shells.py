"""A shell at a terminal with the script of `completions/` loaded, where a test presses TAB."""

import re
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from support.programs import escaped
from support.terminals.completion import SCRIPTS, Place, program
from support.terminals.terminal import terminal

_PROMPT = "READY> "
_BACK, _CLEAR, _SHOW = "\x02", "\x05\x15", "\x07"  # Ctrl-B, Ctrl-E and U, Ctrl-G as bound

_BASH = r"""
PS1='READY> '
glomex() { printf 'RAN<%s>\n' "$*"; }
source {folder}/glomex.bash
bind 'set bell-style none' 'set enable-bracketed-paste off' 2>/dev/null
show() { printf 'LINE<%s>\n' "$READLINE_LINE"; }
bind -x '"\C-g": show'
"""
_ZSH = r"""
PS1='READY> '
unset zle_bracketed_paste
setopt no_beep
glomex() { print -r -- "RAN<$*>" }
fpath=({folder} $fpath)
autoload -Uz compinit && compinit -D -u
show() { print -r -- "LINE<$BUFFER>" }
zle -N show && bindkey '^G' show
zmodload zsh/datetime
timed() {
  local begin=$EPOCHREALTIME
  zle complete-word
  took+=($(( 1000 * (EPOCHREALTIME - begin) )))
}
typeset -a took
zle -N timed && bindkey '^T' timed
"""
_FISH = r"""
function fish_prompt; printf 'READY> '; end
function glomex; printf 'RAN<%s>\n' "$argv"; end
source {folder}/glomex.fish
bind \cg 'printf "LINE<%s>\n" (commandline)'
"""


@dataclass(frozen=True)
class Session:
    """A running shell that waits at its prompt."""

    child: Any

    def inserted(self, line: str, *, back: int = 0) -> str:
        """Return the line after TAB is pressed `back` characters before its end."""
        self.child.send(f"{line}{_BACK * back}\t{_SHOW}")
        self.child.expect(r"LINE<([^>]*)>")
        self.child.send(_CLEAR)
        return str(self.child.match[1])

    def listed(self, line: str, *shown: str) -> None:
        """Press TAB twice and wait until all of `shown`, in their order, are on the screen."""
        self.child.send(f"{line}\t\t")
        for text in shown:
            self.child.expect_exact(text)

    def printed(self, line: str) -> str:
        """Run a line, and give what is printed before the next prompt."""
        self.child.send(f"{line}\r")
        self.child.expect_exact(_PROMPT)
        return str(self.child.before)


@contextmanager
def shell(name: str, place: Place) -> Generator[Session]:
    """Start a shell with a start-up file of its own, and the script loaded."""
    command = f"{program(name)} {_settled(name, place)}"
    environ = place.environ | {"ZDOTDIR": str(place.home), "LC_ALL": "C.UTF-8"}
    with terminal(command, environ) as child:
        child.delaybeforesend = None
        child.expect_exact(_PROMPT)
        yield Session(child)


def _settled(name: str, place: Place) -> str:
    """Write the start-up file, and give the arguments that let the shell read only that."""
    text, file, arguments = {
        "bash": (_BASH, "rc.bash", "--noprofile --rcfile {file}"),
        "zsh": (_ZSH, ".zshrc", "-d"),
        "fish": (_FISH, "rc.fish", "--no-config -C 'source {file}'"),
    }[name]
    path = place.home / file
    here, scripts = escaped(str(place.home)), escaped(str(SCRIPTS))
    path.write_text(f"cd {here}\n{text}".replace("{folder}", scripts), "utf-8")
    return arguments.replace("{file}", escaped(str(path)))


def milliseconds(text: str) -> list[float]:
    """Return the numbers with a decimal point in what a shell printed."""
    return [float(number) for number in re.findall(r"\d+\.\d+", text)]
