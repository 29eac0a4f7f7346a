"""`glomex completion --install` writes one file of ours, and tells what is left to do."""

import stat
from pathlib import Path

import pytest

from support.cli import Glomex


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a home with start-up files, and an environment that names no other folder."""
    folder = tmp_path / "home of"
    folder.mkdir()
    for name in (".bashrc", ".zshrc"):
        (folder / name).write_text("# mine\n")
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "BASH_COMPLETION_USER_DIR", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(folder))
    return folder


@pytest.mark.parametrize(
    ("script", "path", "told"),
    [
        ("bash", ".local/share/bash-completion/completions/glomex", "now type: exec bash\n"),
        ("zsh", ".local/share/glomex/zsh/_glomex", "/.local/share/glomex/zsh' $fpath)\n"),
        ("fish", ".config/fish/completions/glomex.fish", "now type: exec fish\n"),
        ("powershell", ".local/share/glomex/powershell/glomex.ps1", "add to $PROFILE: . '"),
        ("man", ".local/share/man/man1/glomex.1", "now type: man glomex\n"),
    ],
)
def test_each_script_lies_where_its_shell_looks(
    script: str, path: str, told: str, cli: Glomex, home: Path
) -> None:
    done = cli("completion", script, "--install")
    assert (done.code, done.out) == (0, "")
    assert done.err.startswith(f"wrote {home / path}\n")
    assert told in done.err
    assert (home / path).read_bytes().decode() == cli("completion", script).out
    assert stat.S_IMODE((home / path).stat().st_mode) == 0o644
    files = {file.relative_to(home).as_posix() for file in home.rglob("*") if file.is_file()}
    assert files == {path, ".bashrc", ".zshrc"}
    assert (home / ".zshrc").read_text() == (home / ".bashrc").read_text() == "# mine\n"


@pytest.mark.parametrize(
    ("script", "variable", "path"),
    [
        ("bash", "BASH_COMPLETION_USER_DIR", "completions/glomex"),
        ("bash", "XDG_DATA_HOME", "bash-completion/completions/glomex"),
        ("zsh", "XDG_DATA_HOME", "glomex/zsh/_glomex"),
        ("fish", "XDG_CONFIG_HOME", "fish/completions/glomex.fish"),
        ("powershell", "LOCALAPPDATA", "glomex/powershell/glomex.ps1"),
        ("man", "XDG_DATA_HOME", "man/man1/glomex.1"),
    ],
)
def test_a_named_folder_is_used(
    script: str, variable: str, path: str, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, str(home / "named"))
    assert Glomex()("completion", script, "--install").code == 0
    assert (home / "named" / path).is_file()


def test_a_relative_folder_does_not_count(
    cli: Glomex, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", "relative")
    assert cli("completion", "man", "--install").code == 0
    assert (home / ".local/share/man/man1/glomex.1").is_file()


def test_a_folder_that_cannot_be_made_is_named(cli: Glomex, home: Path) -> None:
    (home / ".local").write_text("a file")
    done = cli("completion", "man", "--install")
    assert done.code == 9
    assert done.err.startswith(f"error: {home}/.local/share/man/man1/glomex.1 cannot be used: ")


def test_an_unknown_shell_is_refused(cli: Glomex) -> None:
    done = cli("completion", "tcsh")
    assert done.code == 2
    assert "SHELL 'tcsh' is not a valid choice" in done.err
