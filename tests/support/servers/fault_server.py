"""A server with faults: a script answers each connection, over real sockets on loopback.

`fault_answers` has the bytes and the scripts; here is only what moves them.
"""

import contextlib
import socket
import ssl
import struct
import threading
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Self, TypeAlias

HOST = "127.0.0.1"
_PATIENCE_S = 10.0
_RESET_ON_CLOSE = struct.pack("ii", 1, 0)  # SO_LINGER for no time at all: RST instead of FIN


@dataclass(frozen=True, slots=True)
class Request:
    """What a client sent. Header names are lower case; what is no HTTP has no method."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes


class Peer:
    """One client's connection, as a script sees it."""

    def __init__(self, line: socket.socket, stopping: threading.Event) -> None:
        self.line = line
        self.stopping = stopping
        self.request = _read_request(line)

    def send(self, data: bytes) -> None:
        """Send all of `data` at once."""
        self.line.sendall(data)

    def drip(self, data: bytes, *, pause_s: float) -> None:
        """Send `data` byte by byte, for as long as the server lives."""
        for byte in data:
            self.line.sendall(bytes([byte]))
            if self.stopping.wait(pause_s):
                return

    def flood(self, data: bytes) -> None:
        """Send `data` again and again until the client or the server ends."""
        while not self.stopping.is_set():
            self.line.sendall(data)

    def silence(self) -> None:
        """Return nothing until the server ends."""
        self.stopping.wait()

    def reset(self) -> None:
        """Break the connection: the client gets RST instead of an orderly end."""
        self.line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)


Script: TypeAlias = Callable[[Peer], None]


class FaultServer:
    """Answers by `script`, which may be changed between requests. Use it in a `with` block."""

    def __init__(self, script: Script, *, tls: ssl.SSLContext | None = None) -> None:
        self.script = script
        self.requests: list[Request] = []
        self.connections = 0
        self._tls = tls
        self._stopping = threading.Event()
        self._listener = socket.create_server((HOST, 0), backlog=64)
        self._threads = [threading.Thread(target=self._accept, daemon=True)]
        self._lines: set[socket.socket] = set()

    @property
    def port(self) -> int:
        """The port it answers on."""
        return int(self._listener.getsockname()[1])

    @property
    def url(self) -> str:
        """Where it answers, as a client would name it."""
        return f"{'https' if self._tls else 'http'}://{HOST}:{self.port}/v1"

    def __enter__(self) -> Self:
        self._threads[0].start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stopping.set()
        with contextlib.suppress(OSError):
            socket.create_connection((HOST, self.port), timeout=1).close()  # wakes `accept`
        self._threads[0].join(_PATIENCE_S)
        self._listener.close()
        for line in list(self._lines):
            with contextlib.suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(_PATIENCE_S)
            assert not thread.is_alive(), "a script did not end with its server"

    def _accept(self) -> None:
        while True:
            line, _ = self._listener.accept()
            if self._stopping.is_set():
                line.close()
                return
            line.settimeout(_PATIENCE_S / 2)
            self.connections += 1
            self._threads = [t for t in self._threads if t.is_alive()]
            self._threads.append(threading.Thread(target=self._talk, args=(line,), daemon=True))
            self._threads[-1].start()

    def _talk(self, line: socket.socket) -> None:
        """Read one request and run the script on it; a client that goes away is no fault."""
        with contextlib.suppress(OSError, ValueError):
            if self._tls:
                line = self._tls.wrap_socket(line, server_side=True)
            self._lines.add(line)
            peer = Peer(line, self._stopping)
            self.requests.append(peer.request)
            self.script(peer)
        self._lines.discard(line)
        line.close()


def _read_request(line: socket.socket) -> Request:
    """Read one request whole; bytes that are no HTTP are taken as they come."""
    data = b""
    while b"\r\n\r\n" not in data:
        data += _some(line)
        if not data[:1].isalpha():
            return Request("", "", {}, data)
    head, body = data.split(b"\r\n\r\n", 1)
    first, *lines = head.decode("latin-1").split("\r\n")
    method, target, _ = first.split(" ", 2)
    pairs = (text.split(":", 1) for text in lines)
    headers = {name.lower(): value.strip() for name, value in pairs}
    while len(body) < int(headers.get("content-length", "0")):
        body += _some(line)
    return Request(method, target, headers, body)


def _some(line: socket.socket) -> bytes:
    data = line.recv(64 * 1024)
    if not data:
        raise ConnectionError
    return data
