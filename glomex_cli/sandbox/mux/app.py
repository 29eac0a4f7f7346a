"""The Mux Data sandbox over HTTP on loopback, as a WSGI application.

Its API begins at the root of the server. A route says what answers a path, and which parameters
it takes.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from glomex_cli.sandbox.app import PATH, utc_now
from glomex_cli.sandbox.mux import breakdown, rows
from glomex_cli.sandbox.mux.access import (
    MUX_TOKEN_ID,
    MUX_TOKEN_SECRET,
    RefusedError,
    Throttle,
    method_not_allowed,
    not_found,
    token_of,
    unexpected,
    whoami,
)
from glomex_cli.sandbox.mux.catalog import Metric
from glomex_cli.sandbox.mux.parameters import read_parameters
from glomex_cli.sandbox.mux.scope import MuxOptions, Scope, metric_of, scope_of
from glomex_cli.sandbox.mux.traffic import Clock, clock
from glomex_cli.sandbox.request import wants_page
from glomex_cli.sandbox.response import PLAIN_JSON, Reply, send
from glomex_cli.sandbox.server import SandboxServer

_Body = Mapping[str, object]
_METRIC_VIEWS: Mapping[str, tuple[Callable[[Scope, Metric], _Body], frozenset[str]]] = {
    "timeseries": (rows.timeseries, rows.PARAMETERS),
    "breakdown": (breakdown.breakdown, breakdown.PARAMETERS),
    "overall": (breakdown.overall, breakdown.OVERALL_PARAMETERS),
    "insights": (breakdown.insights, breakdown.INSIGHTS_PARAMETERS),
}
_AS_DOCUMENTED = MuxOptions()
_PAGE = "<!doctype html><title>Sign in</title><h1>Please sign in to this network</h1>"


def answer_data(path: list[str], query: str, options: MuxOptions, clock: Clock) -> _Body:
    """Answer a path below `/data/v1`, or raise RefusedError."""

    def scope(allowed: frozenset[str]) -> Scope:
        return scope_of(read_parameters(query, allowed), options, clock)

    match path:
        case ["metrics", "comparison"]:
            return breakdown.comparison(scope(breakdown.COMPARISON_PARAMETERS))
        case ["metrics", ident, view] if view in _METRIC_VIEWS:
            answer, allowed = _METRIC_VIEWS[view]
            return answer(scope(allowed), metric_of(ident))
        case ["dimensions"]:
            return breakdown.dimensions(scope(frozenset()))
        case ["dimensions", name]:
            return breakdown.dimension_values(scope(breakdown.DIMENSION_VALUES_PARAMETERS), name)
        case ["dimensions", name, "elements"]:
            return breakdown.trace_elements(scope(breakdown.ELEMENT_PARAMETERS), name)
        case _:
            raise not_found()


def create_app(
    options: MuxOptions = _AS_DOCUMENTED, now: Callable[[], datetime] = utc_now
) -> WSGIApplication:
    """Return a sandbox that answers `/data/v1` and `/system/v1/whoami`.

    `now` must give times with a zone: it decides which views have happened.
    """
    throttle = Throttle(options.throttle, now, retry_after=options.retry_after)
    return _Sandbox(options, now, throttle)


@dataclass(frozen=True, slots=True)
class _Sandbox:
    options: MuxOptions
    now: Callable[[], datetime]
    throttle: Throttle

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
        try:
            reply = self._reply(environ)
        except RefusedError as refusal:
            reply = _json(refusal.status, refusal.body, refusal.headers)
        except Exception:  # noqa: BLE001 - a client that is being tested must get an answer
            fault = unexpected()
            reply = _json(fault.status, fault.body)
        sent = send(reply, environ, start_response, now=self.now(), compress=True)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else sent

    def _reply(self, environ: WSGIEnvironment) -> Reply:
        if self.options.html:
            return Reply(HTTPStatus.OK, "text/html", _PAGE.encode())
        if self.options.empty:
            return Reply(HTTPStatus.OK, PLAIN_JSON, b"")
        if environ["REQUEST_METHOD"] not in {"GET", "HEAD"}:
            raise method_not_allowed()
        if environ.get("PATH_INFO", "") in {"", "/"} and wants_page(environ):
            return _page()
        token = token_of(environ.get("HTTP_AUTHORIZATION"))
        headers = self.throttle.admit()
        path, query = environ.get("PATH_INFO", ""), environ.get("QUERY_STRING", "")
        match path.split("/"):
            case ["", "system", "v1", "whoami"]:
                read_parameters(query, ())
                return _json(HTTPStatus.OK, whoami(token), headers)
            case ["", "data", "v1", *rest] if token.reads_data:
                moment = clock(self.now().timestamp(), retention_days=self.options.retention_days)
                body = answer_data(rest, query, self.options, moment)
                return _json(HTTPStatus.OK, body, headers)
            case _:
                raise not_found()


def _page() -> Reply:
    # It imports graphql-core, which takes 100 ms.
    from glomex_cli.sandbox.page import as_data, assembled, page_reply

    token = {"ident": MUX_TOKEN_ID, "secret": MUX_TOKEN_SECRET}
    return page_reply(assembled("mux/page", data=as_data(token)))


def _json(
    status: HTTPStatus, body: Mapping[str, object], headers: tuple[tuple[str, str], ...] = ()
) -> Reply:
    content = json.dumps(body, ensure_ascii=False, allow_nan=False)
    return Reply(status, PLAIN_JSON, content.encode("utf-8", "backslashreplace"), headers)


class MuxSandboxServer(SandboxServer):
    """A bound server, used as the sandbox's other one is: `run`, or a `with` block."""

    @property
    def url(self) -> str:
        """Return where it answers, such as `http://127.0.0.1:8080`."""
        return super().url.removesuffix(PATH)


def serve(app: WSGIApplication, *, port: int = 0) -> MuxSandboxServer:
    """Bind `app` to a port of 127.0.0.1; 0 takes a free one. Raises OSError if it is taken."""
    return MuxSandboxServer(app, port)
