"""Responses. Status rules: GraphQL over HTTP, as servers of 2023 to 2025 follow it."""

import gzip
import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from http import HTTPStatus
from wsgiref.types import StartResponse, WSGIEnvironment

from glomex_cli.sandbox.errors import HTTPRefusedError
from glomex_cli.sandbox.request import Answer, qualities

GRAPHQL_JSON = "application/graphql-response+json"
PLAIN_JSON = "application/json"
_WORTH_COMPRESSING_BYTES = 512
_COMPRESSION_LEVEL = 1  # higher ones cost more time than they save on loopback


@dataclass(frozen=True, slots=True)
class Reply:
    """A response without the headers that every response has."""

    status: HTTPStatus
    content_type: str
    body: bytes
    headers: tuple[tuple[str, str], ...] = ()


def accepted_type(accept: str) -> str:
    """Choose the type of a GraphQL answer, or raise HTTPRefusedError.

    The new type is for clients that name it: a bare `*/*` gets plain JSON, as curl users expect.
    """
    weights = qualities(accept or "*/*")
    new = weights.get(GRAPHQL_JSON, 0)
    old = next((weights[n] for n in (PLAIN_JSON, "application/*", "*/*") if n in weights), 0)
    if not new and not old:
        raise HTTPRefusedError(HTTPStatus.NOT_ACCEPTABLE, f"accept {GRAPHQL_JSON} or {PLAIN_JSON}")
    return GRAPHQL_JSON if new >= old else PLAIN_JSON


def answer_reply(answer: Answer, content_type: str) -> Reply:
    """Reply with a GraphQL answer; a request error is status 400, but only under the new type."""
    is_bad = not answer.executed and content_type == GRAPHQL_JSON
    status = HTTPStatus.BAD_REQUEST if is_bad else HTTPStatus.OK
    return Reply(status, content_type, _json(answer.body))


def refusal_reply(refusal: HTTPRefusedError) -> Reply:
    """Reply to what never reached GraphQL, in the shape of a GraphQL error."""
    error = {"message": refusal.message, "extensions": {"code": refusal.status.name}}
    headers = (("Allow", refusal.allow),) if refusal.allow else ()
    return Reply(refusal.status, PLAIN_JSON, _json({"errors": [error]}), headers)


def send(
    reply: Reply,
    environ: WSGIEnvironment,
    start_response: StartResponse,
    *,
    now: datetime,
    compress: bool,
) -> list[bytes]:
    """Start the response and return its body, compressed where that is allowed and worth it."""
    body = reply.body
    headers = [
        ("Content-Type", f"{reply.content_type}; charset=utf-8"),
        ("Date", format_datetime(now.astimezone(UTC), usegmt=True)),
        ("X-Request-Id", uuid.uuid4().hex),
        ("Cache-Control", "no-store"),
        ("Vary", "Accept, Accept-Encoding"),
        ("X-Content-Type-Options", "nosniff"),
        *reply.headers,
    ]
    if compress and len(body) >= _WORTH_COMPRESSING_BYTES and _takes_gzip(environ):
        body = gzip.compress(body, _COMPRESSION_LEVEL, mtime=0)
        headers.append(("Content-Encoding", "gzip"))
    headers.append(("Content-Length", str(len(body))))
    start_response(f"{reply.status.value} {reply.status.phrase}", headers)
    return [body]


def _takes_gzip(environ: WSGIEnvironment) -> bool:
    return qualities(environ.get("HTTP_ACCEPT_ENCODING", "")).get("gzip", 0) > 0


def _json(content: Mapping[str, object]) -> bytes:
    """Write JSON in UTF-8. A lone surrogate, which UTF-8 lacks, stays the escape it came as."""
    return json.dumps(content, ensure_ascii=False).encode("utf-8", "backslashreplace")
