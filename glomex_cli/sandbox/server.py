"""The sandbox over HTTP on loopback, never reachable from outside: a thread per request."""

import socket
import threading
from socketserver import TCPServer, ThreadingMixIn
from types import TracebackType
from typing import Self
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer
from wsgiref.types import WSGIApplication

from glomex_cli.sandbox.app import PATH

_HOST = "127.0.0.1"
# How long a silent client may hold its thread, and how soon a stop is noticed.
_CLIENT_PATIENCE_S = 30
_POLL_S = 0.05


class _QuietHandler(WSGIRequestHandler):
    timeout = _CLIENT_PATIENCE_S

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Print nothing: the caller decides what is printed."""


class _ThreadedServer(ThreadingMixIn, WSGIServer):
    daemon_threads = True
    request_queue_size = 128

    def server_bind(self) -> None:
        """Bind without looking up the host's name, which takes seconds where DNS is slow."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = _HOST, self.server_address[1]
        self.setup_environ()

    def handle_error(
        self, request: socket.socket | tuple[bytes, socket.socket], client_address: object
    ) -> None:
        """Ignore clients that went away; errors of the app are answered with status 500."""


class SandboxServer:
    """A bound server. `run` serves in the foreground; a `with` block serves in the background."""

    def __init__(self, app: WSGIApplication, port: int) -> None:
        self._server = _ThreadedServer((_HOST, port), _QuietHandler)
        self._server.set_app(app)
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(_POLL_S,), daemon=True
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
