"""Files that appear whole or not at all."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from glomex_cli.storage.files import replace_file, writing
from support.files import each_mask, mode_of, names, posix_only, umask

WRITE = """\
import sys
from pathlib import Path
from glomex_cli.storage.files import writing
with writing(Path(sys.argv[1])) as stream:
    stream.write(b"new")
"""


def test_replaced_file_holds_the_new_content_alone(tmp_path: Path) -> None:
    path = tmp_path / "settings"
    replace_file(path, b"a long first content", mode=0o600)
    replace_file(path, b"second", mode=0o600)
    assert path.read_bytes() == b"second"
    assert names(tmp_path) == {"settings"}


@posix_only
@each_mask
@pytest.mark.parametrize("before", [None, 0o644, 0o666, 0o400])
def test_replaced_file_has_the_mode_asked_for(
    before: int | None, mask: int, tmp_path: Path
) -> None:
    path = tmp_path / "settings"
    if before is not None:
        path.write_bytes(b"old")
        path.chmod(before)
    with umask(mask):
        replace_file(path, b"new", mode=0o600)
    assert mode_of(path) == 0o600


@posix_only
@each_mask
def test_secret_is_never_readable_by_others_on_its_way(mask: int, tmp_path: Path) -> None:
    path = tmp_path / "out"
    path.write_bytes(b"old")
    path.chmod(0o600)
    with umask(mask), writing(path) as stream:
        stream.write(b"new")
        stream.flush()
        (temporary,) = names(tmp_path) - {"out"}
        assert mode_of(tmp_path / temporary) == 0o600


@posix_only
@each_mask
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o755, 0o666])
def test_written_file_keeps_its_mode(mode: int, mask: int, tmp_path: Path) -> None:
    path = tmp_path / "out"
    path.write_bytes(b"old")
    path.chmod(mode)
    with umask(mask):
        write_new(path)
    assert (path.read_bytes(), mode_of(path)) == (b"new", mode)


@posix_only
@each_mask
def test_new_file_has_the_mode_of_any_new_file(mask: int, tmp_path: Path) -> None:
    with umask(mask):
        write_new(tmp_path / "out")
    assert mode_of(tmp_path / "out") == 0o666 & ~mask


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


@pytest.mark.attack("R24")
@pytest.mark.fault("F16")
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
