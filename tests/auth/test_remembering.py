"""`login --remember` with the real Secret Service: renewed unasked, and nothing left at the end."""

import os
import subprocess
import sys
import time
from collections.abc import Generator
from pathlib import Path

import pytest

from glomex_cli.sandbox.app import SandboxOptions
from glomex_cli.sandbox.sessions import SANDBOX_TOTP_SEED
from support.programs import GLOMEX, GLOMEX_ARGV, needs
from support.servers.service import LOGIN, PASSWORD, ROBOT, TENANT, Service, running
from support.stores.secret_service import (
    PROGRAMS,
    Bus,
    found_by_attribute,
    message_bus,
    unlocked_keyring,
)
from support.terminals.terminal import answer, ended, terminal

pytestmark = pytest.mark.process


@pytest.fixture
def bus(tmp_path: Path) -> Generator[Bus]:
    with message_bus(tmp_path) as running_bus, unlocked_keyring(running_bus):
        yield running_bus


def remember(environ: dict[str, str], login: str, seed: str) -> str:
    """Sign in as a person does, and give all that the terminal showed."""
    shown = ""
    with terminal(f"{GLOMEX} login --remember", environ) as child:
        for prompt, text in (
            ("Email", login),
            ("Tenant", TENANT),
            ("Password", PASSWORD),
            ("TOTP secret (the setup key shown with the QR code; empty if you have none)", seed),
        ):
            answer(child, prompt, text)
            shown += child.before
        assert ended(child) == 0
        return shown + str(child.before)


def cli(environ: dict[str, str], *argv: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [*GLOMEX_ARGV, *argv], env=environ, capture_output=True, text=True, check=False
    )


@pytest.mark.fault("F19")
@needs(*PROGRAMS)
def test_a_remembered_sign_in_outlives_its_token_and_leaves_nothing(
    bus: Bus, tmp_path: Path
) -> None:
    with running(SandboxOptions(token_life_s=1)) as service:
        environ = environment(bus, service, tmp_path)
        assert "renewed when it ends" in remember(environ, ROBOT, "")
        time.sleep(1.1)
        report = cli(environ, "report", "--last", "1d", "-v")
        assert (report.returncode, "createSession" in report.stderr) == (0, True)
        assert found_by_attribute(bus, service="glomex-cli") == 1
        cli(environ, "logout")
        assert found_by_attribute(bus, service="glomex-cli") == 0


@needs(*PROGRAMS)
def test_the_seed_is_proven_by_signing_in_with_it_and_never_shown(bus: Bus, tmp_path: Path) -> None:
    seed = f"{SANDBOX_TOTP_SEED[:4].lower()} {SANDBOX_TOTP_SEED[4:].lower()}"
    with running() as service:
        environ = environment(bus, service, tmp_path)
        shown = remember(environ, LOGIN, seed)
        assert "MFA code: " not in shown
        assert seed not in shown
        assert '"renews": "yes"' in cli(environ, "status").stdout
        (profiles,) = (tmp_path / "config").glob("*.toml")
        assert "remember = true" in profiles.read_text()
        cli(environ, "logout", "--all")
        assert found_by_attribute(bus, service="glomex-cli") == 0


@needs(*PROGRAMS)
def test_where_nobody_can_type_a_seed_the_variable_is_named(bus: Bus, tmp_path: Path) -> None:
    argv = ("login", "--remember", "--no-input", "--login", LOGIN, "--tenant", TENANT)
    with running() as service:
        environ = {**environment(bus, service, tmp_path), "GLOMEX_PASSWORD": PASSWORD}
        done = cli(environ, *argv)
    assert done.returncode == 2
    assert done.stderr.endswith("hint: use GLOMEX_TOTP_SECRET\n")


def environment(bus: Bus, service: Service, tmp_path: Path) -> dict[str, str]:
    return {
        **bus.environ,
        "PYTHONPATH": os.pathsep.join(sys.path),
        "GLOMEX_ENDPOINT": service.url,
        "GLOMEX_CONFIG_DIR": str(tmp_path / "config"),
    }
