"""A writer that fails leaves what was there."""

import errno
import subprocess
import sys
from pathlib import Path

import pytest

from glomex_cli.storage.files import writing
from support.files import names, posix_only


def python(code: str, *arguments: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


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


@posix_only
def test_write_protected_file_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "out"
    path.write_bytes(b"old")
    path.chmod(0o444)
    tmp_path.chmod(0o777)
    code = """\
import os, sys
from pathlib import Path
from glomex_cli.storage.files import writing
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
from glomex_cli.storage.files import replace_file
limits = resource.getrlimit(resource.RLIMIT_FSIZE)
resource.setrlimit(resource.RLIMIT_FSIZE, (100, limits[1]))
try:
    replace_file(Path(sys.argv[1]), b"x" * 1000, mode=0o600)
except OSError:
    print("refused")
resource.setrlimit(resource.RLIMIT_FSIZE, limits)
"""
    with python(code, str(path)) as process:
        assert process.communicate()[0] == "refused\n"
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == {"out"}
