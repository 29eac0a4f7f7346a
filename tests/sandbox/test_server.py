"""The sandbox over real HTTP on loopback."""

import os
import signal
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx
import pytest

from glomex_cli.sandbox.app import SandboxOptions, create_app
from glomex_cli.sandbox.server import serve
from support.servers.sandbox_client import SandboxClient

QUERY = {"query": "{ __typename }"}
SERVING = """
import sys
from glomex_cli.sandbox.app import create_app
from glomex_cli.sandbox.server import serve
server = serve(create_app())
print(server.url, flush=True)
try:
    server.run()
except KeyboardInterrupt:
    print("interrupted", flush=True)
"""


def test_sandbox_answers_on_loopback_with_one_date_and_compressed() -> None:
    with serve(create_app()) as server:
        response = httpx.post(
            server.url,
            json={"query": "{ __schema { types { name description } } }"},
            trust_env=False,
        )
    assert server.url.startswith("http://127.0.0.1:")
    assert server.url.endswith("/v1")
    assert response.json()["data"]
    assert response.headers["Content-Encoding"] == "gzip"
    (sent,) = response.headers.get_list("Date")
    assert abs((parsedate_to_datetime(sent) - datetime.now(UTC)).total_seconds()) < 60


def test_token_of_the_sandbox_in_process_is_good_over_http() -> None:
    query = (
        '{ contentOwnerAnalyticsReport(dimensions: [video, day], from: "2025-01-01", '
        'to: "2025-01-31") { rows { day video_views } } }'
    )
    client = SandboxClient()
    client.clock.at = datetime.now(UTC)
    with serve(create_app()) as server:
        response = httpx.post(
            server.url,
            json={"query": query},
            headers={"Authorization": f"Bearer {client.token()}"},
            trust_env=False,
        )
    assert len(response.json()["data"]["contentOwnerAnalyticsReport"]["rows"]) > 1000


def test_a_hundred_simultaneous_requests_are_answered() -> None:
    app = create_app(SandboxOptions(delay_s=0.2))
    http = httpx.Client(trust_env=False, limits=httpx.Limits(max_connections=100))
    with serve(app) as server, http, ThreadPoolExecutor(100) as pool:
        started = time.monotonic()
        asked = [pool.submit(http.post, server.url, json=QUERY) for _ in range(100)]
        statuses = [future.result().status_code for future in asked]
        took_s = time.monotonic() - started
    assert statuses == [200] * 100
    # One after the other they would wait 20 s.
    assert took_s < 10


def test_body_that_is_too_large_is_answered_not_cut_off() -> None:
    with serve(create_app()) as server:
        response = httpx.post(server.url, json={"query": "#" * 2_000_000}, trust_env=False)
    assert response.status_code == 413


def test_client_that_leaves_early_disturbs_nobody(capfd: pytest.CaptureFixture[str]) -> None:
    with serve(create_app()) as server:
        port = httpx.URL(server.url).port or 0
        for sent in (b"", b"POST /v1 HTTP/1.1\r\nContent-Length: 50\r\n\r\n{", b"\x16\x03\x01 tls"):
            with socket.create_connection(("127.0.0.1", port)) as wire:
                wire.sendall(sent)
                wire.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        response = httpx.post(server.url, json=QUERY, trust_env=False)
    assert response.status_code == 200
    assert capfd.readouterr() == ("", "")


def test_port_that_is_taken_is_an_os_error_and_free_again_after_the_block() -> None:
    with serve(create_app()) as server:
        port = httpx.URL(server.url).port or 0
        with pytest.raises(OSError, match="in use"):
            serve(create_app(), port=port)
    with serve(create_app(), port=port) as server:
        assert httpx.post(server.url, json=QUERY, trust_env=False).status_code == 200


def test_server_in_the_foreground_stops_at_ctrl_c() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", SERVING], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        try:
            assert httpx.post(url, json=QUERY, trust_env=False).status_code == 200
        finally:
            os.kill(process.pid, signal.SIGINT)
        out, err = process.communicate(timeout=20)
    assert (process.returncode, out, err) == (0, "interrupted\n", "")
