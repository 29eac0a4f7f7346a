"""Credentials on a real Secret Service: gnome-keyring on a message bus of our own."""

import signal
from collections.abc import Generator
from pathlib import Path

import pytest
from support.programs import needs
from support.secret_service import (
    PROGRAMS,
    Bus,
    empty_keyring,
    found_by_attribute,
    locked_keyring,
    message_bus,
    silent_prompter,
    unlocked_keyring,
)
from support.store_process import Step, run_store

pytestmark = needs(*PROGRAMS)

ITEM = {"service": "glomex-cli"}


@pytest.fixture(scope="module")
def desktop(tmp_path_factory: pytest.TempPathFactory) -> Generator[Bus]:
    with message_bus(tmp_path_factory.mktemp("desktop")) as bus, unlocked_keyring(bus):
        yield bus


@pytest.fixture
def bus(tmp_path: Path) -> Generator[Bus]:
    with message_bus(tmp_path / "home") as bus:
        yield bus


def only(steps: list[Step]) -> Step:
    assert len(steps) == 1
    return steps[0]


def test_one_process_keeps_another_reads_and_nothing_stays_after_erasing(
    desktop: Bus, tmp_path: Path
) -> None:
    token = "t" * 6000
    run_store("probe", f"write:acme:{token}", folder=tmp_path, environ=desktop.environ)
    assert found_by_attribute(desktop, **ITEM) == 1
    assert found_by_attribute(desktop, service="glomex-cli", username="acme") == 1
    assert only(run_store("read:acme", folder=tmp_path, environ=desktop.environ)).value == token
    erased = run_store(
        "erase:acme", "erase:acme", "read:acme", folder=tmp_path, environ=desktop.environ
    )
    assert [step.value for step in erased] == [True, False, None]
    assert found_by_attribute(desktop, **ITEM) == 0


def test_locked(bus: Bus, tmp_path: Path) -> None:
    with locked_keyring(bus):
        print(run_store("read:acme", folder=tmp_path, environ=bus.environ))
        print(run_store("probe", folder=tmp_path, environ=bus.environ))
        with silent_prompter(bus):
            print(run_store("read:acme", folder=tmp_path, environ=bus.environ, limit_s=1))
            print(run_store("probe", folder=tmp_path, environ=bus.environ, limit_s=1))


def test_empty(bus: Bus, tmp_path: Path) -> None:
    with empty_keyring(bus) as daemon:
        print(run_store("probe", folder=tmp_path, environ=bus.environ))
        daemon.send_signal(signal.SIGSTOP)
        print(run_store("probe", folder=tmp_path, environ=bus.environ, limit_s=1))
    print(run_store("probe", folder=tmp_path, environ=bus.environ, limit_s=1))
    bus.stop()
    print(run_store("probe", folder=tmp_path, environ=bus.environ, limit_s=1))
