"""How long the store waits for a keyring, and whom it tells."""

import threading
import time
from collections.abc import Callable, Generator
from pathlib import Path

import pytest

from glomex_cli.models import Secret
from glomex_cli.storage.base import SecretStore, TimeLimit, time_limit_for
from glomex_cli.storage.files import locked
from support.stores.operations import each_operation, refusal, store_on
from support.stores.vault import Vault


class Slow(Vault):
    """Answers when it is let go."""

    def __init__(self) -> None:
        super().__init__()
        self.released = threading.Event()

    def get_password(self, service: str, username: str) -> str | None:
        self.released.wait(timeout=30)
        return super().get_password(service, username)

    def set_password(self, service: str, username: str, password: str) -> None:
        self.released.wait(timeout=30)
        self.items[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self.released.wait(timeout=30)
        super().delete_password(service, username)


@pytest.fixture
def slow() -> Generator[Slow]:
    vault = Slow()
    yield vault
    vault.released.set()


@pytest.mark.fault("F40")
@each_operation
def test_frozen_keyring_is_given_up_in_time_and_is_no_answer(
    operation: Callable[[SecretStore], object], slow: Slow, tmp_path: Path
) -> None:
    started = time.monotonic()
    store = store_on(slow, tmp_path, TimeLimit(limit_s=0.1))
    assert "timed out" in refusal(lambda: operation(store)).message
    assert time.monotonic() - started < 3


@pytest.mark.fault("F45")
def test_limits_are_a_minute_for_a_person_and_five_seconds_for_a_script() -> None:
    told: list[str] = []
    attended = time_limit_for(told.append, interactive=True)
    unattended = time_limit_for(told.append, interactive=False)
    assert (attended.limit_s, attended.notify, attended.notice_after_s) == (60, told.append, 2)
    assert (unattended.limit_s, unattended.notify) == (5, None)


@pytest.mark.fault("F45")
def test_person_is_told_once_that_the_keyring_is_waited_for(slow: Slow, tmp_path: Path) -> None:
    told: list[str] = []

    def notify(message: str) -> None:
        told.append(message)
        slow.released.set()

    time_limit = TimeLimit(limit_s=20, notify=notify, notice_after_s=0.05)
    assert store_on(slow, tmp_path, time_limit).read("acme") is None
    assert told == ["waiting for your keyring"]


def test_nobody_is_told_when_the_keyring_answers_at_once(tmp_path: Path) -> None:
    told: list[str] = []
    time_limit = TimeLimit(limit_s=20, notify=told.append, notice_after_s=0.2)
    store_on(Vault(), tmp_path, time_limit).write("acme", Secret("x"))
    time.sleep(0.3)
    assert told == []


@pytest.mark.attack("R23")
def test_waiting_for_another_command_is_bounded_by_a_limit_of_its_own(tmp_path: Path) -> None:
    store = store_on(Vault(), tmp_path, TimeLimit(queue_s=0.1))
    started = time.monotonic()
    with locked(tmp_path / "keyring"):
        assert "another command" in refusal(lambda: store.write("acme", Secret("x"))).message
    assert time.monotonic() - started < 3
    store.write("acme", Secret("x"))


@pytest.mark.attack("R23")
def test_waiting_for_another_command_takes_nothing_of_the_keyrings_time(tmp_path: Path) -> None:
    told: list[str] = []
    limit = TimeLimit(limit_s=2, notify=told.append, notice_after_s=0.05)
    store, free = store_on(Vault(), tmp_path, limit), threading.Event()

    def hold() -> None:
        with locked(tmp_path / "keyring"):
            held.set()
            free.wait(30)

    held = threading.Event()
    other = threading.Thread(target=hold)
    other.start()
    held.wait(30)
    threading.Timer(2.5, free.set).start()
    store.write("acme", Secret("x"))
    other.join()
    assert told == ["waiting for another command"]
    assert store.read("acme") == Secret("x")


def test_reading_does_not_wait_for_a_writer(tmp_path: Path) -> None:
    store = store_on(Vault(), tmp_path, TimeLimit(limit_s=0.1))
    with locked(tmp_path / "keyring"):
        assert store.read("acme") is None
