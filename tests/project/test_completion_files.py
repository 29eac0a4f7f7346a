"""`completions/` holds what the command line of today says, and the wheel carries all of it.

After a change that is meant, `UPDATE_COMPLETIONS=1 pytest -n 0
tests/project/test_completion_files.py` writes the files anew.
"""

import os
import tomllib

import pytest

from glomex_cli.cli.commands.completion import Script
from support.cli import Glomex
from support.files import ROOT

FOLDER = ROOT / "completions"
FILE_NAMES = {
    Script.BASH: "glomex.bash",
    Script.ZSH: "_glomex",
    Script.FISH: "glomex.fish",
    Script.POWERSHELL: "glomex.ps1",
    Script.MAN: "glomex.1",
}


@pytest.mark.parametrize("script", Script)
def test_the_files_are_what_the_command_prints_on_any_machine(
    script: Script, cli: Glomex, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = FOLDER / FILE_NAMES[script]
    is_update = os.environ.get("UPDATE_COMPLETIONS") == "1"
    for name in ("GLOMEX_PROFILE", "GLOMEX_ENDPOINT", "GLOMEX_LOGIN", "COLUMNS"):
        monkeypatch.setenv(name, "31")
    done = cli("completion", script, terminal=True)
    assert (done.code, done.err) == (0, "")
    if is_update:
        file.write_bytes(done.out.encode())
    assert file.read_bytes().decode() == done.out


def test_the_wheel_carries_every_file() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    carried = settings["tool"]["hatch"]["build"]["targets"]["wheel"]["shared-data"]
    assert carried == {
        "completions/glomex.bash": "share/bash-completion/completions/glomex",
        "completions/_glomex": "share/zsh/site-functions/_glomex",
        "completions/glomex.fish": "share/fish/vendor_completions.d/glomex.fish",
        "completions/glomex.ps1": "share/powershell/glomex.ps1",
        "completions/glomex.1": "share/man/man1/glomex.1",
    }
    assert set(carried) == {f"completions/{file.name}" for file in FOLDER.iterdir()}
