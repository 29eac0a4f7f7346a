"""Killed or refused at any step on disk, the program leaves every file old or new, and private."""

import re
import signal
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from support.cli import Glomex
from support.crashes import (
    CHANGE,
    TOLD,
    Outcome,
    Step,
    contents,
    run_killed,
    run_refused,
    steps_of,
    steps_taken,
)
from support.files import mode_of, names
from support.programs import needs
from support.servers.service import PASSWORD, ROBOT, TENANT, Service, running

pytestmark = needs("strace")

KEEPING = 2  # the change of a login by which the session is kept
LOCKED = "flock"  # one login of a profile at a time, from there on
STARTED = ("--login", ROBOT, "--tenant", TENANT, "--no-input")


class Scene(NamedTuple):
    """A command line, all it does to our files, and its exit code where that is refused."""

    argv: tuple[str, ...]
    calls: tuple[str, ...]
    code: int = 9


JUNE = ("--from", "2025-06-02", "--to", "2025-06-03")
# Somebody is signed in as `default` and `second`. A login tries the store, writing and erasing,
# before it asks for a password, then keeps session and profile.
SCENES = {
    "login": Scene(
        ("login", "-p", "third", *STARTED), (*CHANGE * 2, LOCKED, *CHANGE * 2, TOLD, TOLD)
    ),
    "logout": Scene(("logout", "-p", "second"), (*CHANGE, TOLD)),
    "logout-all": Scene(("logout", "--all"), (*CHANGE * 2, TOLD, "flock", "unlink", *CHANGE, TOLD)),
    "use": Scene(("status", "--use", "second"), (*CHANGE, TOLD)),
    "output": Scene(
        ("report", *JUNE, "-f", "csv", "--output", "OUT"),
        ("flock", "write", *CHANGE[2:], TOLD),
        code=1,
    ),
}
KILLED_AT = {"write", "fsync", "rename"}
REFUSED = {"write": "ENOSPC", "fsync": "EIO", "rename": "ENOSPC"}
TOKEN = re.compile(r"eyJ[\w-]+\.[\w-]+\.[\w-]+\n")
LOCKS = {".credentials.json.lock", ".config.toml.lock"} | {
    f".login-{profile}.lock" for profile in ("default", "second", "third")
}


def cases(calls: Collection[str]) -> list[tuple[str, Step]]:
    return [
        (name, step)
        for name, scene in SCENES.items()
        for step in steps_of(scene.calls)
        if step.call in calls
    ]


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Service]:
    with running() as opened:
        yield opened


@pytest.fixture
def folder(sandbox: Service, cli: Glomex, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Sign in twice, and give the folder of all our files."""
    monkeypatch.setenv("GLOMEX_ENDPOINT", sandbox.url)
    monkeypatch.setenv("GLOMEX_PASSWORD", PASSWORD)
    for profile in ("default", "second"):
        assert cli("login", "-p", profile, *STARTED).code == 0
    assert cli("report", *JUNE).code == 0  # now the cache knows the service
    folder = tmp_path / "config"
    (folder / "report").write_text("old\n")
    (folder / "report").chmod(0o600)
    return folder


def argv_of(scene: Scene, folder: Path) -> list[str]:
    return [str(folder / "report") if word == "OUT" else word for word in scene.argv]


@pytest.mark.parametrize("name", SCENES)
def test_every_step_on_disk_is_among_those_that_are_tried(
    name: str, folder: Path, tmp_path: Path
) -> None:
    argv = argv_of(SCENES[name], folder)
    assert tuple(steps_taken(argv, folder, tmp_path / "trace")) == SCENES[name].calls


@pytest.mark.fault("F28", "F47")
@pytest.mark.parametrize(("name", "step"), cases(KILLED_AT), ids=str)
def test_a_kill_leaves_everything_old_or_new(
    name: str, step: Step, folder: Path, cli: Glomex
) -> None:
    argv = argv_of(SCENES[name], folder)
    before = contents(folder)
    killed = run_killed(argv, step)
    assert killed.code == -signal.SIGKILL
    assert_silent(killed)
    assert_old_or_new(before, argv, folder, cli)


@pytest.mark.fault("F27", "F28", "F47")
@pytest.mark.parametrize(("name", "step"), cases(REFUSED), ids=str)
def test_an_error_of_the_system_is_one_line_and_leaves_everything_old_or_new(
    name: str, step: Step, folder: Path, cli: Glomex
) -> None:
    scene = SCENES[name]
    argv = argv_of(scene, folder)
    before = contents(folder)
    refused = run_refused(argv, step, REFUSED[step.call])
    if is_of_the_folder(scene, step):  # the name may be lost in a power cut, and nothing now
        assert refused.code == 0
        assert refused.err.count("error: ") == 0
    else:
        assert refused.code == scene.code
        assert re.findall("error: .*", refused.err)[1:] == []
        assert not [each for each in names(folder) if each.endswith("-tmp")]
    assert_silent(refused, kept=name != "login" or (step.place - 1) // len(CHANGE) != KEEPING)
    assert_old_or_new(before, argv, folder, cli)


def is_of_the_folder(scene: Scene, step: Step) -> bool:
    return step.call == "fsync" and scene.calls[step.place - 1] == "unlink"


def assert_silent(outcome: Outcome, *, kept: bool = True) -> None:
    """Find no secret and no traceback; a session that nothing keeps is printed, so not lost."""
    assert "eyJ" not in outcome.err
    assert PASSWORD not in outcome.out + outcome.err
    assert "Traceback" not in outcome.err
    assert outcome.out == "" if kept or not outcome.code else TOKEN.fullmatch(outcome.out)


def assert_old_or_new(
    before: Mapping[str, object], argv: Sequence[str], folder: Path, cli: Glomex
) -> None:
    """Find nothing torn or open to others; the same command once more leaves no trace of it."""
    left = contents(folder)
    assert {mode_of(path) for path in folder.iterdir()} == {0o600}
    assert mode_of(folder) == 0o700
    assert cli(*argv).code == 0
    after = contents(folder)
    for name in {*before, *left, *after}:
        assert left.get(name) in (before.get(name), after.get(name)), name
    assert {each for each in names(folder) if each.startswith(".")} <= LOCKS
    assert "#probe" not in "".join(path.read_text() for path in folder.iterdir())
