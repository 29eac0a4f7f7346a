"""Fixtures, and nothing else."""

import os
from pathlib import Path

import pytest

from support.cli import Glomex

_SCRUBBED = (
    "CLICOLOR",
    "CLICOLOR_FORCE",
    "COLUMNS",
    "FORCE_COLOR",
    "LINES",
    "NO_COLOR",
    "SSL_CERT_DIR",
    "SSL_CERT_FILE",
)


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Start each test from an empty home and an environment that says nothing."""
    for name in os.environ:
        if name.startswith("GLOMEX_") or name.upper().endswith("_PROXY") or name in _SCRUBBED:
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "home" / ".config"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home" / ".cache"))
    monkeypatch.setenv("GLOMEX_CONFIG_DIR", str(tmp_path / "config"))
    monkeypatch.setenv("GLOMEX_STORE", "file")
    monkeypatch.setenv("TERM", "xterm-256color")


@pytest.fixture
def glomex() -> Glomex:
    """Run the command line in this process."""
    return Glomex()
