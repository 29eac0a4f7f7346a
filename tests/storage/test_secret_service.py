"""Credentials on a real Secret Service: gnome-keyring on a message bus of our own."""

import signal
import time
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from glomex_cli.storage.keyring_backends import KWALLET, SECRET_SERVICE
from support.programs import needs
from support.stores.process import Step, run_store
from support.stores.secret_service import (
    PROGRAMS,
    Bus,
    empty_keyring,
    found_by_attribute,
    locked_keyring,
    message_bus,
    silent_prompter,
    unlocked_keyring,
)

pytestmark = [pytest.mark.process, needs(*PROGRAMS)]

TIMED_OUT = "the keyring timed out"
NO_KEYRING = "no usable keyring on this system"
LOCKED = "the keyring is locked"
# What each step says that fails: none may be taken for an answer.
STEPS = ["probe", "read:acme", "write:acme:token", "erase:acme"]


@pytest.fixture(scope="module")
def desktop(tmp_path_factory: pytest.TempPathFactory) -> Generator[Bus]:
    with message_bus(tmp_path_factory.mktemp("desktop")) as bus, unlocked_keyring(bus):
        yield bus


@pytest.fixture
def bus(tmp_path: Path) -> Generator[Bus]:
    """Yield a bus that a test may break."""
    with message_bus(tmp_path / "home") as bus:
        yield bus


def failures(bus: Bus, folder: Path, *steps: str, limit_s: float | None = None) -> set[str]:
    """Return the messages of steps that all fail, each in time and with a way out."""
    outcomes = run_store(*steps, folder=folder, environ=bus.environ, limit_s=limit_s)
    assert len(outcomes) == len(steps)
    assert all(outcome.value is None and outcome.hint for outcome in outcomes)
    assert all(outcome.seconds < (limit_s or 5) + 1 for outcome in outcomes)
    return {outcome.error for outcome in outcomes}


@pytest.mark.fault("F19")
def test_one_process_keeps_another_reads_and_nothing_stays_after_erasing(
    desktop: Bus, tmp_path: Path
) -> None:
    token = "t" * 8000
    run_store("probe", f"write:acme:{token}", folder=tmp_path, environ=desktop.environ)
    assert found_by_attribute(desktop, service="glomex-cli") == 1
    assert found_by_attribute(desktop, service="glomex-cli", username="acme") == 1
    (read,) = run_store("read:acme", folder=tmp_path, environ=desktop.environ)
    assert read.value == token
    erased = run_store(
        "erase:acme", "erase:acme", "read:acme", folder=tmp_path, environ=desktop.environ
    )
    assert [step.value for step in erased] == [True, False, None]
    assert not any(step.error for step in erased)
    assert found_by_attribute(desktop, service="glomex-cli") == 0


def test_keyring_that_worked_is_noted_by_name(desktop: Bus, tmp_path: Path) -> None:
    folder = tmp_path / "new" / "glomex"
    note = folder / "keyring-backend"
    run_store("read:acme", folder=folder, environ=desktop.environ)
    assert not note.exists()
    run_store("probe", folder=folder, environ=desktop.environ)
    assert note.read_text() == f"{SECRET_SERVICE}\n"
    assert folder.stat().st_mode & 0o777 == 0o700


def test_note_of_another_desktop_gives_way_at_the_next_sign_in(
    desktop: Bus, tmp_path: Path
) -> None:
    note = tmp_path / "keyring-backend"
    note.write_text(KWALLET)
    steps = ["read:moved", "probe", "read:moved", "write:moved:token", "erase:moved"]
    outcomes = run_store(*steps, folder=tmp_path, environ=desktop.environ)
    assert [outcome.error for outcome in outcomes] == [NO_KEYRING, "", "", "", ""]
    assert note.read_text() == f"{SECRET_SERVICE}\n"


@pytest.mark.attack("R23")
@pytest.mark.fault("F46")
def test_racing_writers_leave_one_whole_text(desktop: Bus, tmp_path: Path) -> None:
    def write(text: str) -> list[Step]:
        steps = [f"write:raced:{text * 3000}", "read:raced"] * 4
        return run_store(*steps, folder=tmp_path, environ=desktop.environ, limit_s=30)

    with ThreadPoolExecutor(max_workers=4) as pool:
        outcomes = [step for steps in pool.map(write, "abcd") for step in steps]
    whole = {text * 3000 for text in "abcd"}
    assert len(outcomes) == 4 * 8
    assert not any(step.error for step in outcomes)
    assert {step.value for step in outcomes if step.value is not None} <= whole
    assert found_by_attribute(desktop, username="raced") == 1
    run_store("erase:raced", folder=tmp_path, environ=desktop.environ)


def test_locked_keyring_says_so(bus: Bus, tmp_path: Path) -> None:
    with locked_keyring(bus):
        assert failures(bus, tmp_path, *STEPS) == {LOCKED}


@pytest.mark.fault("F40")
def test_dialog_that_nobody_answers_times_out(bus: Bus, tmp_path: Path) -> None:
    with locked_keyring(bus), silent_prompter(bus):
        assert failures(bus, tmp_path, *STEPS, limit_s=0.5) == {TIMED_OUT}


def test_dismissed_dialog_is_a_refusal(bus: Bus, tmp_path: Path) -> None:
    with empty_keyring(bus):
        assert failures(bus, tmp_path, "probe", "read:acme") == {"the keyring refused"}


@pytest.mark.fault("F40")
def test_frozen_keyring_is_left_after_five_seconds_and_works_again_later(
    bus: Bus, tmp_path: Path
) -> None:
    with unlocked_keyring(bus) as daemon:
        run_store("write:acme:token", folder=tmp_path, environ=bus.environ)
        daemon.send_signal(signal.SIGSTOP)
        started = time.monotonic()
        assert failures(bus, tmp_path, "read:acme") == {TIMED_OUT}
        assert time.monotonic() - started >= 5
        assert failures(bus, tmp_path, *STEPS, limit_s=0.2) == {TIMED_OUT}
        daemon.send_signal(signal.SIGCONT)
        (thawed,) = run_store("read:acme", folder=tmp_path, environ=bus.environ)
        assert thawed.value == "token"


def test_bus_without_a_keyring_is_no_keyring(bus: Bus, tmp_path: Path) -> None:
    assert failures(bus, tmp_path, *STEPS) == {NO_KEYRING}


def test_keyring_that_is_gone_is_no_empty_keyring(bus: Bus, tmp_path: Path) -> None:
    with unlocked_keyring(bus):
        run_store("write:acme:token", folder=tmp_path, environ=bus.environ)
    assert failures(bus, tmp_path, *STEPS) == {NO_KEYRING}
    bus.stop()
    assert failures(bus, tmp_path, *STEPS) == {NO_KEYRING}


@pytest.mark.parametrize("victim", ["keyring", "bus"])
def test_keyring_that_dies_before_it_answers_is_no_empty_keyring(
    victim: str, bus: Bus, tmp_path: Path
) -> None:
    with unlocked_keyring(bus) as daemon, ThreadPoolExecutor() as pool:
        daemon.send_signal(signal.SIGSTOP)
        waiting = pool.submit(failures, bus, tmp_path, "read:acme")
        time.sleep(0.5)
        assert not waiting.done()
        if victim == "bus":
            bus.stop()
        else:
            daemon.kill()
        assert waiting.result() == {NO_KEYRING}
