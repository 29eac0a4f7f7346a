"""No part of an answer passes for the whole: not over the http, and not behind it."""

import gzip
import json
from collections.abc import Iterable
from itertools import chain

import pytest

from glomex_cli.concurrency import Deadline
from glomex_cli.config.endpoint import parse_endpoint
from glomex_cli.errors import NetworkError, ServiceError
from glomex_cli.http.client import HttpClient
from glomex_cli.http.json_stream import JsonReader
from glomex_cli.http.request import BrokenStreamError, Head, inflate
from glomex_cli.models import Json
from glomex_cli.services.graphql.client import Document, GraphQLClient
from glomex_cli.services.graphql.response import RowStream
from support.servers.fault_answers import Framing, broken, cut, http, whole, zipped
from support.servers.fault_server import FaultServer

pytestmark = pytest.mark.fault("F31")

DOCUMENT = Document("report", "{ report }")
ROW: Json = {"day": "2025-06-01", "video_views": 120}


def body(rows: list[Json], **more: Json) -> Json:
    return {"data": {"report": {"rows": rows}}, **more}


SHORT = body([ROW, {"day": "Süd", "video_views": None}])
BODIES: dict[str, Json] = {
    "rows": SHORT,
    "no rows": body([]),
    "bare list": {"data": {"report": [ROW]}},
    "partial": body([ROW, {}], errors=[{"message": "no \u2028", "path": ["report", "rows", 1]}]),
    "errors first": {"errors": [{"message": "😀"}], "data": {"report": {"rows": [ROW]}}},
    "extras": body([{"a": {"b": "},]"}, "c": [1.5, -2e3, True, ""]}], extensions={"cost": 0.1}),
}


PLAIN = {f"plain, {each}": http(200, body=SHORT, framing=each) for each in Framing}
ANSWERS = PLAIN | {f"gzip, {each}": zipped(SHORT, framing=each) for each in Framing}


def rows(client: GraphQLClient) -> list[Json]:
    return list(chain.from_iterable(client.stream(DOCUMENT).batches()))


@pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS)
def test_no_cut_of_an_answer_reads_as_whole(answer: bytes) -> None:
    with FaultServer(whole(answer)) as server:
        http_client = HttpClient(parse_endpoint(server.url))
        assert len(rows(GraphQLClient(http_client, Deadline(60)))) == 2
        client = GraphQLClient(http_client, Deadline(60))
        for at in range(len(answer)):
            server.script = cut(answer, at)
            with pytest.raises(NetworkError):
                rows(client)
        assert len(server.requests) == len(answer) + 1


@pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS)
def test_no_broken_connection_reads_as_whole(answer: bytes) -> None:
    with FaultServer(whole(answer)) as server:
        client = GraphQLClient(HttpClient(parse_endpoint(server.url)), Deadline(60))
        for at in range(0, len(answer), 10):
            server.script = broken(answer, at)
            with pytest.raises(NetworkError):
                rows(client)


def read(chunks: Iterable[bytes]) -> list[Json]:
    reader = JsonReader(chunks, limit=2**20)
    return list(chain.from_iterable(RowStream(reader, Head(200, {}), "report").batches()))


def pieces(data: bytes, size: int) -> Iterable[bytes]:
    return (data[at : at + size] for at in range(0, len(data), size))


@pytest.mark.parametrize("size", [1, 3, 16, 1000])
@pytest.mark.parametrize("content", BODIES.values(), ids=BODIES)
def test_no_cut_of_a_body_reads_as_whole(content: Json, size: int) -> None:
    data = json.dumps(content, ensure_ascii=False).encode()
    read(pieces(data, size))
    for at in range(len(data)):
        with pytest.raises((NetworkError, ServiceError)):
            read(pieces(data[:at], size))


@pytest.mark.parametrize("content", BODIES.values(), ids=BODIES)
def test_no_cut_of_a_compressed_body_reads_as_whole(content: Json) -> None:
    data = gzip.compress(json.dumps(content).encode(), mtime=0)
    read(inflate([data]))
    for at in range(len(data)):
        with pytest.raises((NetworkError, BrokenStreamError)):
            read(inflate([data[:at]]))


@pytest.mark.parametrize("content", BODIES.values(), ids=BODIES)
def test_no_lost_byte_of_a_compressed_body_goes_unnoticed(content: Json) -> None:
    data = gzip.compress(json.dumps(content).encode(), mtime=0)
    for at in range(10, len(data)):
        with pytest.raises((NetworkError, ServiceError, BrokenStreamError)):
            read(inflate([data[:at] + data[at + 1 :]]))
