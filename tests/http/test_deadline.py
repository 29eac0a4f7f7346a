"""The deadline is total: an answer that never ends is given up in time, however it drags on."""

import gzip
import time
from collections.abc import Callable, Mapping

import pytest

from glomex_cli.concurrency import Deadline
from glomex_cli.errors import GlomexError, NetworkError
from glomex_cli.services.glomex.service import GlomexService
from support.servers.fault_answers import bomb, dripped, flooded, held, http, silent, whole
from support.servers.fault_server import FaultServer, Peer, Script
from support.servers.network import ANSWER, Hourglass, each_call, failure_of, report, service

pytestmark = [pytest.mark.process, pytest.mark.fault("F34")]

TIMEOUT_S = 0.25
OVERRUN_S = 5.0  # a loaded machine's; without a deadline none of these would end

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
OPEN_LIST = HEAD + b'\r\n{"data":{"report":{"rows":['
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
ZIPPED = HEAD + b"Content-Encoding: gzip\r\n\r\n"
ROW = b'{"day":"2025-06-01","video_views":1,"ad_impressions":2},'
# A deflate block that is stored, empty and not the last one (RFC 1951, section 3.2.4).
EMPTY_BLOCK = b"\x00\x00\x00\xff\xff"
GZIP_HEADER = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"

SLOW: Mapping[str, Script] = {
    "silence": silent,
    "head drips": dripped(http(200, "X-Padding: " + "x" * 500, body=ANSWER)),
    "body drips": dripped(HEAD + b"Content-Length: 500\r\n\r\n", b" " * 500),
    "chunks drip": dripped(CHUNKED, b"1\r\n \r\n" * 100),
    "gzip drips": dripped(ZIPPED, gzip.compress(b" " * 10**6, mtime=0)),
    "body stops": held(HEAD + b'Content-Length: 500\r\n\r\n{"data":{'),
}
ENDLESS: Mapping[str, Script] = {
    "hints": flooded(b"", b"HTTP/1.1 103 Early Hints\r\n\r\n" * 100),
    "blanks": flooded(HEAD + b"\r\n", b" " * 2**16),
    "rows": flooded(OPEN_LIST, ROW * 1000),
    "other rows": flooded(OPEN_LIST, b"1," * 2**15),
    "nested rows": flooded(OPEN_LIST, b'{"a":{"b":1},"c":2},' * 3000),
    "packed rows": whole(bomb(OPEN_LIST.split(b"\r\n\r\n")[1], ROW, mib=64)),
    "members": flooded(HEAD + b"\r\n{", b'"a":1,' * 10_000),
    "empty gzip blocks": flooded(ZIPPED + GZIP_HEADER, EMPTY_BLOCK * 10_000),
    "gzip members": flooded(ZIPPED, gzip.compress(b" ", mtime=0) * 1000),
    "junk after gzip": flooded(ZIPPED + gzip.compress(b"{}", mtime=0), b"x" * 2**16),
}


def timed(call: Callable[[GlomexService], object], url: str) -> tuple[GlomexError, float]:
    began = time.monotonic()
    error = failure_of(call, url, deadline=Deadline(TIMEOUT_S))
    return error, time.monotonic() - began


@pytest.mark.parametrize("script", SLOW.values(), ids=SLOW)
def test_slow_answer_is_given_up_in_time(script: Script) -> None:
    with FaultServer(script) as server:
        error, seconds = timed(report, server.url)
    assert isinstance(error, NetworkError)
    assert "timed out" in error.message
    assert "--timeout" in error.hint
    assert TIMEOUT_S * 0.9 < seconds < TIMEOUT_S + OVERRUN_S


@pytest.mark.parametrize("script", ENDLESS.values(), ids=ENDLESS)
def test_endless_answer_at_full_speed_ends_in_time(script: Script) -> None:
    with FaultServer(script) as server:
        error, seconds = timed(report, server.url)
    assert isinstance(error, GlomexError)
    assert seconds < TIMEOUT_S + OVERRUN_S


@each_call
def test_every_call_keeps_the_deadline(call: Callable[[GlomexService], object]) -> None:
    with FaultServer(silent) as server:
        error, seconds = timed(call, server.url)
    assert isinstance(error, NetworkError)
    assert seconds < TIMEOUT_S + OVERRUN_S


def test_deadline_is_one_for_all_requests_of_a_command() -> None:
    deadline = Hourglass()

    def last_moment(peer: Peer) -> None:
        deadline.spend()
        peer.silence()

    with FaultServer(whole(http(200, body=ANSWER))) as server:
        asked = service(server.url, deadline=deadline)
        assert report(asked)
        left_s = deadline.left_s()
        assert report(asked)
        assert deadline.left_s() < left_s < deadline.seconds
        server.script = last_moment
        with pytest.raises(NetworkError):
            report(asked)
        with pytest.raises(NetworkError):
            report(asked)
        assert len(server.requests) == 3


def test_answer_in_time_is_taken_whole() -> None:
    with FaultServer(whole(http(200, body=ANSWER))) as server:
        assert len(report(service(server.url, deadline=Deadline(30)))) == 3
