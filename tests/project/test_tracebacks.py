"""A failure that nobody foresaw: no traceback, and with GLOMEX_DEBUG=1 one without values."""

from typing import NoReturn

import pytest

from support.cli import Glomex
from support.servers.service import LOGIN, PASSWORD, TENANT, Service


def fail() -> NoReturn:
    """Break in the middle of a sign-in, where the password is in the hands of every caller."""
    raise RuntimeError("the prompt broke")


@pytest.mark.fault("F9")
@pytest.mark.parametrize("debug", ["", "1"])
@pytest.mark.parametrize("library", ["", "1"])
def test_what_nobody_foresaw_shows_no_secret(
    cli: Glomex, service: Service, monkeypatch: pytest.MonkeyPatch, debug: str, library: str
) -> None:
    monkeypatch.setenv("GLOMEX_DEBUG", debug)
    monkeypatch.setenv("TYPER_STANDARD_TRACEBACK", library)
    done = cli("login", answers=[LOGIN, TENANT, PASSWORD, fail])
    assert done.code == 1
    assert "error: unexpected error (RuntimeError)\nhint: " in done.err
    assert ("Traceback" in done.err) == (debug == "1")
    assert ("raise RuntimeError" in done.err) == (debug == "1")
    assert PASSWORD not in done.err
    assert done.out == ""
