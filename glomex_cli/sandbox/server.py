"""The sandbox over HTTP on loopback, never reachable from outside: a thread per request.

Web pages of elsewhere are refused, and clients that are slow or many cannot hold it.
"""

import io
import socket
import threading
import time
from collections.abc import Generator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from http import HTTPStatus
from socketserver import TCPServer, ThreadingMixIn
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from glomex_cli.sandbox.app import PATH
from glomex_cli.sandbox.errors import HTTPRefusedError
from glomex_cli.sandbox.request import drain_body
from glomex_cli.sandbox.response import refusal_reply, send

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer, WriteableBuffer

_HOST = "127.0.0.1"
_NAMES = (_HOST, "localhost", "[::1]")
_HTTP_PORT = 80
_LAST_PORT = 65535
# Within this time a request must have arrived, and within as much again its answer been taken.
CLIENT_PATIENCE_S = 30.0
MOST_CONNECTIONS = 128  # a macOS process may open 256 files
_POLL_S = 0.05
_BLOCK_POLL_S = 0.005  # so that a `with` block ends at once
# Where there is no room: for how long it is looked for, and what a client has to send or take.
_TRIES = 20
_GRACE_S = 0.5
_TOO_MANY = b"HTTP/1.0 503 Service Unavailable\r\nRetry-After: 1\r\nContent-Length: 0\r\n\r\n"


class _Wire(io.RawIOBase):
    """Both ways of a connection. What it waits for the client is limited, and can be ended."""

    def __init__(self, connection: socket.socket, server: "_ThreadedServer") -> None:
        super().__init__()
        self._connection, self._waiting = connection, server.waiting
        self._patience_s = server.patience_s
        self._accepted = time.monotonic()

    def readable(self) -> bool:
        return True

    def writable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        """Receive what has come; TimeoutError when the request has taken too long as a whole."""
        with self._waiting_since(self._accepted):
            return self._connection.recv_into(buffer)

    def write(self, data: "ReadableBuffer", /) -> int:
        """Send all of it; TimeoutError when the client does not take it in time."""
        with self._waiting_since(time.monotonic()):
            self._connection.sendall(data)
        return memoryview(data).nbytes

    @contextmanager
    def _waiting_since(self, start: float) -> Generator[None]:
        left_s = start + self._patience_s - time.monotonic()
        if left_s <= 0:
            raise TimeoutError
        self._connection.settimeout(left_s)
        self._waiting[self._connection] = start
        try:
            yield
        finally:
            self._waiting.pop(self._connection, None)


class _QuietHandler(WSGIRequestHandler):
    def setup(self) -> None:
        """Read and write by a wire that knows how long is left."""
        super().setup()
        server: Any = self.server
        wire: Any = _Wire(self.connection, server)
        self.rfile, self.wfile = io.BufferedReader(wire), wire

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Print nothing: the caller decides what is printed."""


class _ThreadedServer(ThreadingMixIn, WSGIServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, port: int, *, patience_s: float, connections: int) -> None:
        self.patience_s = patience_s
        # The connections that wait for their client, each with the time since when.
        self.waiting: dict[socket.socket, float] = {}
        self._room = threading.BoundedSemaphore(connections)
        super().__init__((_HOST, port), _QuietHandler)

    def server_bind(self) -> None:
        """Bind without looking up the host's name, which takes seconds where DNS is slow."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = _HOST, self.server_address[1]
        self.setup_environ()

    def process_request(self, request: Any, client_address: Any) -> None:
        """Answer in a thread of its own, or refuse where there is no room for one more."""
        if not self._makes_room():
            with suppress(OSError):
                request.sendall(_TOO_MANY)
            super().shutdown_request(request)
            return
        try:
            super().process_request(request, client_address)
        except BaseException:  # no thread could be started, or Ctrl-C
            self._room.release()
            raise

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Answer, and make room for the next."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._room.release()

    def _makes_room(self) -> bool:
        """Take the place of a client that is done or, if none is, of the slowest."""
        for _ in range(_TRIES):
            if self._room.acquire(timeout=_POLL_S):
                return True
            self._end_slowest()
        return False

    def _end_slowest(self) -> None:
        waiting = self.waiting.copy()  # other threads change it
        slowest = min(waiting, key=waiting.__getitem__, default=None)
        if slowest and time.monotonic() - waiting[slowest] > _GRACE_S:
            with suppress(OSError):  # it may have gone by itself
                slowest.shutdown(socket.SHUT_RDWR)

    def handle_error(
        self, request: socket.socket | tuple[bytes, socket.socket], client_address: object
    ) -> None:
        """Ignore clients that went away; errors of the app are answered with status 500."""


class _Guard:
    """Lets through what names this machine as the host and no other site as the origin.

    A web page can otherwise reach a server on loopback: its own name may be made to lead here.
    """

    def __init__(self, app: WSGIApplication, port: int) -> None:
        self._app = app
        suffixes = [f":{port}", ""] if port == _HTTP_PORT else [f":{port}"]
        self._hosts = {f"{name}{suffix}" for name in _NAMES for suffix in suffixes}
        self._origins = {f"http://{host}" for host in self._hosts}

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Any:
        why = self._objection(environ)
        if not why:
            return self._app(environ, start_response)
        drain_body(environ)
        reply = refusal_reply(HTTPRefusedError(HTTPStatus.FORBIDDEN, why))
        return send(reply, environ, start_response, now=datetime.now(UTC), compress=False)

    def _objection(self, environ: WSGIEnvironment) -> str:
        if environ.get("HTTP_HOST", "").lower() not in self._hosts:
            return f"the Host header must be one of {', '.join(sorted(self._hosts))}"
        if environ.get("HTTP_ORIGIN", "").lower() not in {"", *self._origins}:
            return "requests of web pages of other origins are refused"
        return ""


class SandboxServer:
    """A bound server. `run` serves in the foreground; a `with` block serves in the background."""

    def __init__(
        self,
        app: WSGIApplication,
        port: int,
        *,
        patience_s: float = CLIENT_PATIENCE_S,
        connections: int = MOST_CONNECTIONS,
    ) -> None:
        if not 0 <= port <= _LAST_PORT:
            raise ValueError(f"a port must be from 0 to {_LAST_PORT}")
        self._server = _ThreadedServer(port, patience_s=patience_s, connections=connections)
        self._server.set_app(_Guard(app, self._server.server_port))
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(_BLOCK_POLL_S,), daemon=True
        )

    @property
    def url(self) -> str:
        """The address of the API, such as `http://127.0.0.1:8080/v1`."""
        return f"http://{_HOST}:{self._server.server_port}{PATH}"

    def run(self) -> None:
        """Serve until interrupted; the port is free again when KeyboardInterrupt passes on."""
        try:
            self._server.serve_forever(_POLL_S)
        finally:
            self._server.server_close()

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


def serve(app: WSGIApplication, *, port: int = 0) -> SandboxServer:
    """Bind `app` to a port of 127.0.0.1; 0 takes a free one. Raises OSError if it is taken."""
    return SandboxServer(app, port)
