"""Fixtures, and nothing else."""

import math
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from glomex_cli.models import Secret
from glomex_cli.terminal.runtime import given_secrets
from support.canaries import found_in_files
from support.cli import Glomex
from support.servers.gateway import Gateway, open_gateway, robot_token
from support.servers.service import PASSWORD, ROBOT, TENANT, Service, running

# A loaded machine is slow at random; how long an example takes is no property of ours.
settings.register_profile("glomex", deadline=None)
settings.load_profile("glomex")

_SCRUBBED = (
    "CLICOLOR",
    "CLICOLOR_FORCE",
    "COLUMNS",
    "FORCE_COLOR",
    "LINES",
    "NO_COLOR",
    "PYTHONUNBUFFERED",
    "SSL_CERT_DIR",
    "SSL_CERT_FILE",
)


def pytest_configure() -> None:
    """Let the programs that tests start hear the signals that `nohup` or `&` had ignored.

    What is ignored is inherited; what is handled is at its default in another program.
    """
    for name in ("SIGINT", "SIGQUIT", "SIGHUP", "SIGTERM"):
        number = getattr(signal, name, None)
        if number and signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, lambda _number, _frame: None)


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Start each test from an empty home, an environment that says nothing, and no secret."""
    monkeypatch.setattr(Secret, "_recent", {})  # those of other tests would be masked here too
    given_secrets.clear()
    # A loaded machine waits at random; that waits are shown is for tests of whole processes.
    monkeypatch.setattr("glomex_cli.cli.context._LONG_S", math.inf)
    for name in os.environ:
        if (
            name.startswith(("GLOMEX_", "MUX_"))
            or name.upper().endswith("_PROXY")
            or name in _SCRUBBED
        ):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "home" / ".config"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home" / ".cache"))
    monkeypatch.setenv("GLOMEX_CONFIG_DIR", str(tmp_path / "config"))
    monkeypatch.setenv("GLOMEX_STORE", "file")
    monkeypatch.setenv("TERM", "xterm-256color")


@pytest.fixture(autouse=True)
def _no_secret_left_in_files(_own_environment: None, tmp_path: Path) -> Iterator[None]:
    """Make sure that a test leaves no secret in any file but a store."""
    yield
    assert found_in_files(tmp_path) == {}


@pytest.fixture
def cli() -> Glomex:
    """Run the command line in this process."""
    return Glomex()


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    """Serve the sandbox over HTTP, and make it the endpoint."""
    with running() as sandbox:
        monkeypatch.setenv("GLOMEX_ENDPOINT", sandbox.url)
        yield sandbox


@pytest.fixture
def signed_in(cli: Glomex, service: Service) -> Service:
    """Sign in to the sandbox with the account that needs no code."""
    assert cli("login", answers=[ROBOT, TENANT, PASSWORD]).code == 0
    return service


@pytest.fixture(scope="module")
def module_gateway() -> Iterator[Gateway]:
    """Serve a sandbox behind a gateway, one for all tests of a file."""
    with open_gateway() as opened:
        yield opened


@pytest.fixture
def gateway(module_gateway: Gateway, monkeypatch: pytest.MonkeyPatch) -> Gateway:
    """Make the file's gateway the endpoint, with a token, and forget what it was asked."""
    monkeypatch.setenv("GLOMEX_TOKEN", robot_token())
    monkeypatch.setenv("GLOMEX_ENDPOINT", module_gateway.url)
    module_gateway.asked()
    return module_gateway


@pytest.fixture
def own_gateway(monkeypatch: pytest.MonkeyPatch) -> Iterator[Gateway]:
    """Return a test a gateway of its own, whose service it may change."""
    monkeypatch.setenv("GLOMEX_TOKEN", robot_token())
    with open_gateway() as opened:
        monkeypatch.setenv("GLOMEX_ENDPOINT", opened.url)
        yield opened
