"""The credentials file keeps what it is given, and says so when it cannot."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glomex_cli.models import Secret, StoreName
from glomex_cli.storage.file_store import FileStore
from glomex_cli.storage.files import locked
from support.stores.operations import CANARY, refusal, refusals


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return a place in a folder that is not there yet."""
    return tmp_path / "glomex" / "credentials.json"


@pytest.fixture
def store(path: Path) -> FileStore:
    return FileStore(path)


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


def test_text_that_does_not_come_back_as_it_was_is_an_error(store: FileStore, path: Path) -> None:
    halves_that_json_joins = "\ud83d\udd11"
    failure = refusal(lambda: store.write("acme", Secret(halves_that_json_joins)))
    assert failure.message == f"{path} did not save what was written"
    assert failure.hint == "try again, or `glomex doctor`"


@pytest.mark.parametrize("key", ["", "a" * 65, "a b", "a/b", "#probe", "acme\n", "ü"])
def test_only_plain_profile_names_reach_the_file(key: str, store: FileStore, path: Path) -> None:
    for action in (
        lambda: store.read(key),
        lambda: store.write(key, Secret(CANARY)),
        lambda: store.erase(key),
    ):
        assert "profile name" in refusal(action).message
    assert not path.exists()


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


@pytest.mark.fault("F14")
@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN)
def test_broken_file_is_named_never_shown_and_never_deleted(
    content: bytes, store: FileStore, path: Path
) -> None:
    path.parent.mkdir(mode=0o700)
    path.write_bytes(content)
    path.chmod(0o600)
    for failure in refusals(store):
        assert failure.message == f"{path} does not contain credentials in a known format"
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
    assert store.read("acme") is None  # nothing can be kept there: only writing fails
    assert "cannot be used: file exists" in refusal(store.probe).message


def test_lock_that_is_held_for_long_is_an_error(path: Path) -> None:
    store = FileStore(path, lock_wait_s=0.05)
    with locked(path):
        assert "another command is using" in refusal(store.probe).message
        assert store.read("acme") is None


def test_what_a_killed_probe_left_goes_with_the_next_change(store: FileStore, path: Path) -> None:
    store.write("acme", Secret("ours"))
    entries = {**json.loads(path.read_text()), "#probe-0123abcd": "left"}
    path.write_text(json.dumps(entries))
    store.write("other", Secret("theirs"))
    assert json.loads(path.read_text()) == {"acme": "ours", "other": "theirs"}


def test_a_file_of_very_many_profiles_is_read(store: FileStore) -> None:
    text = Secret("x" * 3 * 2**20)
    store.write("acme", text)
    assert store.read("acme") == text
