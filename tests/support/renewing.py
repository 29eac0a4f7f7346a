"""What tests of renewing share: a sandbox that counts, a clock, and one command's context."""

import io
import os
from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest

from glomex_cli.cli.context import Context
from glomex_cli.cli.options import GlobalOptions
from glomex_cli.sandbox.app import SandboxOptions, create_app
from glomex_cli.sandbox.server import serve
from glomex_cli.terminal.runtime import Runtime
from support.cli import Person, Stream
from support.servers.recorded_app import RecordedApp


@contextmanager
def sandbox(
    monkeypatch: pytest.MonkeyPatch, options: SandboxOptions | None = None
) -> Generator[RecordedApp]:
    """Serve a sandbox that counts, and make it the endpoint."""
    app = RecordedApp(create_app(options or SandboxOptions()))
    with serve(app) as server:
        monkeypatch.setenv("GLOMEX_ENDPOINT", server.url)
        yield app


def ahead(**time: float) -> datetime:
    """Return a moment that lies ahead of now."""
    return datetime.now(UTC) + timedelta(**time)


def start_of_the_window() -> datetime:
    """Return the moment at which the MFA code of now became good: it has all its life."""
    seconds = datetime.now(UTC).timestamp()
    return datetime.fromtimestamp(seconds - seconds % 30, UTC)


def connected(
    *, now: Callable[[], datetime], stderr: Stream | None = None, timeout: float | None = None
) -> Context:
    """Return the context of one command, with nobody to ask."""
    streams = (io.BytesIO(), Stream(), stderr or Stream())
    runtime = Runtime(*streams, ask=Person(()), now=now, environ=os.environ)
    options = GlobalOptions(endpoint=os.environ.get("GLOMEX_ENDPOINT"), timeout=timeout)
    return Context(runtime, options)
