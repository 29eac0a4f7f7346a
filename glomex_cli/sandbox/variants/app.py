"""A variant as a WSGI application, answering by POST at any path."""

import gzip
import json
import threading
import zlib
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import format_datetime
from http import HTTPStatus
from typing import Any
from wsgiref.types import StartResponse, WSGIEnvironment

from glomex_cli.sandbox.app import SandboxOptions, utc_now
from glomex_cli.sandbox.errors import HTTPRefusedError
from glomex_cli.sandbox.request import Request, is_list, is_object, read_request, wants_page
from glomex_cli.sandbox.resolvers import Resolvers
from glomex_cli.sandbox.response import send
from glomex_cli.sandbox.variants.execution import VariantExecutor, WrittenAnswer, write_event
from glomex_cli.sandbox.variants.resolvers import VariantResolvers
from glomex_cli.sandbox.variants.variant import Encoding, Fault, Variant

_PAGE = "<!doctype html><title>Sign in</title><h1>Please sign in</h1>"
_NEVER_RUN = "The sign-in is not available."


class VariantApp:
    """One variant, with a memory of its own for requests, tokens and used codes."""

    def __init__(
        self,
        variant: Variant,
        now: Callable[[], datetime] = utc_now,
        options: SandboxOptions | None = None,
    ) -> None:
        self.variant = variant
        self._now = now
        self._resolvers = VariantResolvers(variant, Resolvers(options or SandboxOptions(), now))
        self.executor = VariantExecutor(self._resolvers)
        self._seen: dict[Fault, int] = {}
        self._lock = threading.Lock()

    def end_sessions(self) -> None:
        """Refuse every token that was given out so far."""
        self._resolvers.ended.update(self._resolvers.issued)

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> list[bytes]:
        """Answer one request."""
        if wants_page(environ):
            return self._documentation(environ, start)
        if environ["REQUEST_METHOD"] != "POST":
            body = {"errors": [{"message": "Send a GraphQL request by POST."}]}
            return self._send(WrittenAnswer(HTTPStatus.METHOD_NOT_ALLOWED, body), start)
        try:
            request = read_request(environ)
        except HTTPRefusedError as refusal:
            body = {"errors": [{"message": refusal.message}]}
            return self._send(WrittenAnswer(refusal.status, body), start)
        if self.variant.transport.page:
            return self._page(start)
        answer = self._answer(request, environ.get("HTTP_AUTHORIZATION"))
        if answer.page:
            return _html(answer.status, start)
        return self._send(answer, start)

    def _documentation(self, environ: WSGIEnvironment, start: StartResponse) -> list[bytes]:
        # Only a browser needs it.
        from glomex_cli.sandbox.page import page_of, page_reply

        name, sentence = self.variant.name, self.variant.sentence
        reply = page_reply(page_of(self.executor.schema, variant=name, sentence=sentence))
        return send(reply, environ, start, now=self._now(), compress=True)

    def _answer(self, request: Request, authorization: str | None) -> WrittenAnswer:
        if self.variant.introspection == "forbidden" and "__schema" in request.query:
            return WrittenAnswer(403, {"errors": [{"message": "Forbidden"}]})
        if self.variant.sign_in.is_down and "createSession" in request.query:
            return self._event("internal", _NEVER_RUN)
        fault = self._fault(request.query)
        if fault is not None and fault.kind != "partial":
            return self._failed(fault)
        answer = self.executor.answer(request, authorization=authorization)
        return _halved(answer) if fault else answer

    def _fault(self, query: str) -> Fault | None:
        """Return the fault whose turn it is at this request."""
        with self._lock:
            for fault in self.variant.faults:
                if fault.only in query:
                    self._seen[fault] = self._seen.get(fault, 0) + 1
                    if fault.at in {0, self._seen[fault]}:
                        return fault
        return None

    def _failed(self, fault: Fault) -> WrittenAnswer:
        match fault.kind:
            case "bad-gateway":
                return WrittenAnswer(502, {}, page=True)
            case "rate-limited":
                return self._event("limited", "Too many requests.")
            case "empty":
                return WrittenAnswer(200, {"data": None})
            case _:
                return self._event("internal", "Unexpected error.")

    def _event(self, event: Any, message: str) -> WrittenAnswer:
        written = write_event(event, message, self.variant)
        return WrittenAnswer(written.status, {"data": None, "errors": written.entries})

    def _page(self, start: StartResponse) -> list[bytes]:
        if self.variant.transport.page == "redirect":
            headers = [("Location", "https://login.example.com/"), ("Content-Length", "0")]
            start("302 Found", headers)
            return [b""]
        return _html(200, start)

    def _send(self, answer: WrittenAnswer, start: StartResponse) -> list[bytes]:
        manners = self.variant.transport
        text = json.dumps(answer.body, ensure_ascii=False)
        mark = "\ufeff" if manners.has_bom else ""
        body = _encoded((mark + text).encode(manners.charset), manners.encoding)
        kind = manners.content_type or "application/json"
        headers = [
            ("Content-Type", f"{kind}; charset={manners.charset}"),
            ("Date", format_datetime(self._now().astimezone(UTC), usegmt=True)),
        ]
        if manners.encoding:
            headers.append(("Content-Encoding", manners.encoding.removeprefix("raw-")))
        if manners.has_length:
            headers.append(("Content-Length", str(len(body))))
        start(f"{answer.status} {HTTPStatus(answer.status).phrase}", headers)
        return [body]


def create_variant_app(
    variant: Variant,
    now: Callable[[], datetime] = utc_now,
    options: SandboxOptions | None = None,
) -> VariantApp:
    """Make a service of the variant; of `options`, the lives of tokens and challenges count."""
    return VariantApp(variant, now, options)


def _html(status: int, start: StartResponse) -> list[bytes]:
    body = _PAGE.encode()
    headers = [("Content-Type", "text/html"), ("Content-Length", str(len(body)))]
    start(f"{status} {HTTPStatus(status).phrase}", headers)
    return [body]


def _encoded(body: bytes, encoding: Encoding) -> bytes:
    match encoding:
        case "gzip":
            return gzip.compress(body, 1, mtime=0)
        case "deflate":
            return zlib.compress(body, 1)
        case "raw-deflate":
            return zlib.compress(body, 1)[2:-4]
        case _:
            # Neither br nor zstd is in the standard library; only the name reaches the client,
            # which can read neither.
            return body


def _halved(answer: WrittenAnswer) -> WrittenAnswer:
    """Lose every row of a report's first list but one half, with an error beside the data."""
    data = answer.body.get("data")
    if is_object(data):
        data = {name: _half(report) for name, report in data.items()}
    error = {"message": "Unexpected error.", "extensions": {"code": "INTERNAL_SERVER_ERROR"}}
    return answer._replace(body={"data": data, "errors": [error]})


def _half(report: object) -> object:
    if not is_object(report):
        return report
    return {n: rows[: len(rows) // 2] if is_list(rows) else rows for n, rows in report.items()}
