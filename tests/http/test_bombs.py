"""An answer that is made to fill the memory is refused while the memory is still small."""

import gzip
import json
import os
import sys
import time
from collections.abc import Callable, Mapping
from functools import cache

import pytest

from glomex_cli.errors import ExitCode, NetworkError, ServiceError
from glomex_cli.services.glomex.service import GlomexService
from support.memory import measured
from support.servers.fault_answers import bomb, flooded, http, whole
from support.servers.fault_server import FaultServer
from support.servers.network import (
    ANSWER,
    PASSWORD,
    ROWS,
    TOKEN,
    each_call,
    failure_of,
    report,
    service,
)

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows measures no peak")

PEAK_MIB = 100
GIB = 1024
ROWS_OPEN = b'{"data":{"contentOwnerAnalyticsReport":{"rows":['
REPORT = ("report", "--from", "2025-06-01", "--to", "2025-06-03")
LOGIN = ("login", "--login", "somebody", "--tenant", "t-x", "--password-stdin", "--store", "none")


@cache
def zeros() -> bytes:
    return bomb(b"", b"\0", mib=GIB)


BOMBS: Mapping[str, tuple[bytes, bytes, str]] = {
    "a string": (ROWS_OPEN + b'{"day":"', b"0", "too large"),
    "a wide string": (ROWS_OPEN + '{"day":"\U0001f4a3'.encode(), b"0", "too large"),
    "a number": (ROWS_OPEN, b"1", "not JSON"),
    "depth": (ROWS_OPEN, b"[", "not JSON"),
    "an error": (b'{"errors":[{"message":"', b"x", "too large"),
    "a key": (b'{"', b"x", "too large"),
}


@pytest.mark.fault("F32")
@pytest.mark.parametrize("argv", [REPORT, LOGIN], ids=["report", "login"])
def test_gib_of_zeros_is_refused_in_little_memory(argv: tuple[str, ...]) -> None:
    env = {**os.environ, "GLOMEX_TOKEN": TOKEN}
    with FaultServer(whole(zeros())) as server:
        began = time.monotonic()
        found = measured(*argv, "--endpoint", server.url, env=env, stdin=f"{PASSWORD}\n")
    assert (found.code, found.out) == (ExitCode.SERVICE, "")
    assert found.err.startswith("error: the response of the service is ")
    assert found.err.count("\n") == 2
    assert PASSWORD not in found.err
    assert found.peak_mib < PEAK_MIB
    assert time.monotonic() - began < 10
    looks = [each for each in server.requests if b"__schema" in each.body]
    assert len(server.requests) - len(looks) == 1
    assert len(looks) <= 1


@pytest.mark.fault("F35")
@pytest.mark.parametrize(("opening", "filling", "words"), BOMBS.values(), ids=BOMBS)
def test_bomb_inside_json_is_refused_in_little_memory(
    opening: bytes, filling: bytes, words: str
) -> None:
    env = {**os.environ, "GLOMEX_TOKEN": TOKEN}
    with FaultServer(whole(bomb(opening, filling, mib=64))) as server:
        found = measured(*REPORT, "--endpoint", server.url, env=env)
    assert (found.code, found.out) == (ExitCode.SERVICE, "")
    assert words in found.err
    assert found.peak_mib < PEAK_MIB


@pytest.mark.fault("F32")
@pytest.mark.parametrize("encoding", ["compress", "br", "zstd", "gzip, gzip", "gzip, " * 9, "x"])
def test_compression_that_was_not_asked_for_is_not_undone(encoding: str) -> None:
    with FaultServer(whole(http(200, f"Content-Encoding: {encoding}", body=ANSWER))) as server:
        error = failure_of(report, server.url)
    assert isinstance(error, ServiceError)
    assert "compression" in error.message
    assert server.requests[0].headers["accept-encoding"] == "gzip"


@pytest.mark.parametrize("name", ["gzip", "GZIP", " gzip "])
def test_name_of_the_encoding_is_read_in_any_case(name: str) -> None:
    body = gzip.compress(json.dumps(ANSWER).encode())
    with FaultServer(whole(http(200, f"Content-Encoding:{name}", body=body))) as server:
        assert report(service(server.url)) == ROWS


@pytest.mark.parametrize("name", ["identity", "Identity"])
def test_no_encoding_may_be_named(name: str) -> None:
    with FaultServer(whole(http(200, f"Content-Encoding: {name}", body=ANSWER))) as server:
        assert report(service(server.url)) == ROWS


@pytest.mark.fault("F33")
@each_call
def test_flood_of_headers_is_refused_at_once(call: Callable[[GlomexService], object]) -> None:
    with FaultServer(flooded(b"HTTP/1.1 200 OK\r\n", b"X-Flood: canary\r\n" * 1000)) as server:
        began = time.monotonic()
        error = failure_of(call, server.url)
    assert isinstance(error, NetworkError)
    assert "canary" not in error.message
    assert time.monotonic() - began < 10


def test_long_headers_of_a_sane_answer_are_borne() -> None:
    with FaultServer(whole(http(200, "X-Long: " + "x" * 50_000, body=ANSWER))) as server:
        assert report(service(server.url)) == ROWS


@pytest.mark.fault("F33")
def test_a_thousand_hints_before_the_answer_are_borne() -> None:
    hints = b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" * 1000
    with FaultServer(whole(hints + http(200, body=ANSWER))) as server:
        assert report(service(server.url)) == ROWS
