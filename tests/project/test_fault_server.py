"""The server with faults does what its scripts say, and ends."""

import gzip
import http.client
import socket
import threading
import time

import pytest

from support.servers import fault_answers as answers
from support.servers.fault_answers import Framing
from support.servers.fault_server import HOST, FaultServer, Peer


def ask(server: FaultServer, body: bytes = b"hello") -> http.client.HTTPResponse:
    client = http.client.HTTPConnection(HOST, server.port, timeout=5)
    client.request("POST", "/v1?x=1", body, {"X-Canary": "yes"})
    return client.getresponse()


def raw(server: FaultServer) -> bytes:
    with socket.create_connection((HOST, server.port), timeout=5) as line:
        line.sendall(b"GET / HTTP/1.1\r\n\r\n")
        return b"".join(iter(lambda: line.recv(4096), b""))


def test_request_is_kept_as_it_came() -> None:
    with FaultServer(answers.whole(answers.http(200))) as server:
        ask(server).read()
    (request,) = server.requests
    assert (request.method, request.target, request.body) == ("POST", "/v1?x=1", b"hello")
    assert request.headers["x-canary"] == "yes"
    assert server.connections == 1


@pytest.mark.parametrize("framing", Framing)
def test_body_arrives_whole_in_every_framing(framing: Framing) -> None:
    body = b"0123456789" * 30
    with FaultServer(answers.whole(answers.http(203, body=body, framing=framing))) as server:
        answer = ask(server)
        assert (answer.status, answer.read()) == (203, body)


def test_cut_ends_in_order_and_a_break_does_not() -> None:
    with FaultServer(answers.cut(b"0123456789", 4)) as server:
        assert raw(server) == b"0123"
        server.script = answers.broken(b"0123456789", 0)
        with pytest.raises(ConnectionResetError):
            raw(server)


def test_drip_takes_its_time() -> None:
    with FaultServer(answers.dripped(b"ab", b"cd")) as server:
        began = time.monotonic()
        assert raw(server) == b"abcd"
    assert time.monotonic() - began > 0.09


def test_bomb_is_a_gzip_stream_that_inflates_to_what_it_says() -> None:
    packed = answers.bomb(b'{"a":"', b"0", mib=3).split(b"\r\n\r\n", 1)[1]
    assert gzip.decompress(packed) == b'{"a":"' + b"0" * (3 * 2**20)
    assert len(packed) < 2**16


def test_damaged_bomb_fails_its_checksum() -> None:
    packed = answers.bomb(b"", b"0", mib=1, damaged=True).split(b"\r\n\r\n", 1)[1]
    with pytest.raises(gzip.BadGzipFile):
        gzip.decompress(packed)


def test_server_ends_silent_flooding_and_half_heard_connections() -> None:
    before = threading.active_count()

    def script(peer: Peer) -> None:
        answers.silent(peer) if peer.request.target == "/" else peer.flood(b"x" * 1000)

    with (
        FaultServer(script) as server,
        socket.create_connection((HOST, server.port)) as silent,
        socket.create_connection((HOST, server.port)) as flooded,
        socket.create_connection((HOST, server.port)) as half,
    ):
        silent.sendall(b"GET / HTTP/1.1\r\n\r\n")
        flooded.sendall(b"GET /flood HTTP/1.1\r\n\r\n")
        half.sendall(b"GET /half")
        assert flooded.recv(3) == b"xxx"
    assert threading.active_count() == before
