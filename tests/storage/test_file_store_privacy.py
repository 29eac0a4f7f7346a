"""The credentials file is ours alone, or refused."""

import os
from pathlib import Path

import pytest

from glomex_cli.models import Secret
from glomex_cli.storage.file_store import FileStore, read_private
from support.files import as_root, each_mask, mode_of, posix_only, umask
from support.stores.operations import CANARY, refusal, refusals


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return a place in a folder that is not there yet."""
    return tmp_path / "glomex" / "credentials.json"


@pytest.fixture
def store(path: Path) -> FileStore:
    return FileStore(path)


@pytest.mark.fault("F15")
@posix_only
@each_mask
def test_file_and_folder_are_for_the_owner_whatever_the_umask(
    mask: int, store: FileStore, path: Path
) -> None:
    with umask(mask):
        store.write("acme", Secret("x"))
        store.write("other", Secret("x"))
    assert mode_of(path) == 0o600
    assert mode_of(path.parent) == 0o700


@pytest.mark.fault("F15")
@posix_only
@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o660, 0o610, 0o777])
def test_file_that_others_may_open_is_refused_with_the_command_that_closes_it(
    mode: int, store: FileStore, path: Path
) -> None:
    store.write("acme", Secret(CANARY))
    path.chmod(mode)
    before = path.read_bytes()
    for failure in refusals(store):
        assert failure.message == f"{path} is accessible to other users"
        assert failure.hint == f"chmod 600 {path}"
    assert path.read_bytes() == before
    path.chmod(0o600)
    assert store.read("acme") == Secret(CANARY)


@posix_only
@pytest.mark.parametrize("mode", [0o755, 0o750, 0o701, 0o777, 0o1777])
def test_folder_that_others_may_enter_is_refused(mode: int, store: FileStore, path: Path) -> None:
    path.parent.mkdir()
    path.parent.chmod(mode)
    failure = refusal(store.probe)
    assert failure.message == f"{path.parent} is accessible to other users"
    assert failure.hint == f"chmod 700 {path.parent}"
    assert not path.exists()


@pytest.mark.fault("F15")
@posix_only
@as_root
@pytest.mark.parametrize("whose", ["file", "folder"])
def test_file_or_folder_of_another_user_is_refused(
    whose: str, store: FileStore, path: Path
) -> None:
    store.write("acme", Secret(CANARY))
    given = path if whose == "file" else path.parent
    os.chown(given, 12345, 12345)
    for failure in refusals(store):
        assert failure.message == f"{given} belongs to another user"
        assert failure.hint == f'sudo chown "$(id -un)" {given}'


@pytest.mark.fault("F16")
@posix_only
@pytest.mark.parametrize("kind", ["link", "dangling link", "pipe", "folder", "link to a device"])
def test_anything_but_a_plain_file_is_refused_and_left_as_it_is(
    kind: str, store: FileStore, path: Path, tmp_path: Path
) -> None:
    victim = tmp_path / "victim"
    victim.write_bytes(CANARY.encode())
    victim.chmod(0o600)
    path.parent.mkdir(mode=0o700)
    match kind:
        case "link":
            path.symlink_to(victim)
        case "dangling link":
            path.symlink_to(tmp_path / "nowhere")
        case "pipe":
            os.mkfifo(path, 0o600)
        case "folder":
            path.mkdir(mode=0o700)
        case _:
            path.symlink_to("/dev/null")
    before = path.lstat()
    for failure in refusals(store):
        assert failure.message == f"{path} is not a plain file"
        assert failure.hint == f"rm {path}"
    after = path.lstat()
    assert (after.st_ino, after.st_mode) == (before.st_ino, before.st_mode)
    assert victim.read_bytes() == CANARY.encode()


@pytest.mark.fault("F16")
@posix_only
def test_device_is_refused() -> None:
    assert refusal(lambda: FileStore(Path("/dev/null")).read("acme")).message.endswith("plain file")


def test_no_more_is_read_than_was_asked_for(store: FileStore, path: Path) -> None:
    store.write("acme", Secret("x"))
    assert read_private(path, limit=3) == b"{\n "


@posix_only
def test_link_to_a_private_folder_is_followed_and_one_to_an_open_folder_refused(
    tmp_path: Path,
) -> None:
    (tmp_path / "private").mkdir(mode=0o700)
    (tmp_path / "open").mkdir()
    (tmp_path / "open").chmod(0o777)
    for target in ("private", "open"):
        (tmp_path / f"to-{target}").symlink_to(target)
    store = FileStore(tmp_path / "to-private" / "credentials.json")
    store.write("acme", Secret("x"))
    assert store.read("acme") == Secret("x")
    refused = FileStore(tmp_path / "to-open" / "credentials.json")
    assert "is accessible to other users" in refusal(refused.probe).message
