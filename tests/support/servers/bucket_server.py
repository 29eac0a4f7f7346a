"""A real S3 over HTTP, as a process of its own: moto, behind a control that lets requests fail.

The process prints its port when it is ready. `POST /_control` returns the requests since the one
before. With `{"fail": [503, 503]}` the next puts of objects end with these statuses, `{"delay_s":
1}` holds each put back, and `{"hold": 2}` holds the second for ever, or its answer with `{"hold":
2, "is_stored": true}`. `GET /_held` says whether it is held now.
"""

import json
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Generator, Iterable, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

BUCKET = "lake"
# What S3 says in its own words, which users must not be shown.
_RAW = b"<Error><Code>canary-token</Code></Error>"
_FOREVER_S = 60
_STATUS = {403: "403 Forbidden", 503: "503 Slow Down"}


@dataclass(frozen=True, slots=True)
class BucketServer:
    """A running server, and what a program needs in its environment to reach it."""

    port: int

    @property
    def environ(self) -> dict[str, str]:
        """Variables as the AWS tools read them."""
        return {
            "AWS_ENDPOINT_URL": f"http://127.0.0.1:{self.port}",
            "AWS_ALLOW_HTTP": "true",
            "AWS_REGION": "us-east-1",
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "canary-token",
        }

    def control(self, **wish: object) -> Any:
        """Tell the server how to behave from now on."""
        return self._send("POST", "/_control", json.dumps(wish).encode())

    @property
    def is_held(self) -> bool:
        """Whether a put is being held."""
        return bool(self._send("GET", "/_held", None))

    def make_bucket(self, name: str) -> None:
        """Make a bucket."""
        self._send("PUT", f"/{name}", b"")

    def _send(self, method: str, path: str, body: bytes | None) -> Any:
        url = f"http://127.0.0.1:{self.port}{path}"
        request = urllib.request.Request(url, data=body, method=method)
        request.add_header("Authorization", "AWS4-HMAC-SHA256 Credential=t/20250101/us-east-1/s3/x")
        with urllib.request.urlopen(request, timeout=30) as answer:
            text = answer.read()
        return json.loads(text) if path.startswith("/_") else None


@contextmanager
def open_bucket_server() -> Generator[BucketServer]:
    """Run the server until the block ends."""
    environ = {k: v for k, v in os.environ.items() if not k.startswith(("AWS_", "COVERAGE_"))}
    process = subprocess.Popen(
        [sys.executable, __file__],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**environ, "AWS_ACCESS_KEY_ID": "x", "AWS_SECRET_ACCESS_KEY": "x"},
    )
    try:
        assert process.stdout is not None
        yield BucketServer(int(process.stdout.readline()))
    finally:
        process.kill()
        process.wait()
        assert process.stdout is not None
        process.stdout.close()


class Control:
    """Passes requests to `app`, but lets puts of objects fail or wait as told."""

    def __init__(self, app: WSGIApplication) -> None:
        self._app = app
        self._fail: list[int] = []
        self._delay_s = 0.0
        self._hold, self._is_stored, self._is_held = 0, False, False
        self._log: list[str] = []

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        path, method = environ["PATH_INFO"], environ["REQUEST_METHOD"]
        if path == "/_control":
            return self._obey(environ, start)
        if path == "/_held":
            return _json(self._is_held, start)
        self._log.append(f"{method} {path}")
        if method == "PUT" and path.count("/") > 1:
            time.sleep(self._delay_s)
            if self._fail:
                return self._refuse(self._fail.pop(0), environ, start)
            self._hold -= 1
            if self._hold == 0:
                return self._held(environ, start)
        return self._app(environ, start)

    def _held(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        """Take a put, or none of it, and never answer: its sender is about to be killed."""
        if self._is_stored:
            list(self._app(environ, start))
        self._is_held = True
        time.sleep(_FOREVER_S)
        raise ConnectionError

    def _refuse(
        self, status: int, environ: WSGIEnvironment, start: StartResponse
    ) -> Iterable[bytes]:
        environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        start(_STATUS[status], [("Content-Length", str(len(_RAW)))])
        return [_RAW]

    def _obey(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        wish: Mapping[str, Any] = json.loads(
            environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
        )
        self._fail = list(wish.get("fail", []))
        self._delay_s = float(wish.get("delay_s", 0))
        self._hold, self._is_stored = int(wish.get("hold", 0)), bool(wish.get("is_stored"))
        self._is_held = False
        log, self._log = self._log, []
        return _json(log, start)


def _json(value: object, start: StartResponse) -> list[bytes]:
    body = json.dumps(value).encode()
    start("200 OK", [("Content-Length", str(len(body)))])
    return [body]


def main() -> None:
    """Serve until the process is ended."""
    from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
    from werkzeug.serving import make_server

    app = Control(DomainDispatcherApplication(create_backend_app))
    server = make_server("127.0.0.1", 0, app, threaded=True)
    print(server.server_port, flush=True)  # noqa: T201 - read by its parent
    server.serve_forever()


if __name__ == "__main__":
    main()
