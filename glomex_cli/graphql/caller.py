"""The GraphQL caller: POST a document, judge the HTTP side, give the answer or its rows."""

import json
from dataclasses import dataclass, field

from glomex_cli.deadline import Deadline
from glomex_cli.graphql.answer import Answer, failure_of, parse_errors
from glomex_cli.graphql.http_status import failure_of_head, failure_of_status, is_success
from glomex_cli.graphql.json_reader import Json, JsonReader
from glomex_cli.graphql.row_stream import RowStream
from glomex_cli.models import Secret
from glomex_cli.wire.client import Reply, Wire
from glomex_cli.wire.post import Head

# GraphQL over HTTP, section 5.2: the new media type first, the old one for servers that lack it.
_ACCEPT = "application/graphql-response+json, application/json;q=0.9"
_LARGEST_ANSWER = 16 * 1024 * 1024
_LARGEST_REPORT = 4 * 1024 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Document:
    """A query or mutation. Its text may hold a password, so it is never shown or logged."""

    name: str
    text: str = field(repr=False)
    variables: dict[str, Json] | None = field(default=None, repr=False)


class GraphQLCaller:
    """Speaks GraphQL with one endpoint, each call within what is left of one deadline."""

    def __init__(self, wire: Wire, deadline: Deadline) -> None:
        self.endpoint = wire.endpoint
        self._wire = wire
        self._deadline = deadline

    def ask(self, document: Document, token: Secret | None = None) -> Answer:
        """Give the whole answer, GraphQL errors included; raises for any other failure."""
        return self._read(self._post(document, token))

    def stream(self, document: Document, token: Secret | None = None) -> RowStream:
        """Give the rows of a report while they arrive."""
        reply = self._post(document, token)
        if not is_success(reply.head):
            raise failure_of(self._read(reply), document.name)
        return RowStream(JsonReader(reply.chunks, limit=_LARGEST_REPORT), reply.head)

    def _post(self, document: Document, token: Secret | None) -> Reply:
        reply = self._wire.post(document.name, _body(document), _headers(token), self._deadline)
        if failure := failure_of_head(reply.head, self.endpoint.host):
            raise failure
        return reply

    def _read(self, reply: Reply) -> Answer:
        """Read a body whole; where it is not GraphQL, the status speaks."""
        reader = JsonReader(reply.chunks, limit=_LARGEST_ANSWER)
        body = reader.value()
        reader.end()
        answer = _answer(reply.head, body)
        if answer is None:
            raise failure_of_status(reply.head, self.endpoint.host)
        return answer


def _body(document: Document) -> bytes:
    request: dict[str, Json] = {"query": document.text}
    if document.variables:
        request["variables"] = document.variables
    return json.dumps(request, ensure_ascii=False).encode()


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


def _answer(head: Head, body: Json) -> Answer | None:
    """Give the GraphQL answer in `body`, or None where there is none."""
    if not isinstance(body, dict) or not body.keys() & {"data", "errors"}:
        return None
    data = body.get("data")
    if data is not None and not isinstance(data, dict):
        return None
    return Answer(head.status, head.headers.get("date", ""), data, parse_errors(body.get("errors")))
