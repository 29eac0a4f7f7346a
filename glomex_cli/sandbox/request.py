"""A GraphQL request read from WSGI and checked, what its sender accepts, and its answer."""

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from email.message import Message
from http import HTTPStatus
from typing import NoReturn, TypeGuard
from wsgiref.types import WSGIEnvironment

from glomex_cli.sandbox.errors import HTTPRefusedError

MAX_BODY_BYTES = 256 * 1024
# Of a body that is too large this much is still read: a client that is cut off while sending
# sees a broken connection instead of the answer.
_MAX_DRAINED_BYTES = 8 * 1024 * 1024
_CHUNK_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class Request:
    """A document, the name of one of its operations, and values for its variables."""

    query: str
    operation_name: str | None = None
    variables: Mapping[str, object] | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """A response as the GraphQL specification has it; `executed` is false for a request error."""

    body: Mapping[str, object]
    executed: bool


def is_object(value: object) -> TypeGuard[Mapping[str, object]]:
    """Return whether it is an object; its keys are strings in JSON and in GraphQL."""
    return isinstance(value, dict)


def is_list(value: object) -> TypeGuard[list[object]]:
    """Return whether it is a list."""
    return isinstance(value, list)


def read_request(environ: WSGIEnvironment) -> Request:
    """Read a GraphQL request from a POST, or raise HTTPRefusedError."""
    body = _read_body(environ)
    _check_content_type(environ.get("CONTENT_TYPE", ""))
    content = _parse(body)
    if not is_object(content):
        raise _bad_request("the body must be one JSON object")
    return _request(content)


def qualities(header: str) -> Mapping[str, float]:
    """Read an Accept header: each name in lower case, with its weight from 0 to 1.

    >>> qualities("Application/JSON;q=0.9, text/html")
    {'application/json': 0.9, 'text/html': 1.0}
    """
    return dict(_weighted(item) for item in header.split(",") if item.strip())


def wants_page(environ: WSGIEnvironment) -> bool:
    """Return whether a browser asks for a page to show."""
    is_get = environ["REQUEST_METHOD"] == "GET"
    return is_get and "text/html" in qualities(environ.get("HTTP_ACCEPT", ""))


def _weighted(item: str) -> tuple[str, float]:
    name, *parameters = (part.strip().lower() for part in item.split(";"))
    weight = next((part[2:] for part in parameters if part.startswith("q=")), "1")
    try:
        return name, min(1.0, max(0.0, float(weight)))
    except ValueError:
        return name, 0.0


def drain_body(environ: WSGIEnvironment) -> None:
    """Read a body that nobody wants, so that its sender gets to see the answer."""
    with suppress(HTTPRefusedError):
        _drain(environ, _content_length(environ))


def _drain(environ: WSGIEnvironment, length: int) -> None:
    for _ in _chunks(environ, min(length, _MAX_DRAINED_BYTES)):
        pass


def _read_body(environ: WSGIEnvironment) -> bytes:
    length = _content_length(environ)
    if length > MAX_BODY_BYTES:
        _drain(environ, length)
        raise HTTPRefusedError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "the body is too large")
    body = b"".join(_chunks(environ, length))
    if len(body) < length:
        raise _bad_request("the body is shorter than its Content-Length")
    return body


def _content_length(environ: WSGIEnvironment) -> int:
    text = environ.get("CONTENT_LENGTH") or ""
    if not text:
        raise HTTPRefusedError(HTTPStatus.LENGTH_REQUIRED, "send a Content-Length")
    # The length of the text keeps Python from refusing to read a number of thousands of digits.
    if not (text.isascii() and text.isdigit() and len(text) < len(str(2**64))):
        raise _bad_request("the Content-Length is not a number")
    return int(text)


def _chunks(environ: WSGIEnvironment, length: int) -> Iterator[bytes]:
    while length > 0:
        try:
            chunk = environ["wsgi.input"].read(min(length, _CHUNK_BYTES))
        except OSError:  # the connection broke, or its time is up
            return
        if not chunk:
            return
        length -= len(chunk)
        yield chunk


def _check_content_type(header: str) -> None:
    message = Message()
    message["Content-Type"] = header.replace("\r", " ").replace("\n", " ")
    charset = str(message.get_param("charset", "utf-8")).lower()
    if message.get_content_type() != "application/json" or charset not in {"utf-8", "utf8"}:
        raise HTTPRefusedError(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "send Content-Type: application/json, in UTF-8"
        )


def _parse(body: bytes) -> object:
    try:
        return json.loads(body.decode("utf-8"), parse_constant=_refuse_constant)
    # Beside bad JSON: bytes that are not UTF-8, NaN, numbers of thousands of digits, deep nesting.
    except (ValueError, RecursionError):
        raise _bad_request("the body is not valid JSON") from None


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _request(content: Mapping[str, object]) -> Request:
    query, name = content.get("query"), content.get("operationName")
    variables = content.get("variables")
    if not isinstance(query, str):
        raise _bad_request("query must be a string")
    if not (name is None or isinstance(name, str)):
        raise _bad_request("operationName must be a string or null")
    if not (variables is None or is_object(variables)):
        raise _bad_request("variables must be an object or null")
    return Request(query, name, variables)


def _bad_request(message: str) -> HTTPRefusedError:
    return HTTPRefusedError(HTTPStatus.BAD_REQUEST, message)
