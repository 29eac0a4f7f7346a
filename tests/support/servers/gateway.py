"""A gateway before the sandbox, over HTTP: it counts, turns away as told, and changes its service.

Tokens of one sandbox are good at every other, so `robot_token` needs no sign-in over the wire.
"""

import io
import json
import threading
import time
from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from glomex_cli.sandbox.app import SandboxOptions, create_app
from glomex_cli.sandbox.server import serve
from support.servers.sandbox_client import Clock, SandboxClient


@dataclass(frozen=True, slots=True)
class Refusal:
    """A status instead of an answer; without Retry-After where that is None."""

    status: str = "503 Service Unavailable"
    retry_after: str | None = "0"

    def headers(self) -> list[tuple[str, str]]:
        """Return the headers of the answer, which has no body."""
        more = [] if self.retry_after is None else [("Retry-After", self.retry_after)]
        return [("Content-Length", "0"), ("Content-Type", "application/json"), *more]


class Gateway:
    """Passes requests to `app`, unless `refuse` gives a Refusal for the text of the query."""

    url: str = ""

    def __init__(self, app: WSGIApplication) -> None:
        self.app = app
        self.refuse: Callable[[str], Refusal | None] = lambda _: None
        self.delay_s = 0.0
        self.queries: list[str] = []
        self.most_at_once = 0
        self._under_way = 0
        self._lock = threading.Lock()

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
        query = str(json.loads(body)["query"])
        self._enter(query)
        try:
            time.sleep(self.delay_s)
            if refusal := self.refuse(query):
                start(refusal.status, refusal.headers())
                return [b""]
            return list(self.app({**environ, "wsgi.input": io.BytesIO(body)}, start))
        finally:
            with self._lock:
                self._under_way -= 1

    def asked(self) -> list[str]:
        """Return the queries that came since the last look."""
        with self._lock:
            queries, self.queries = self.queries, []
        return queries

    def _enter(self, query: str) -> None:
        with self._lock:
            self.queries.append(query)
            self._under_way += 1
            self.most_at_once = max(self.most_at_once, self._under_way)


@contextmanager
def open_gateway(
    options: SandboxOptions | None = None, *, app: WSGIApplication | None = None
) -> Generator[Gateway]:
    """Serve a gateway on a free port until the block ends."""
    opened = Gateway(app or create_app(options or SandboxOptions()))
    with serve(opened) as server:
        opened.url = server.url
        yield opened


def robot_token() -> str:
    """Return a token that every sandbox takes for the next half hour and more."""
    return _token_of(int(time.time() // 1500))


@cache
def _token_of(_period: int) -> str:
    return SandboxClient(clock=Clock(datetime.now(UTC))).token()


def asks_from(query: str, day: str) -> bool:
    """Return whether a query asks for days from `day` on."""
    return f'from: "{day}"' in query


def serve_schema(gateway: Gateway, text: str | None, *, introspection: bool = True) -> None:
    """Let the service behind the gateway have another schema from now on."""
    gateway.app = create_app(SandboxOptions(schema_text=text, introspection=introspection))
    gateway.asked()


def introspections(gateway: Gateway) -> int:
    """Count how often the schema was asked for since the last look."""
    return sum("__schema" in query for query in gateway.asked())
