"""The settings file survives odd places, crashes and company."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from glomex_cli.config.profile_writer import write_profile
from glomex_cli.config.profiles import Profile, read_profiles
from glomex_cli.errors import ConfigurationError
from glomex_cli.storage.files import locked
from support.files import interfering, mode_of, names, posix_only, unmeasured
from support.imports import run_bare
from support.programs import needs

pytestmark = pytest.mark.process

ACME = Profile("acme", login="x")


@posix_only
def test_link_is_followed_and_stays(tmp_path: Path) -> None:
    folder, kept = tmp_path / "glomex", tmp_path / "dotfiles"
    folder.mkdir()
    kept.mkdir()
    (kept / "glomex.toml").write_text("# mine\n")
    (folder / "config.toml").symlink_to("../dotfiles/glomex.toml")
    write_profile(folder, ACME, make_default=False)
    assert (folder / "config.toml").is_symlink()
    assert read_profiles(folder).profile("acme") == ACME
    assert (kept / "glomex.toml").read_text().startswith("# mine\n")
    assert mode_of(kept / "glomex.toml") == 0o600
    assert names(kept) == {"glomex.toml"}


@posix_only
def test_link_to_nothing_yet_makes_the_file_it_leads_to(tmp_path: Path) -> None:
    (tmp_path / "config.toml").symlink_to("real.toml")
    assert read_profiles(tmp_path).profiles == {}
    write_profile(tmp_path, ACME, make_default=False)
    assert (tmp_path / "config.toml").is_symlink()
    assert "acme" in (tmp_path / "real.toml").read_text()


@posix_only
@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("config.toml", "cannot be used: too many levels of symbolic links"),
        ("missing/config.toml", "cannot be used: no such file or directory"),
        ("/dev/null", ": is not a valid settings file"),
    ],
)
def test_link_that_leads_nowhere_is_told(target: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "config.toml").symlink_to(target)
    with pytest.raises(ConfigurationError) as caught:
        write_profile(tmp_path, ACME, make_default=False)
    assert said in caught.value.message
    assert os.readlink(tmp_path / "config.toml") == target  # noqa: PTH115 - exact


@posix_only
def test_named_pipe_is_refused_without_waiting_for_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "config.toml")
    with pytest.raises(ConfigurationError, match="is not a valid settings file"):
        read_profiles(tmp_path)


def test_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "glomex").write_text("a file in the way")
    folder = tmp_path / "glomex"
    with pytest.raises(ConfigurationError, match="cannot be used: not a directory"):
        read_profiles(folder)
    with pytest.raises(ConfigurationError, match="cannot be used: file exists") as caught:
        write_profile(folder, ACME, make_default=False)
    assert caught.value.hint == f"ls -ld {folder}"


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may write anywhere")
def test_folder_without_permission_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(ConfigurationError, match="cannot be used: permission denied"):
        write_profile(tmp_path, ACME, make_default=False)
    tmp_path.chmod(0o700)


def test_reading_waits_for_nobody(tmp_path: Path) -> None:
    write_profile(tmp_path, ACME, make_default=False)
    with locked(tmp_path / "config.toml"):
        assert read_profiles(tmp_path).profile("acme") == ACME


UPDATE = """\
import sys
from pathlib import Path
from glomex_cli.config.profiles import Profile
from glomex_cli.config.profile_writer import write_profile
for number in range(20):
    profile = Profile(f"p-{sys.argv[2]}-{number}", login=f"{number}")
    write_profile(Path(sys.argv[1]), profile, make_default=number == 19)
"""


def test_eight_processes_lose_nothing(tmp_path: Path) -> None:
    def update(writer: int) -> None:
        command = [sys.executable, "-c", UPDATE, str(tmp_path), str(writer)]
        subprocess.run(command, check=True, env=unmeasured(), timeout=60)

    with ThreadPoolExecutor(max_workers=8) as pool:
        list(pool.map(update, range(8)))
    found = read_profiles(tmp_path)
    written = {
        f"p-{w}-{n}": Profile(f"p-{w}-{n}", login=f"{n}") for w in range(8) for n in range(20)
    }
    assert found.profiles == written
    assert found.default in {f"p-{w}-19" for w in range(8)}
    assert names(tmp_path) == {"config.toml", ".config.toml.lock"}


@pytest.mark.fault("F47")
@needs("strace")
@pytest.mark.parametrize("call", ["fsync", "rename"])
def test_kill_while_writing_leaves_the_old_settings(call: str, tmp_path: Path) -> None:
    write_profile(tmp_path, ACME, make_default=True)
    before = (tmp_path / "config.toml").read_bytes()
    killed = [*interfering(call, "signal=KILL:when=1"), sys.executable, "-B", "-c", UPDATE]
    done = subprocess.run(
        [*killed, str(tmp_path), "0"],
        check=False,
        env=unmeasured(),
        timeout=60,
        capture_output=True,
    )
    assert done.returncode != 0
    assert (tmp_path / "config.toml").read_bytes() == before
    write_profile(tmp_path, Profile("beta"), make_default=False)
    assert names(tmp_path) == {"config.toml", ".config.toml.lock"}


def test_reading_loads_no_editor(tmp_path: Path) -> None:
    write_profile(tmp_path, ACME, make_default=False)
    program = (
        "import sys; from pathlib import Path\n"
        "from glomex_cli.config.profiles import read_profiles\n"
        "assert 'tomllib' not in sys.modules\n"
        "assert read_profiles(Path(sys.argv[1])).profiles\n"
        "assert 'tomlkit' not in sys.modules\n"
    )
    run_bare(program, str(tmp_path))
