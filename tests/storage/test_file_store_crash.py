"""The credentials file is whole at any moment, whoever writes, dies or runs out of disk."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from glomex_cli.models import Secret
from glomex_cli.storage.file_store import FileStore
from support.files import interfering, names, unmeasured
from support.programs import needs
from support.stores.process import run_store
from support.stores.secret_service import clean_environment

pytestmark = pytest.mark.process


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return a place in a folder that is not there yet."""
    return tmp_path / "glomex" / "credentials.json"


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    plain = unmeasured(clean_environment(tmp_path / "home"))
    return plain | {"PYTHONDONTWRITEBYTECODE": "1"}


@pytest.mark.fault("F46")
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
    assert names(folder) == {"credentials.json", ".credentials.json.lock"}


KILLED_AT = ["flock:1", "flock:2", "fchmod:1", "write:1", "fsync:1", "rename:1", "fsync:2"]
FAILED_AT = ["flock:ENOLCK", "write:ENOSPC", "write:EDQUOT", "fsync:EIO", "rename:EACCES"]


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
    under = interfering(call, f"signal=KILL:when={count}", log=log)
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
    under = interfering(call, f"error={error}:when=1", log=tmp_path / "trace")
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
    under = interfering(call, "signal=KILL:when=1", log=tmp_path / "trace")
    run_store("erase:acme", folder=path.parent, environ=environ, store="file", under=under)
    assert store.read("acme") in {Secret("old"), None}
    store.erase("acme")
    assert not path.exists()
