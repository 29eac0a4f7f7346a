"""The lock that processes share."""

import subprocess
import sys
from pathlib import Path

import pytest

from glomex_cli.storage.files import locked
from support.files import each_mask, mode_of, posix_only, umask, unmeasured

HOLD = """\
import sys
from pathlib import Path
from glomex_cli.storage.files import locked
with locked(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_lock_keeps_other_processes_out_until_they_are_killed(tmp_path: Path) -> None:
    path = tmp_path / "settings"
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=unmeasured(),
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(TimeoutError), locked(path, wait_s=0.05):
            pytest.fail("the block was entered")
        holder.kill()
        holder.wait()
    with locked(path, wait_s=5):
        pass


def test_lock_keeps_other_threads_out_and_ends_with_an_error(tmp_path: Path) -> None:
    path = tmp_path / "settings"
    with locked(path), pytest.raises(TimeoutError), locked(path, wait_s=0):
        pytest.fail("the block was entered")
    with pytest.raises(ValueError, match="inside"), locked(path):
        raise ValueError("inside")
    with locked(path, wait_s=0):
        pass


def test_locks_of_two_files_do_not_meet(tmp_path: Path) -> None:
    with locked(tmp_path / "one"), locked(tmp_path / "two", wait_s=0):
        pass


@posix_only
@each_mask
def test_lock_makes_its_folder_for_the_owner_only(mask: int, tmp_path: Path) -> None:
    with umask(mask), locked(tmp_path / "new" / "settings"):
        assert mode_of(tmp_path / "new") == 0o700
        assert mode_of(tmp_path / "new" / ".settings.lock") == 0o600


@posix_only
def test_link_in_the_place_of_a_lock_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / ".settings.lock").symlink_to(tmp_path / "victim")
    with pytest.raises(OSError, match=r"[Ll]ink"), locked(tmp_path / "settings"):
        pytest.fail("the block was entered")
    assert not (tmp_path / "victim").exists()
