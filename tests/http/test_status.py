"""A look at the head of an answer asks a real question, and leaves the body unread."""

import json

from glomex_cli.concurrency import Deadline
from glomex_cli.config.endpoint import parse_endpoint
from glomex_cli.http.client import HttpClient
from glomex_cli.services.graphql.client import Document, GraphQLClient
from support.servers.fault_answers import HTML, http, whole
from support.servers.fault_server import FaultServer


def test_head_is_asked_for_like_any_answer_and_given_whatever_it_is() -> None:
    names: list[str] = []
    with FaultServer(whole(http(404, body="<h1>", kind=HTML))) as server:
        http_client = HttpClient(
            parse_endpoint(server.url), observe=lambda exchange: names.append(exchange.operation)
        )
        head = GraphQLClient(http_client, Deadline(5)).head(Document("Name", "{ __typename }"))
    (request,) = server.requests
    assert (head.status, head.headers["content-type"]) == (404, HTML)
    assert json.loads(request.body) == {"query": "{ __typename }"}
    assert request.headers["content-type"] == "application/json"
    assert "authorization" not in request.headers
    assert names == ["Name"]
