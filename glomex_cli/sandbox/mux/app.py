"""The Mux Data sandbox as a WSGI application."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from glomex_cli.sandbox.app import utc_now
from glomex_cli.sandbox.mux.errors import (
    RefusedError,
    method_not_allowed,
    not_found,
    unexpected,
)
from glomex_cli.sandbox.mux.options import MuxOptions
from glomex_cli.sandbox.mux.parameters import read_parameters
from glomex_cli.sandbox.mux.routes import answer_data
from glomex_cli.sandbox.mux.throttle import Throttle
from glomex_cli.sandbox.mux.tokens import token_of, whoami
from glomex_cli.sandbox.mux.traffic import clock
from glomex_cli.sandbox.response import PLAIN_JSON, Reply, send

_AS_DOCUMENTED = MuxOptions()
_PAGE = "<!doctype html><title>Sign in</title><h1>Please sign in to this network</h1>"


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


def _json(
    status: HTTPStatus, body: Mapping[str, object], headers: tuple[tuple[str, str], ...] = ()
) -> Reply:
    content = json.dumps(body, ensure_ascii=False, allow_nan=False)
    return Reply(status, PLAIN_JSON, content.encode("utf-8", "backslashreplace"), headers)
