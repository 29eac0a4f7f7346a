"""All that is read has a bound: a file of any size, a pipe or a device cannot hold a command."""

import ast
import errno
import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

import glomex_cli
from glomex_cli.concurrency import Deadline, call_within
from glomex_cli.errors import ConfigurationError
from glomex_cli.models import Report
from glomex_cli.services.cache import Cache, Learned
from glomex_cli.services.learned import keep_values
from glomex_cli.services.mux.pace import Pace
from glomex_cli.storage.destination import MOST_BYTES, Folder
from glomex_cli.storage.files import read_plain
from glomex_cli.storage.keyring_backends import configured_backend
from support.files import posix_only

pytestmark = pytest.mark.attack("R16")

PACKAGE = Path(glomex_cli.__file__).parent
LIMIT = 1000
# The files inside of the package itself, and the body of a request whose length was checked.
OWN = {"sandbox", "shells.py"}
SPARSE = 64 << 20


def unbounded(file: Path) -> Iterator[str]:
    """Yield each call that reads to the end, however far that is."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        match node:
            case ast.Call(func=ast.Attribute(attr="read_bytes" | "read_text" | "readlines")):
                yield f"{file.name}:{node.lineno}"
            case ast.Call(func=ast.Attribute(attr="read" | "read1" | "readline"), args=[]):
                yield f"{file.name}:{node.lineno}"
            case _:
                pass


def test_nothing_in_the_package_reads_without_a_bound() -> None:
    files = [file for file in PACKAGE.rglob("*.py") if not OWN & {*file.parts}]
    assert [place for file in files for place in unbounded(file)] == []


def test_a_file_is_read_up_to_the_bound(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"x" * LIMIT)
    assert read_plain(file, limit=LIMIT) == b"x" * LIMIT
    file.write_bytes(b"x" * (LIMIT + 1))
    with pytest.raises(OSError) as failed:  # noqa: PT011 - its number is judged below
        read_plain(file, limit=LIMIT)
    assert failed.value.errno == errno.EFBIG


def huge(file: Path) -> None:
    """Make a file far above every bound."""
    with file.open("wb") as stream:
        stream.truncate(SPARSE)


def pipe(file: Path) -> None:
    """Make a named pipe, which nobody writes to."""
    os.mkfifo(file)


def device(file: Path) -> None:
    """Make a link to a device that never ends."""
    file.symlink_to("/dev/zero")


each_obstacle = pytest.mark.parametrize("obstacle", [huge, pipe, device])


@posix_only
@each_obstacle
def test_what_is_known_of_a_service_is_learned_again(
    obstacle: Callable[[Path], None], tmp_path: Path
) -> None:
    obstacle(tmp_path / "learnt.json")
    cache = Cache(tmp_path / "learnt.json", lambda: datetime.now(UTC))
    assert call_within(Deadline(20), lambda: cache.learned) == Learned()


@posix_only
@each_obstacle
def test_values_are_kept_anew(obstacle: Callable[[Path], None], tmp_path: Path) -> None:
    file = tmp_path / "values.json"
    obstacle(file)
    report = Report((), [{"video": "v1"}])
    call_within(Deadline(20), lambda: keep_values(file, "video", report))
    assert '"v1"' in file.read_text()


@posix_only
@each_obstacle
def test_a_pace_begins_anew(obstacle: Callable[[Path], None], tmp_path: Path) -> None:
    file = tmp_path / "pace"
    obstacle(file)
    pace = Pace(file)
    assert call_within(Deadline(20), pace.take) == (0.0, 0)
    if obstacle is huge:
        assert pace.take() == (0.0, 1)


@posix_only
@each_obstacle
def test_a_manifest_of_any_size_is_named(obstacle: Callable[[Path], None], tmp_path: Path) -> None:
    obstacle(tmp_path / "manifest.json")
    with pytest.raises(ConfigurationError, match=r"manifest\.json cannot be used: "):
        call_within(Deadline(20), lambda: Folder(tmp_path).read("manifest.json"))


def test_a_manifest_is_read_up_to_the_bound(tmp_path: Path) -> None:
    (tmp_path / "m").write_bytes(b" " * MOST_BYTES)
    stored = Folder(tmp_path).read("m")
    assert stored is not None
    assert len(stored.data) == MOST_BYTES


@posix_only
@each_obstacle
def test_settings_of_the_keyring_of_any_size_are_named(
    obstacle: Callable[[Path], None], tmp_path: Path
) -> None:
    (tmp_path / "python_keyring").mkdir()
    obstacle(tmp_path / "python_keyring" / "keyringrc.cfg")
    environ = {"XDG_CONFIG_HOME": str(tmp_path), "HOME": str(tmp_path)}
    with pytest.raises(ConfigurationError, match=r"keyringrc\.cfg does not name a keyring"):
        call_within(Deadline(20), lambda: configured_backend(environ, allowed=()))
