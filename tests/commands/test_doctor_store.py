"""What `glomex doctor` says of keyrings: real ones, locked, frozen and none at all."""

import signal
import subprocess
import sys
import time
from collections.abc import Generator, Mapping
from pathlib import Path

import pytest

from glomex_cli.sandbox.sessions import SANDBOX_TOTP_SEED
from support.doctoring import Examined, parsed
from support.programs import needs
from support.servers.service import LOGIN, PASSWORD, TENANT
from support.stores.secret_service import (
    PROGRAMS,
    Bus,
    clean_environment,
    found_by_attribute,
    locked_keyring,
    message_bus,
    unlocked_keyring,
)

pytestmark = pytest.mark.process

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a real keyring is there")


def examined(environ: Mapping[str, str], *argv: str) -> Examined:
    """Examine as a process of its own, which meets no keyring but that of `environ`."""
    done = run(environ, "doctor", "-f", "json", *argv)
    assert done.stderr == ""
    return parsed(done.returncode, done.stdout)


def run(environ: Mapping[str, str], *argv: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "glomex_cli", *argv, "--endpoint", "sandbox"],
        env={
            **environ,
            "GLOMEX_CONFIG_DIR": f"{environ['HOME']}/glomex",
            "GLOMEX_STORE": "keyring",  # the sandbox by itself needs none
        },
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.fixture
def bus(tmp_path: Path) -> Generator[Bus]:
    """Return a bus that a test may break."""
    with message_bus(tmp_path / "home") as bus:
        yield bus


@needs(*PROGRAMS)
def test_keyring_that_works_is_named_and_left_as_it_was(bus: Bus) -> None:
    with unlocked_keyring(bus):
        secrets = {"GLOMEX_PASSWORD": PASSWORD, "GLOMEX_TOTP_SECRET": SANDBOX_TOTP_SEED}
        login = ["login", "--login", LOGIN, "--tenant", TENANT, "--remember"]
        assert run({**bus.environ, **secrets}, *login).returncode == 0
        found = examined(bus.environ)
        assert found_by_attribute(bus, service="glomex-cli") == 1
    assert found.code == 0
    assert found["store"].text == "the keyring (SecretService.Keyring) can write, read and delete"
    assert found["sign-in"].text.endswith(" minutes left, then renewed automatically")
    assert found["schema"].state == "ok"


@needs(*PROGRAMS)
def test_locked_keyring_says_so(bus: Bus) -> None:
    with locked_keyring(bus):
        found = examined(bus.environ)
    assert (found.code, found.states("fail")) == (9, {"store"})
    assert found["store"].text == "store keyring: the keyring is locked"
    assert "unlock it" in (found["store"].hint or "")
    assert found["sign-in"].text == "skipped: depends on store"


@needs(*PROGRAMS)
def test_frozen_keyring_holds_nobody_longer_than_the_time_given(bus: Bus) -> None:
    with unlocked_keyring(bus) as daemon:
        daemon.send_signal(signal.SIGSTOP)
        began = time.monotonic()
        found = examined(bus.environ, "--timeout", "2")
        assert time.monotonic() - began < 10
    assert (found.code, found["store"].text) == (
        9,
        "store keyring: the keyring timed out",
    )


@pytest.mark.fault("F39", "F44")
@on_linux
@pytest.mark.parametrize("desktop", ["", "KDE", "ubuntu:KDE"])
def test_without_a_keyring_there_is_a_way_out(tmp_path: Path, desktop: str) -> None:
    environ = clean_environment(tmp_path / "home") | {"XDG_CURRENT_DESKTOP": desktop}
    found = examined(environ)
    assert (found.code, found["store"].text) == (
        9,
        "store keyring: no usable keyring on this system",
    )
    hint = found["store"].hint or ""
    assert "--store file" in hint
    assert ("KWallet" in hint) == ("KDE" in desktop)


@on_linux
def test_keyring_that_keeps_nothing_is_refused_by_the_name_of_the_variable(tmp_path: Path) -> None:
    environ = clean_environment(tmp_path / "home")
    environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"
    found = examined(environ)
    assert (found.code, found.states("fail")) == (9, {"store"})
    assert "PYTHON_KEYRING_BACKEND" in found["store"].text
    assert found["store"].hint == "unset PYTHON_KEYRING_BACKEND"
