"""One http, many requests: what it tells of them, and what it leaves behind."""

import threading
from concurrent.futures import ThreadPoolExecutor
from wsgiref.types import StartResponse, WSGIEnvironment

import pytest

from glomex_cli.concurrency import Deadline
from glomex_cli.config.endpoint import SANDBOX, parse_endpoint
from glomex_cli.errors import GlomexError, NetworkError
from glomex_cli.http.client import HttpClient
from glomex_cli.http.request import Message
from glomex_cli.interfaces import Exchange
from glomex_cli.models import Secret
from glomex_cli.sandbox.app import create_app
from glomex_cli.services.graphql.client import Document, GraphQLClient
from support.servers.fault_answers import HTML, JSON, http, whole
from support.servers.fault_server import FaultServer, Peer
from support.servers.network import (
    ANSWER,
    CODE,
    LOGIN,
    PASSWORD,
    TOKEN,
    Hourglass,
    failure_of,
    report,
)
from support.servers.recorded_app import RecordedApp

DOCUMENT = Document("createSession", f'{{ x(login: "{LOGIN}", password: "{PASSWORD}") }}')


def test_observer_hears_of_each_exchange_and_no_secret() -> None:
    heard = list[Exchange]()
    answer = http(401, "X-Request-Id: r-1", f"Set-Cookie: s={CODE}", body=ANSWER)
    with FaultServer(whole(answer)) as server:
        http_client = HttpClient(parse_endpoint(server.url), observe=heard.append)
        GraphQLClient(http_client, Deadline(5)).execute(DOCUMENT, Secret(TOKEN))
    (exchange,) = heard
    assert (exchange.host, exchange.operation, exchange.status, exchange.request_id) == (
        "127.0.0.1", "createSession", 401, "r-1"
    )  # fmt: skip
    assert 0 < exchange.seconds < 5
    assert not any(secret in repr(exchange) for secret in (PASSWORD, TOKEN, CODE, LOGIN))


def test_id_of_a_request_stays_short() -> None:
    heard = list[Exchange]()
    with FaultServer(whole(http(200, f"X-Request-Id: {'x' * 9000}", body=ANSWER))) as server:
        http_client = HttpClient(parse_endpoint(server.url), observe=heard.append)
        GraphQLClient(http_client, Deadline(5)).execute(DOCUMENT)
    assert len(heard[0].request_id) <= 100


def test_message_shows_nothing_of_what_it_holds() -> None:
    assert "canary" not in repr(Message(b"canary", {"authorization": "canary"}))
    assert "canary" not in repr(Document("query", "canary", {"canary": "canary"}))


def test_the_observer_hears_of_an_answer_before_its_body_has_come() -> None:
    told, seen = threading.Event(), list[bool]()

    def patiently(peer: Peer) -> None:
        head, blank, body = http(200, body=ANSWER).partition(b"\r\n\r\n")
        peer.send(head + blank)
        seen.append(told.wait(3))
        peer.send(body)

    with FaultServer(patiently) as server:
        http_client = HttpClient(parse_endpoint(server.url), observe=lambda _: told.set())
        assert GraphQLClient(http_client, Deadline(5)).execute(DOCUMENT).data
    assert seen == [True]


def test_nothing_is_sent_once_time_is_up() -> None:
    app = RecordedApp(create_app())
    client = GraphQLClient(HttpClient(parse_endpoint(SANDBOX), app=app), Deadline(0))
    with pytest.raises(NetworkError, match="timed out"):
        client.execute(DOCUMENT)
    for thread in threading.enumerate():
        if thread.daemon:
            thread.join(0.2)
    assert app.exchanges == []


def test_answer_that_is_not_read_is_let_go_by_the_deadline() -> None:
    let_go = threading.Event()
    deadline = Hourglass()

    def page(peer: Peer) -> None:
        try:
            deadline.spend()
            peer.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
            peer.flood(b"x" * 2**16)
        finally:
            let_go.set()

    with FaultServer(page) as server:
        failure_of(report, server.url, deadline=deadline)
        assert let_go.wait(10)


def test_threads_may_share_a_client() -> None:
    with FaultServer(whole(http(200, body=ANSWER))) as server:
        http_client = HttpClient(parse_endpoint(server.url))
        with ThreadPoolExecutor(8) as pool:
            asked = [
                pool.submit(GraphQLClient(http_client, Deadline(10)).execute, DOCUMENT)
                for _ in range(40)
            ]
        assert all(each.result().data == ANSWER["data"] for each in asked)
    assert len(server.requests) == 40


def test_application_in_this_process_answers_without_a_socket() -> None:
    http_client = HttpClient(parse_endpoint(SANDBOX), app=create_app())
    answer = GraphQLClient(http_client, Deadline(5)).execute(Document("type", "{ __typename }"))
    assert answer.data == {"__typename": "Query"}


@pytest.mark.parametrize("kind", [HTML, JSON])
def test_reason_phrase_is_never_shown(kind: str) -> None:
    start = b"HTTP/1.1 500 canary \x1b[2J\r\n"
    answer = start + http(200, kind=kind).split(b"\r\n", 1)[1]
    with FaultServer(whole(answer)) as server:
        error: GlomexError = failure_of(report, server.url)
    assert "canary" not in error.message
    assert error.message.isprintable()


def test_fault_of_an_application_in_this_process_is_not_taken_for_one_of_the_network() -> None:
    def app(_: WSGIEnvironment, __: StartResponse) -> list[bytes]:
        raise KeyError("canary")

    with pytest.raises(KeyError):
        GraphQLClient(HttpClient(parse_endpoint(SANDBOX), app=app), Deadline(5)).execute(DOCUMENT)


def test_a_question_of_get_has_its_path_and_query_below_the_endpoint_and_no_body() -> None:
    heard = list[Exchange]()
    with FaultServer(whole(http(200, body=ANSWER))) as server:
        http_client = HttpClient(parse_endpoint(server.url), observe=heard.append)
        http_client.get("views", "/data?a%5B%5D=1", {}, Deadline(5))
    (request,) = server.requests
    assert (request.method, request.target, request.body) == ("GET", "/v1/data?a%5B%5D=1", b"")
    assert (heard[0].method, heard[0].operation) == ("GET", "views")
