"""Files seen whole or not at all, and the lock that processes share."""

import errno
import os
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Generator
from pathlib import Path

import pytest
from support.programs import needs

from glomex_cli.atomic import locked, replace_file, writing

WRITE = """\
import sys
from pathlib import Path
from glomex_cli.atomic import writing
with writing(Path(sys.argv[1])) as stream:
    stream.write(b"new")
"""
STRACE = ["strace", "-f", "-qq", "-o", os.devnull]

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="mode bits, links and pipes")


@pytest.fixture(params=[0o000, 0o022, 0o077], ids=["umask 000", "umask 022", "umask 077"])
def umask(request: pytest.FixtureRequest) -> Generator[int]:
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def python(code: str, *arguments: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def test_replaced_file_holds_the_new_content_alone(tmp_path: Path) -> None:
    path = tmp_path / "settings"
    replace_file(path, b"a long first content", mode=0o600)
    replace_file(path, b"second", mode=0o600)
    assert path.read_bytes() == b"second"
    assert names(tmp_path) == {"settings"}


@posix_only
@pytest.mark.parametrize("before", [None, 0o644, 0o666, 0o400])
def test_replaced_file_has_the_mode_asked_for(
    before: int | None, umask: int, tmp_path: Path
) -> None:
    del umask
    path = tmp_path / "settings"
    if before is not None:
        path.write_bytes(b"old")
        path.chmod(before)
    replace_file(path, b"new", mode=0o600)
    assert mode_of(path) == 0o600


@posix_only
def test_secret_is_never_readable_by_others_on_its_way(umask: int, tmp_path: Path) -> None:
    del umask
    path = tmp_path / "out"
    path.write_bytes(b"old")
    path.chmod(0o600)
    with writing(path) as stream:
        stream.write(b"new")
        stream.flush()
        (temporary,) = names(tmp_path) - {"out"}
        assert mode_of(tmp_path / temporary) == 0o600


@posix_only
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o755, 0o666])
def test_written_file_keeps_its_mode(mode: int, umask: int, tmp_path: Path) -> None:
    del umask
    path = tmp_path / "out"
    path.write_bytes(b"old")
    path.chmod(mode)
    with writing(path) as stream:
        stream.write(b"new")
    assert (path.read_bytes(), mode_of(path)) == (b"new", mode)


@posix_only
def test_new_file_has_the_mode_of_any_new_file(umask: int, tmp_path: Path) -> None:
    with writing(tmp_path / "out") as stream:
        stream.write(b"new")
    assert mode_of(tmp_path / "out") == 0o666 & ~umask


@posix_only
def test_write_protected_file_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "out"
    path.write_bytes(b"old")
    path.chmod(0o444)
    tmp_path.chmod(0o777)
    code = """\
import os, sys
from pathlib import Path
from glomex_cli.atomic import writing
os.chdir(sys.argv[1])
user = os.geteuid()
if user == 0:  # who may write anything
    os.seteuid(65534)
try:
    with writing(Path("out")) as stream:
        stream.write(b"new")
except PermissionError:
    print("refused")
os.seteuid(user)
"""
    with python(code, str(tmp_path)) as process:
        assert process.communicate()[0] == "refused\n"
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == {"out"}


def write_half(path: Path, error: BaseException) -> None:
    with writing(path) as stream:
        stream.write(b"half")
        stream.flush()
        raise error


@pytest.mark.parametrize(
    "error", [OSError(errno.ENOSPC, "full"), KeyboardInterrupt(), ValueError()]
)
@pytest.mark.parametrize("before", [None, b"old"])
def test_failed_writer_changes_nothing(
    error: BaseException, before: bytes | None, tmp_path: Path
) -> None:
    path = tmp_path / "out"
    if before is not None:
        path.write_bytes(before)
    with pytest.raises(type(error)):
        write_half(path, error)
    assert (path.read_bytes() if path.exists() else None) == before
    assert names(tmp_path) <= {"out"}


def test_reader_sees_the_old_content_until_the_end(tmp_path: Path) -> None:
    path = tmp_path / "out"
    path.write_bytes(b"old")
    with writing(path) as stream:
        stream.write(b"new")
        stream.flush()
        assert path.read_bytes() == b"old"
    assert path.read_bytes() == b"new"


def write_new(path: Path) -> None:
    with writing(path) as stream:
        stream.write(b"new")


def replace_by_new(path: Path) -> None:
    replace_file(path, b"new", mode=0o600)


@posix_only
@pytest.mark.parametrize("write", [write_new, replace_by_new])
def test_link_is_replaced_and_its_target_left_alone(
    write: Callable[[Path], None], tmp_path: Path
) -> None:
    victim = tmp_path / "victim"
    victim.write_bytes(b"precious")
    link = tmp_path / "link"
    link.symlink_to(victim)
    write(link)
    assert not link.is_symlink()
    assert link.read_bytes() == b"new"
    assert victim.read_bytes() == b"precious"


@posix_only
def test_pipe_is_written_directly(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    received: list[bytes] = []
    reader = threading.Thread(target=lambda: received.append(pipe.read_bytes()))
    reader.start()
    write_new(pipe)
    reader.join()
    assert received == [b"new"]
    assert pipe.is_fifo()


@posix_only
@pytest.mark.parametrize("name", ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"])
def test_name_of_an_open_stream_is_written_directly(name: str, tmp_path: Path) -> None:
    if not Path(name).parent.exists():
        pytest.skip(f"no {name} here")
    command = [sys.executable, "-c", WRITE, name]
    assert subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout == b"new"
    with (tmp_path / "out").open("wb") as out:
        subprocess.run(command, stdout=out, check=True)
    assert (tmp_path / "out").read_bytes() == b"new"


def test_folder_is_no_file_to_write(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=r"directory|denied"), writing(tmp_path):
        pass


def test_missing_folder_is_an_error_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), writing(tmp_path / "missing" / "out"):
        pytest.fail("the block was entered")


@posix_only
def test_full_disk_leaves_the_old_content(tmp_path: Path) -> None:
    path = tmp_path / "out"
    path.write_bytes(b"old")
    code = """\
import resource, sys
from pathlib import Path
from glomex_cli.atomic import replace_file
resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))
try:
    replace_file(Path(sys.argv[1]), b"x" * 1000, mode=0o600)
except OSError:
    print("refused")
"""
    with python(code, str(path)) as process:
        assert process.communicate()[0] == "refused\n"
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == {"out"}


HOLD = """\
import sys
from pathlib import Path
from glomex_cli.atomic import locked, writing
with {hold}(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@posix_only
def test_next_writer_sweeps_what_a_killed_one_left_and_spares_a_living_one(
    tmp_path: Path,
) -> None:
    path = tmp_path / "out"
    hold = HOLD.format(hold="writing")
    with python(hold, str(path)) as killed, python(hold, str(path)) as living:
        assert killed.stdout is not None
        assert living.stdout is not None
        assert killed.stdout.readline() == living.stdout.readline() == "held\n"
        killed.kill()
        killed.wait()
        assert len(names(tmp_path)) == 2
        write_new(path)
        assert len(names(tmp_path) - {"out"}) == 1
        living.communicate()
    assert names(tmp_path) == {"out"}
    assert path.read_bytes() == b""


@needs("strace")
def test_writer_whose_file_is_swept_before_its_lock_is_held_makes_another(tmp_path: Path) -> None:
    path = tmp_path / "out"
    late = ["-e", "trace=flock", "-e", "inject=flock:delay_enter=300000:when=1"]
    with subprocess.Popen([*STRACE, *late, sys.executable, "-c", WRITE, str(path)]) as process:
        while not names(tmp_path):
            time.sleep(0.005)
        replace_file(path, b"meanwhile", mode=0o600)
        assert names(tmp_path) == {"out"}
        assert process.wait() == 0
    assert path.read_bytes() == b"new"
    assert names(tmp_path) == {"out"}


@needs("strace")
def test_file_system_without_locks_is_written_all_the_same(tmp_path: Path) -> None:
    path = tmp_path / "out"
    fail = ["-e", "trace=flock", "-e", "inject=flock:error=ENOLCK"]
    subprocess.run([*STRACE, *fail, sys.executable, "-c", WRITE, str(path)], check=True)
    assert path.read_bytes() == b"new"


@pytest.mark.parametrize(
    "neighbour",
    [
        ".out.glomex-tmp",
        "out.0123abcd.glomex-tmp",
        ".out.0123abcd.tmp",
        ".out.json.0123abcd.glomex-tmp",
        ".out.0123abcd.glomex-tmp.txt",
    ],
)
def test_other_peoples_files_are_not_swept(neighbour: str, tmp_path: Path) -> None:
    (tmp_path / neighbour).write_bytes(b"")
    write_new(tmp_path / "out")
    assert names(tmp_path) == {"out", neighbour}


def test_lock_keeps_other_processes_out_until_they_are_killed(tmp_path: Path) -> None:
    path = tmp_path / "settings"
    with python(HOLD.format(hold="locked"), str(path)) as holder:
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
def test_lock_makes_its_folder_for_the_owner_only(umask: int, tmp_path: Path) -> None:
    del umask
    with locked(tmp_path / "new" / "settings"):
        assert mode_of(tmp_path / "new") == 0o700
        assert mode_of(tmp_path / "new" / ".settings.lock") == 0o600


@posix_only
def test_link_in_the_place_of_a_lock_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / ".settings.lock").symlink_to(tmp_path / "victim")
    with pytest.raises(OSError, match=r"[Ll]ink"), locked(tmp_path / "settings"):
        pytest.fail("the block was entered")
    assert not (tmp_path / "victim").exists()
