"""What killed writers leave behind, and who may remove it."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from glomex_cli.storage.files import replace_file
from support.files import interfering, names, posix_only, unmeasured
from support.programs import needs

WRITE = """\
import sys
from pathlib import Path
from glomex_cli.storage.files import writing
with writing(Path(sys.argv[1])) as stream:
    stream.write(b"new")
"""
HOLD = """\
import sys
from pathlib import Path
from glomex_cli.storage.files import writing
with writing(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def holder(path: Path) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", HOLD, str(path)]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, env=unmeasured())


@pytest.mark.fault("F28")
@posix_only
def test_next_writer_sweeps_what_a_killed_one_left_and_spares_a_living_one(
    tmp_path: Path,
) -> None:
    path = tmp_path / "out"
    with holder(path) as killed, holder(path) as living:
        assert killed.stdout is not None
        assert living.stdout is not None
        assert killed.stdout.readline() == living.stdout.readline() == "held\n"
        killed.kill()
        killed.wait()
        assert len(names(tmp_path)) == 2
        replace_file(path, b"new", mode=0o600)
        assert len(names(tmp_path) - {"out"}) == 1
        living.communicate()
    assert names(tmp_path) == {"out"}
    assert path.read_bytes() == b""


@needs("strace")
def test_writer_whose_file_is_swept_before_its_lock_is_held_makes_another(tmp_path: Path) -> None:
    path = tmp_path / "out"
    late = interfering("flock", "delay_enter=300000:when=1")
    command = [*late, sys.executable, "-c", WRITE, str(path)]
    with subprocess.Popen(command) as process:
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
    failing = interfering("flock", "error=ENOLCK")
    command = [*failing, sys.executable, "-c", WRITE, str(path)]
    subprocess.run(command, check=True)
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
    replace_file(tmp_path / "out", b"new", mode=0o600)
    assert names(tmp_path) == {"out", neighbour}
