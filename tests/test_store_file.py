"""The credentials file: ours alone, whole at any moment, and refused when it is neither."""

import os
import shutil
import stat
import sys
from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.programs import needs
from support.secret_service import clean_environment
from support.store_process import run_store

from glomex_cli.atomic import locked
from glomex_cli.errors import StoreError
from glomex_cli.models import Secret
from glomex_cli.store import StoreName
from glomex_cli.store.file_store import FileStore

CANARY = "canary-77be"

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="mode bits, links and pipes")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Give a place in a folder that is not there yet."""
    return tmp_path / "glomex" / "credentials.json"


@pytest.fixture
def store(path: Path) -> FileStore:
    return FileStore(path)


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    return clean_environment(tmp_path / "home") | {"PYTHONDONTWRITEBYTECODE": "1"}


@pytest.fixture(params=[0o000, 0o022, 0o077], ids=["umask 000", "umask 022", "umask 077"])
def umask(request: pytest.FixtureRequest) -> Generator[None]:
    before = os.umask(request.param)
    yield
    os.umask(before)


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def refusal(action: Callable[[], object]) -> StoreError:
    with pytest.raises(StoreError) as caught:
        action()
    assert CANARY not in repr([caught.value, caught.value.hint, caught.value.__context__])
    return caught.value


def test_what_is_written_is_read_until_it_is_erased(store: FileStore, path: Path) -> None:
    assert store.name is StoreName.FILE
    assert store.read("acme") is None
    assert store.erase("acme") is False
    assert not path.parent.exists()
    store.write("acme", Secret("first"))
    store.write("acme", Secret("second"))
    store.write("other", Secret("theirs"))
    assert FileStore(path).read("acme") == Secret("second")
    assert store.erase("acme") is True
    assert store.erase("acme") is False
    assert store.read("acme") is None
    assert store.read("other") == Secret("theirs")


def test_file_goes_with_its_last_entry(store: FileStore, path: Path) -> None:
    store.write("acme", Secret("x"))
    store.write("other", Secret("x"))
    store.erase("acme")
    assert path.exists()
    store.erase("other")
    assert not path.exists()


def test_probe_leaves_nothing_and_spares_the_rest(store: FileStore, path: Path) -> None:
    store.probe()
    assert not path.exists()
    store.write("acme", Secret("x"))
    before = path.read_bytes()
    store.probe()
    assert path.read_bytes() == before


@given(text=st.text())
def test_any_text_comes_back(text: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    store = FileStore(tmp_path_factory.getbasetemp() / "any-text" / "credentials.json")
    store.write("acme", Secret(text))
    assert store.read("acme") == Secret(text)


def test_text_that_does_not_come_back_as_it_was_is_an_error(store: FileStore) -> None:
    halves_that_json_joins = "\ud83d\udd11"
    failure = refusal(lambda: store.write("acme", Secret(halves_that_json_joins)))
    assert "did not keep what was written" in failure.message


@pytest.mark.parametrize("key", ["", "a" * 65, "a b", "a/b", "#probe", "acme\n", "ü"])
def test_only_plain_profile_names_reach_the_file(key: str, store: FileStore, path: Path) -> None:
    for action in (
        lambda: store.read(key),
        lambda: store.write(key, Secret(CANARY)),
        lambda: store.erase(key),
    ):
        assert "profile name" in refusal(action).message
    assert not path.exists()


@posix_only
@pytest.mark.usefixtures("umask")
def test_file_and_folder_are_for_the_owner_whatever_the_umask(store: FileStore, path: Path) -> None:
    store.write("acme", Secret("x"))
    store.write("other", Secret("x"))
    assert mode_of(path) == 0o600
    assert mode_of(path.parent) == 0o700


@posix_only
@pytest.mark.usefixtures("umask")
@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o660, 0o610, 0o777])
def test_file_that_others_may_open_is_refused_with_the_command_that_closes_it(
    mode: int, store: FileStore, path: Path
) -> None:
    store.write("acme", Secret(CANARY))
    path.chmod(mode)
    before = path.read_bytes()
    for action in actions(store):
        failure = refusal(action)
        assert failure.message == f"{path} is open to other users"
        assert failure.hint == f"chmod 600 {path}"
    assert path.read_bytes() == before
    path.chmod(0o600)
    assert store.read("acme") == Secret(CANARY)


def actions(store: FileStore) -> list[Callable[[], object]]:
    return [
        store.probe,
        lambda: store.read("acme"),
        lambda: store.write("acme", Secret("new")),
        lambda: store.erase("acme"),
    ]


@posix_only
@pytest.mark.parametrize("mode", [0o755, 0o750, 0o701, 0o777, 0o1777])
def test_folder_that_others_may_enter_is_refused(mode: int, store: FileStore, path: Path) -> None:
    path.parent.mkdir()
    path.parent.chmod(mode)
    failure = refusal(store.probe)
    assert failure.message == f"{path.parent} is open to other users"
    assert failure.hint == f"chmod 700 {path.parent}"
    assert not path.exists()


@posix_only
@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
@pytest.mark.parametrize("whose", ["file", "folder"])
def test_file_or_folder_of_another_user_is_refused(
    whose: str, store: FileStore, path: Path
) -> None:
    store.write("acme", Secret(CANARY))
    given = path if whose == "file" else path.parent
    os.chown(given, 12345, 12345)
    for action in actions(store):
        assert refusal(action).message == f"{given} belongs to another user"


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
    for action in actions(store):
        assert refusal(action).message == f"{path} is not a plain file"
    after = path.lstat()
    assert (after.st_ino, after.st_mode) == (before.st_ino, before.st_mode)
    assert victim.read_bytes() == CANARY.encode()


@posix_only
def test_device_is_refused() -> None:
    assert refusal(lambda: FileStore(Path("/dev/null")).read("acme")).message.endswith("plain file")


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
    assert "is open to other users" in refusal(refused.probe).message


BROKEN = {
    "empty": b"",
    "cut": b'{"acme": "' + CANARY.encode(),
    "binary": b"\xff\xfe" + CANARY.encode() + b"\x00",
    "list": b'["' + CANARY.encode() + b'"]',
    "text": b'"' + CANARY.encode() + b'"',
    "number": b'{"acme": "' + CANARY.encode() + b'", "other": 1}',
    "nested": b'{"acme": {"token": "' + CANARY.encode() + b'"}}',
    "deep": b'{"acme":' + b"[" * 200_000,
    "huge": b'{"acme": "' + b"x" * 16 * 1024 * 1024 + b'"}',
}


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN)
def test_broken_file_is_named_never_shown_and_never_deleted(
    content: bytes, store: FileStore, path: Path
) -> None:
    path.parent.mkdir(mode=0o700)
    path.write_bytes(content)
    path.chmod(0o600)
    for action in actions(store):
        failure = refusal(action)
        assert failure.message == f"{path} does not hold credentials in a form we know"
        assert failure.hint == f"rm {path}, then glomex login"
    assert path.read_bytes() == content


def test_hint_can_be_typed_where_the_folder_has_a_blank(tmp_path: Path) -> None:
    path = tmp_path / "Application Support" / "credentials.json"
    path.parent.mkdir(mode=0o700)
    path.touch(mode=0o600)
    assert refusal(lambda: FileStore(path).read("acme")).hint.startswith(f"rm '{path}'")


def test_unusable_folder_is_named_with_the_reason(tmp_path: Path) -> None:
    (tmp_path / "glomex").write_text("a file in the way")
    store = FileStore(tmp_path / "glomex" / "credentials.json")
    assert "cannot be used: not a directory" in refusal(lambda: store.read("acme")).message
    assert "cannot be used: file exists" in refusal(store.probe).message


def test_lock_that_is_held_for_long_is_an_error(path: Path) -> None:
    store = FileStore(path, lock_wait_s=0.05)
    with locked(path):
        assert "another command is using" in refusal(store.probe).message
        assert store.read("acme") is None


def test_eight_processes_lose_and_tear_nothing(environ: dict[str, str], tmp_path: Path) -> None:
    folder = tmp_path / "glomex"

    def update(writer: int) -> None:
        steps = [f"write:{writer}-{n}:{writer}" for n in range(20)]
        shared = f"write:shared:{str(writer) * 2000}"
        steps[10:10] = [shared, "read:shared", "read:0-0", shared, "read:shared"]
        outcomes = run_store(*steps, folder=folder, environ=environ, store="file")
        assert len(outcomes) == len(steps)
        assert not any(outcome.error for outcome in outcomes)
        shared_texts = {outcomes[11].value, outcomes[14].value}
        assert shared_texts <= {str(other) * 2000 for other in range(8)}

    with ThreadPoolExecutor(max_workers=8) as pool:
        list(pool.map(update, range(8)))
    store = FileStore(folder / "credentials.json")
    kept = {(w, n): store.read(f"{w}-{n}") for w in range(8) for n in range(20)}
    assert kept == {(w, n): Secret(str(w)) for w in range(8) for n in range(20)}
    assert {entry.name for entry in folder.iterdir()} == {
        "credentials.json",
        ".credentials.json.lock",
    }


KILLED_AT = ["flock:1", "flock:2", "fchmod:1", "write:1", "fsync:1", "rename:1", "fsync:2"]
FAILED_AT = ["flock:ENOLCK", "write:ENOSPC", "write:EDQUOT", "fsync:EIO", "rename:EACCES"]


def trace(call: str, action: str, *, log: Path) -> list[str]:
    """Give the command that lets a program do `action` instead of a system call."""
    strace = shutil.which("strace") or "strace"
    inject = f"inject={call}:{action}"
    return [strace, "-f", "-qq", "-o", str(log), "-e", f"trace={call}", "-e", inject]


@needs("strace")
@pytest.mark.parametrize("step", ["write:acme:new", "erase:acme"])
@pytest.mark.parametrize("killed_at", KILLED_AT)
def test_kill_at_any_step_leaves_every_text_old_or_new(
    step: str, killed_at: str, path: Path, environ: dict[str, str], tmp_path: Path
) -> None:
    store = FileStore(path)
    store.write("acme", Secret("old"))
    store.write("other", Secret("theirs"))
    call, _, count = killed_at.partition(":")
    log = tmp_path / "trace"
    under = trace(call, f"signal=KILL:when={count}", log=log)
    assert run_store(step, folder=path.parent, environ=environ, store="file", under=under) == []
    assert "killed by SIGKILL" in log.read_text()
    assert store.read("acme") in {Secret("old"), Secret("new"), None}
    assert store.read("acme") is not None or step == "erase:acme"
    assert store.read("other") == Secret("theirs")
    store.write("acme", Secret("next"))
    assert store.read("acme") == Secret("next")
    assert len(list(path.parent.iterdir())) == 2


@needs("strace")
@pytest.mark.parametrize("failed_at", FAILED_AT)
def test_error_of_the_system_at_any_step_is_told_and_leaves_the_old_text(
    failed_at: str, path: Path, environ: dict[str, str], tmp_path: Path
) -> None:
    store = FileStore(path)
    store.write("acme", Secret("old"))
    call, _, error = failed_at.partition(":")
    under = trace(call, f"error={error}:when=1", log=tmp_path / "trace")
    (outcome,) = run_store(
        "write:acme:new", folder=path.parent, environ=environ, store="file", under=under
    )
    assert outcome.error.startswith(f"{path} cannot be used: ")
    assert store.read("acme") == Secret("old")
    assert len(list(path.parent.iterdir())) == 2


@needs("strace")
@pytest.mark.parametrize("call", ["unlink", "flock"])
def test_kill_while_the_last_entry_is_erased_leaves_it_or_nothing(
    call: str, path: Path, environ: dict[str, str], tmp_path: Path
) -> None:
    store = FileStore(path)
    store.write("acme", Secret("old"))
    under = trace(call, "signal=KILL:when=1", log=tmp_path / "trace")
    run_store("erase:acme", folder=path.parent, environ=environ, store="file", under=under)
    assert store.read("acme") in {Secret("old"), None}
    store.erase("acme")
    assert not path.exists()
