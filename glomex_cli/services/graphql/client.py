"""The GraphQL client: send a document, judge the HTTP answer, return the result or its rows."""

import re
from collections.abc import Callable
from json.encoder import encode_basestring_ascii
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from glomex_cli.concurrency import Deadline
from glomex_cli.errors import NetworkError, ServiceError
from glomex_cli.http.client import HttpClient, Reply
from glomex_cli.http.json_stream import JsonReader
from glomex_cli.http.request import Head
from glomex_cli.http.retries import with_retries
from glomex_cli.http.status import failure_of_head, failure_of_status, is_success
from glomex_cli.models import Json, Secret
from glomex_cli.output.json import json_text
from glomex_cli.services.graphql.errors import parse_errors
from glomex_cli.services.graphql.response import Answer, RowStream, failure_of

if TYPE_CHECKING:
    from glomex_cli.config.endpoint import Endpoint

# GraphQL over HTTP, section 5.2: the new media type first, the old one for servers that lack it.
_ACCEPT = "application/graphql-response+json, application/json;q=0.9"
LANGUAGE = "GraphQL"
_OPERATION = re.compile(r"(?:query|mutation)\s+([A-Za-z_][A-Za-z0-9_]*)")
_T = TypeVar("_T")
_LARGEST_ANSWER = 16 * 1024 * 1024
_LARGEST_REPORT = 4 * 1024 * 1024 * 1024
_LARGEST_ROW = 1024 * 1024


class Document(NamedTuple):
    """A query or mutation. Its text may hold a password, so it is never shown or logged."""

    name: str
    text: str
    variables: dict[str, Json] | None = None
    operation: str | None = None  # the one to run, where the text holds several
    may_repeat: bool = False  # a query may; a sign-in sent twice may lock an account
    is_ours: bool = True  # then its operation is named beside it, which some servers want

    def __repr__(self) -> str:
        return f"Document({self.name!r})"


class GraphQLClient:
    """Sends documents to one endpoint, each within what is left of one deadline."""

    def __init__(
        self, http: HttpClient, deadline: Deadline, tell: Callable[[str], None] = lambda _: None
    ) -> None:
        """Send over `http`; `tell` is called with why a query is tried again, and when."""
        self.endpoint: Endpoint = http.endpoint
        self.tell = tell
        self._http = http
        self._deadline = deadline

    def within(self, deadline: Deadline) -> "GraphQLClient":
        """Return a client over the same connection with a deadline of its own."""
        return GraphQLClient(self._http, deadline, self.tell)

    def execute(
        self,
        document: Document,
        token: Secret | None = None,
        *,
        limit: int = _LARGEST_ANSWER,
        only: str = "",
    ) -> Answer:
        """Return the whole answer, GraphQL errors included; raise any other failure.

        An answer of more than `limit` bytes is refused: some JSON needs fifty times its length.
        So is one whose data hold another name than `only`, before that is read.
        """

        def ask() -> Answer:
            answer = self._read(self._post(document, token), limit=limit, only=only)
            if answer.is_limited:
                raise failure_of(answer, document.name)
            return answer

        return self.retried(ask) if document.may_repeat else ask()

    def retried(self, call: Callable[[], _T]) -> _T:
        """Return what `call` returns, tried again where the service is busy for a moment."""
        return with_retries(call, self._deadline, self.tell)

    def stream(self, document: Document, token: Secret | None = None) -> RowStream:
        """Return the rows of a report while they arrive; the caller tries again."""
        reply = self._post(document, token)
        if not is_success(reply.head):
            raise failure_of(self._read(reply, limit=_LARGEST_ROW), document.name)
        reader = JsonReader(reply.chunks, limit=_LARGEST_REPORT, value_limit=_LARGEST_ROW)
        return RowStream(reader, reply.head, document.name)

    def head(self, document: Document) -> Head:
        """Return the status and headers of an answer, whatever they are; the body is not read."""
        return self._http.post(document.name, _body(document), _headers(None), self._deadline).head

    def _post(self, document: Document, token: Secret | None) -> Reply:
        reply = self._http.post(document.name, _body(document), _headers(token), self._deadline)
        if failure := failure_of_head(reply.head, self.endpoint.host, language=LANGUAGE):
            raise failure
        return reply

    def _read(self, reply: Reply, *, limit: int, only: str = "") -> Answer:
        """Read a whole body; where it is not GraphQL, raise what the status means."""
        answer = _answer(reply.head, _content(reply, limit=limit, only=only))
        if answer is None:
            raise failure_of_status(reply.head, self.endpoint.host, language=LANGUAGE)
        return answer


def _body(document: Document) -> bytes:
    request: dict[str, Json] = {"query": document.text}
    if document.variables:
        request["variables"] = document.variables
    if document.operation is not None:
        request["operationName"] = document.operation
    elif document.is_ours and (operation := _OPERATION.match(document.text)):
        request["operationName"] = operation[1]
    return json_text(
        request, encode_basestring_ascii
    ).encode()  # as ASCII: half a surrogate pair has no UTF-8


def _headers(token: Secret | None) -> dict[str, str]:
    headers = {
        "accept": _ACCEPT,
        "accept-encoding": "gzip",
        "content-type": "application/json",
        "user-agent": "glomex-cli",
    }
    if token is not None:
        headers["authorization"] = f"Bearer {token.reveal()}"
    return headers


def _content(reply: Reply, *, limit: int, only: str) -> Json:
    """Read the value of a body; None for a broken one under the status of a failure."""
    reader = JsonReader(reply.chunks, limit=limit)
    try:
        value = _named(reader, only) if only and reader.peek() == "{" else reader.value()
        reader.end()
    except (NetworkError, ServiceError):
        if is_success(reply.head):
            raise
        return None
    return value


def _named(reader: JsonReader, only: str) -> dict[str, Json]:
    """Read an object, whose data may hold one name alone."""
    body: dict[str, Json] = {}
    for key in reader.members():
        if key != "data" or reader.peek() != "{":
            body[key] = reader.value()
            continue
        data: dict[str, Json] = {}
        for name in reader.members():
            if name != only:
                raise ServiceError(
                    "the service sent the response to another query", "glomex status"
                )
            data[name] = reader.value()
        body[key] = data
    return body


def _answer(head: Head, body: Json) -> Answer | None:
    """Return the GraphQL answer in `body`, or None where there is none."""
    if not isinstance(body, dict) or not body.keys() & {"data", "errors"}:
        return None
    data = body.get("data")
    if data is not None and not isinstance(data, dict):
        return None
    errors = parse_errors(body.get("errors"))
    return Answer(head.status, head.headers.get("date", ""), data, errors, body)
