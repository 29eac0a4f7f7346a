"""A service whose answers a test writes itself."""

from collections.abc import Iterator

import pytest

from support.servers.fault_answers import http, whole
from support.servers.fault_server import FaultServer
from support.servers.network import TOKEN


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[FaultServer]:
    """Serve empty answers until the test sets another script; it is the endpoint, with a token."""
    monkeypatch.setenv("GLOMEX_TOKEN", TOKEN)
    with FaultServer(whole(http(200))) as opened:
        monkeypatch.setenv("GLOMEX_ENDPOINT", opened.url)
        yield opened
