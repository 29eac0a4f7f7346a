"""The Mux sandbox over real HTTP on this machine, with a record of what it is asked."""

from collections.abc import Generator, Iterable
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import NamedTuple
from urllib.parse import parse_qsl
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from glomex_cli.concurrency import Deadline
from glomex_cli.config.endpoint import MUX_SANDBOX, parse_endpoint
from glomex_cli.http.client import HttpClient
from glomex_cli.models import Secret
from glomex_cli.sandbox.mux.access import MUX_TOKEN_ID, MUX_TOKEN_SECRET
from glomex_cli.sandbox.mux.app import create_app, serve
from glomex_cli.sandbox.mux.scope import MuxOptions
from glomex_cli.services.mux.client import MuxClient
from glomex_cli.services.mux.pace import Pace
from glomex_cli.services.mux.service import MuxService

TOKEN_ID, TOKEN_SECRET = MUX_TOKEN_ID, MUX_TOKEN_SECRET
TOKEN = Secret(f"{TOKEN_ID}:{TOKEN_SECRET}")
# In the middle of an hour, so that a range of 24 hours has 25 hourly buckets.
ASKED_AT = datetime(2026, 11, 23, 12, 20, 10, tzinfo=UTC)


class Heard(NamedTuple):
    """A request as the service heard it."""

    method: str
    path: str
    query: str
    authorization: str

    def values(self, name: str) -> list[str]:
        """Return the values of a parameter."""
        return [value for key, value in parse_qsl(self.query) if key == name]


@dataclass
class RecordedMux:
    """Passes requests on to a sandbox, and keeps them."""

    app: WSGIApplication
    heard: list[Heard] = field(default_factory=list[Heard])

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        self.heard.append(
            Heard(
                environ["REQUEST_METHOD"],
                environ["PATH_INFO"],
                environ.get("QUERY_STRING", ""),
                environ.get("HTTP_AUTHORIZATION", ""),
            )
        )
        return self.app(environ, start)

    def paths(self) -> list[str]:
        """Return the ends of the paths that were asked, and forget them."""
        paths = ["/".join(each.path.split("/")[-2:]) for each in self.heard]
        self.heard.clear()
        return paths


class MuxServed(NamedTuple):
    """A running sandbox."""

    url: str
    app: RecordedMux


class OwnMux(NamedTuple):
    """A service in this process, its record, and the notes it told."""

    service: MuxService
    app: RecordedMux
    told: list[str]


@contextmanager
def serving_mux(options: MuxOptions | None = None) -> Generator[MuxServed]:
    """Serve a sandbox on a free port until the block ends."""
    app = RecordedMux(create_app(options or MuxOptions()))
    with serve(app) as server:
        yield MuxServed(server.url, app)


def own_mux(options: MuxOptions | None = None, *, at: datetime = ASKED_AT) -> OwnMux:
    """Return a service on a sandbox of its own, in this process, at a moment of the test's."""
    app = RecordedMux(create_app(options or MuxOptions(), lambda: at))
    told: list[str] = []
    http = HttpClient(parse_endpoint(MUX_SANDBOX), app=app)
    client = MuxClient(http, Deadline(60), told.append, Pace(None))
    return OwnMux(MuxService(client, lambda: at), app, told)
