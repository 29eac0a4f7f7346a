"""Many apps behind one port of loopback: HTTP/1.1, chunked where an answer has no length."""

import io
import itertools
import threading
from collections.abc import Generator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from wsgiref.types import WSGIApplication


class Switchboard(ThreadingHTTPServer):
    """Serves each app below a path of its own."""

    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.apps: dict[str, WSGIApplication] = {}
        self._names = itertools.count()

    def server_bind(self) -> None:
        """Bind without asking for the name of the host, which may be slow."""
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()

    @contextmanager
    def serving(self, app: WSGIApplication) -> Generator[str]:
        """Serve an app until the block ends; gives its URL."""
        name = f"n{next(self._names)}"
        self.apps[name] = app
        try:
            yield f"http://127.0.0.1:{self.server_address[1]}/{name}/v1"
        finally:
            del self.apps[name]


@contextmanager
def switchboard() -> Generator[Switchboard]:
    """Open a switchboard on a free port until the block ends."""
    with Switchboard() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.005,), daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 5
    wbufsize = -1
    disable_nagle_algorithm = True

    def do_POST(self) -> None:
        assert isinstance(self.server, Switchboard)
        app = self.server.apps.get(self.path.split("/")[1])
        if app is None:
            self.send_error(404)
            return
        body = b"".join(app(self._environ(), self._start))  # type: ignore[arg-type]
        self._send(body)

    def do_GET(self) -> None:
        self.do_POST()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
        """Print nothing."""

    def _environ(self) -> dict[str, Any]:
        length = self.headers.get("content-length", "0")
        named = {f"HTTP_{k.upper().replace('-', '_')}": v for k, v in self.headers.items()}
        return {
            **named,
            "REQUEST_METHOD": self.command,
            "PATH_INFO": "/v1",
            "CONTENT_LENGTH": length,
            "CONTENT_TYPE": self.headers.get("content-type", ""),
            "wsgi.input": io.BytesIO(self.rfile.read(int(length))),
        }

    def _start(self, status: str, headers: list[tuple[str, str]], *_: Any) -> None:
        code, phrase = status.split(" ", 1)
        self._is_chunked = not any(name == "Content-Length" for name, _ in headers)
        self.send_response_only(int(code), phrase)
        for name, value in headers:
            self.send_header(name, value)
        if self._is_chunked:
            self.send_header("Transfer-Encoding", "chunked")
        # A client that is one of many in this process shall leave no connection behind.
        self.send_header("Connection", "close")
        self.close_connection = True
        self.end_headers()

    def _send(self, body: bytes) -> None:
        if not self._is_chunked:
            self.wfile.write(body)
            return
        for start in range(0, len(body), 997):
            chunk = body[start : start + 997]
            self.wfile.write(b"%x\r\n%s\r\n" % (len(chunk), chunk))
        self.wfile.write(b"0\r\n\r\n")
