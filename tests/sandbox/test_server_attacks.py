"""The sandbox as a server under attack: foreign pages, floods of work, slow and many clients."""

import dataclasses
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from glomex_cli.sandbox.app import SandboxOptions, create_app, options_from
from glomex_cli.sandbox.arguments import Question
from glomex_cli.sandbox.mux.app import create_app as create_mux_app
from glomex_cli.sandbox.mux.scope import options_from as mux_options_from
from glomex_cli.sandbox.reports import Row, video_days
from glomex_cli.sandbox.resolvers import WORK_OF_A_DAY
from glomex_cli.sandbox.server import SandboxServer, serve
from glomex_cli.sandbox.sessions import Right
from glomex_cli.sandbox.variants.app import create_variant_app
from glomex_cli.sandbox.variants.arguments import OFFERED
from support.cli import Glomex
from support.servers.sandbox_client import SandboxClient

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication

pytestmark = pytest.mark.attack("R22")

QUERY = {"query": "{ __typename }"}
APPS: dict[str, "Callable[[], WSGIApplication]"] = {
    "glomex": create_app,
    "mux": create_mux_app,
    "variant": lambda: create_variant_app(OFFERED["pages"]),
}


def port_of(server: SandboxServer) -> int:
    return httpx.URL(server.url).port or 0


@pytest.fixture(scope="module", params=APPS)
def port(request: pytest.FixtureRequest) -> Iterator[int]:
    with serve(APPS[request.param]()) as server:
        yield port_of(server)


@pytest.fixture(scope="module")
def own_port() -> Iterator[int]:
    with serve(create_app()) as server:
        yield port_of(server)


def post(port: int, headers: dict[str, str]) -> httpx.Response:
    return httpx.post(
        f"http://127.0.0.1:{port}/v1", json=QUERY, headers=headers, trust_env=False, timeout=20
    )


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:{port}",
        "127.0.0.1",
        "localhost",
        "127.0.0.1:{other}",
        "localhost:{other}",
        "127.0.0.1.evil.example:{port}",
        "localhost.:{port}",
        "localhost@evil.example:{port}",
        "0.0.0.0:{port}",
        "127.0.0.2:{port}",
        "[::]:{port}",
        "",
    ],
)
def test_request_to_another_host_is_refused(port: int, host: str) -> None:
    answer = post(port, {"Host": host.format(port=port, other=port + 1)})
    assert answer.status_code == 403
    assert "Host header must be one of 127.0.0.1:" in answer.json()["errors"][0]["message"]


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "LocalHost", "[::1]"])
def test_request_to_this_machine_is_let_through(port: int, host: str) -> None:
    assert post(port, {"Host": f"{host}:{port}"}).status_code != 403


def test_host_given_twice_or_not_at_all_is_refused(own_port: int) -> None:
    for hosts in ("", f"Host: 127.0.0.1:{own_port}\r\nHost: evil.example\r\n"):
        sent = f"GET /v1 HTTP/1.1\r\n{hosts}Accept: text/html\r\n\r\n"
        assert raw(own_port, sent.encode()).startswith(b"HTTP/1.0 403 ")


@pytest.mark.parametrize(
    "origin",
    [
        "http://evil.example",
        "http://evil.example:{port}",
        "http://127.0.0.1",
        "http://localhost:{other}",
        "https://127.0.0.1:{port}",
        "http://127.0.0.1:{port}.evil.example",
        "null",
    ],
)
@pytest.mark.parametrize("method", ["POST", "GET", "OPTIONS"])
def test_request_of_a_foreign_page_is_refused(port: int, origin: str, method: str) -> None:
    answer = httpx.request(
        method,
        f"http://127.0.0.1:{port}/v1",
        headers={"Origin": origin.format(port=port, other=port + 1), "Accept": "text/html"},
        trust_env=False,
    )
    assert answer.status_code == 403
    assert not [name for name in answer.headers if name.startswith("access-control")]


@pytest.mark.parametrize("origin", ["http://127.0.0.1:{port}", "http://localhost:{port}"])
def test_request_of_the_own_page_is_let_through(port: int, origin: str) -> None:
    assert post(port, {"Origin": origin.format(port=port)}).status_code != 403


def test_refusal_reaches_a_client_that_sends_much(own_port: int) -> None:
    answer = httpx.post(
        f"http://127.0.0.1:{own_port}/v1",
        content=b"#" * 3_000_000,
        headers={"Host": "evil.example"},
        trust_env=False,
    )
    assert answer.status_code == 403


REPORT = (
    '{name}: contentOwnerAnalyticsReport(dimensions: [video, day], from: "2026-11-02", '
    'to: "{last}") {{ rows {{ {fields} }} }}'
)
# The first two weeks of 97 videos at most: some 1,300 days of a video, and as many rows.
WORK = 30_000
MUCH = "The request asks for too much: ask for fewer days, fields or reports at once."


def report(name: str, fields: str, last: str = "2026-11-15") -> str:
    return REPORT.format(name=name, fields=fields, last=last)


def answer(query: str) -> Any:
    client = SandboxClient(SandboxOptions(most_work=WORK))
    return client.ask(query, token=client.token())


def test_aliases_of_reports_share_one_bound() -> None:
    reports = [report(f"r{i}", "video") for i in range(20)]
    found = answer(f"{{ {' '.join(reports)} }}")
    kept = [name for name, rows in found["data"].items() if rows]
    assert kept == ["r0", "r1", "r2"]
    assert [each["message"] for each in found["errors"]] == [MUCH] * 17
    assert {each["extensions"]["code"] for each in found["errors"]} == {"BAD_USER_INPUT"}
    assert "errors" not in answer(f"{{ {reports[0]} }}")


def test_days_count_before_they_are_added_up() -> None:
    found = answer(f"{{ {report('long', 'video', '9999-12-31').replace('2026-11', '2000-01')} }}")
    assert (found["data"], found["errors"][0]["message"]) == ({"long": None}, MUCH)


def test_all_fields_of_all_days_of_all_videos_fit_in_once() -> None:
    everything = Question(Right.CONTENT_OWNER, "video", "day", date(1, 1, 1), date(9999, 12, 31))
    fields = len(dataclasses.fields(Row)) + 10  # labels and sums, and 10 metrics
    # In the years to come, too, when there are more days.
    days = video_days(everything, now=datetime(2028, 1, 1, tzinfo=UTC))
    assert days > 250_000
    assert days * (WORK_OF_A_DAY + fields) <= SandboxOptions().most_work


@pytest.mark.parametrize(
    ("selected", "fragments"),
    [
        (" ".join(f"f{i}: video_views" for i in range(600)), ""),
        (" ".join(f"... on ContentOwnerRow {{ f{i}: day }}" for i in range(200)), ""),
        (
            "...A",
            f"fragment A on ContentOwnerRow {{ {' '.join(f'f{i}: day' for i in range(500))} }}",
        ),
    ],
)
def test_aliases_of_fields_count_wherever_they_are_written(selected: str, fragments: str) -> None:
    found = answer(f"{{ {report('all', selected)} }} {fragments}")
    assert (found["data"], found["errors"][0]["message"]) == ({"all": None}, MUCH)


def test_fragments_within_fragments_are_counted_soon() -> None:
    doubled = " ".join(
        f"fragment F{i} on ContentOwnerRow {{ ...F{i + 1} ...F{i + 1} }}" for i in range(60)
    )
    last = "fragment F60 on ContentOwnerRow { video_views }"
    found = answer(f"{{ {report('all', '...F0')} }} {doubled} {last}")
    assert found["errors"][0]["message"] == MUCH


def test_introspection_of_introspection_is_refused() -> None:
    nested = "name"
    for _ in range(7):
        nested = f"fields {{ type {{ {nested} }} }}"
    found = answer(f"{{ __schema {{ types {{ {nested} }} }} }}")
    assert found.keys() == {"errors"}


@pytest.mark.parametrize("name", ["pages", "zero-days"])
@pytest.mark.parametrize("first", ["0001-01-01", "2020-01-01"])
def test_work_of_a_variant_is_bounded_too(name: str, first: str) -> None:
    client = SandboxClient()
    app = create_variant_app(OFFERED[name], client.clock, SandboxOptions(most_work=WORK))
    rows = "edges { node { day } }" if name == "pages" else "rows { day }"
    query = (
        f'{{ contentOwnerAnalyticsReport(dimensions: [video, day], from: "{first}", '
        f'to: "9999-12-31") {{ {rows} }} }}'
    )
    with httpx.Client(transport=httpx.WSGITransport(app=app), base_url="http://sandbox") as http:
        headers = {"Authorization": f"Bearer {client.token()}"}
        found = http.post("/v1", json={"query": query}, headers=headers).json()
    assert found["errors"][0]["message"] == MUCH


def test_rows_that_a_variant_adds_for_days_without_data_are_bounded() -> None:
    client = SandboxClient()
    app = create_variant_app(OFFERED["zero-days"], client.clock, SandboxOptions(most_work=WORK))
    query = (
        '{ publisherAnalyticsReport(dimensions: [day], from: "0001-01-01", to: "9999-12-31", '
        'filters: {video: "v-nothing"}) { rows { day } } }'
    )
    with httpx.Client(transport=httpx.WSGITransport(app=app), base_url="http://sandbox") as http:
        headers = {"Authorization": f"Bearer {client.token()}"}
        found = http.post("/v1", json={"query": query}, headers=headers).json()
    assert found["data"] == {"publisherAnalyticsReport": {"rows": []}}


def raw(port: int, sent: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", port), timeout=20) as wire:
        wire.sendall(sent)
        return b"".join(iter(lambda: wire.recv(65536), b""))


@contextmanager
def served(*, patience_s: float, connections: int = 128) -> Generator[int]:
    with SandboxServer(create_app(), 0, patience_s=patience_s, connections=connections) as server:
        yield port_of(server)


LONG_BODY = "Content-Type: application/json\r\nContent-Length: 100000"


@pytest.mark.parametrize(
    "head",
    [
        "",
        "POST /v1 HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nX: ",
        f"POST /v1 HTTP/1.1\r\nHost: 127.0.0.1:{{port}}\r\n{LONG_BODY}\r\n\r\n",
    ],
)
def test_drip_of_bytes_is_ended_at_a_time_for_the_whole_request(head: str) -> None:
    with (
        served(patience_s=1) as port,
        socket.create_connection(("127.0.0.1", port), timeout=20) as wire,
    ):
        wire.sendall(head.format(port=port).encode())
        started = time.monotonic()
        wire.settimeout(0.05)
        # A byte comes more often than a server would wait for the next.
        while (took_s := time.monotonic() - started) < 30:
            try:
                wire.sendall(b"x")
                if not wire.recv(65536):
                    break
            except TimeoutError:
                continue
            except OSError:
                break
    assert 0.9 < took_s < 15


def test_client_that_takes_no_answer_is_ended() -> None:
    big = b'{"query": "{ __schema { types { name description fields { name } } } }"}'
    with (
        served(patience_s=0.5, connections=1) as port,
        socket.socket() as wire,
    ):
        wire.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1024)
        wire.connect(("127.0.0.1", port))
        wire.sendall(
            b"POST /v1 HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nContent-Type: application/json\r\n"
            b"Content-Length: %d\r\n\r\n%b" % (port, len(big), big)
        )
        assert post(port, {}).status_code == 200


def test_slow_clients_of_any_number_leave_room_for_the_next() -> None:
    with served(patience_s=600, connections=20) as port, ExitStack() as held:
        for _ in range(100):
            wire = held.enter_context(socket.create_connection(("127.0.0.1", port), timeout=20))
            wire.sendall(b"POST /v1 HTTP/1.1\r\nX: ")
        for _ in range(5):
            assert post(port, {}).status_code == 200


def test_more_work_than_there_is_room_for_is_refused_not_queued() -> None:
    app = create_app(SandboxOptions(delay_s=4))
    with SandboxServer(app, 0, connections=2) as server, ThreadPoolExecutor(3) as pool:
        asked = [pool.submit(post, port_of(server), {}) for _ in range(3)]
        statuses = sorted(each.result().status_code for each in asked)
    assert statuses == [200, 200, 503]


@pytest.mark.parametrize(
    "changes",
    [
        {"delay_s": float("nan")},
        {"delay_s": float("inf")},
        {"delay_s": -1.0},
        {"delay_s": 1e300},
        {"token_life_s": -1},
        {"token_life_s": 10**30},
        {"challenge_life_s": 10**30},
    ],
)
def test_options_that_make_no_sense_are_refused_where_they_are_made(
    changes: dict[str, Any],
) -> None:
    with pytest.raises(ValueError, match="must be from 0 to"):
        SandboxOptions(**changes)


@pytest.mark.parametrize("name", ["DELAY", "TOKEN_LIFE", "CHALLENGE_LIFE"])
@pytest.mark.parametrize("value", ["nan", "-inf", "-0.1", "1e300", "9" * 5000, "0x10", "١٢e9"])
def test_variables_that_make_no_sense_are_refused(name: str, value: str) -> None:
    with pytest.raises(ValueError, match=f"GLOMEX_SANDBOX_{name} must be a number of seconds"):
        options_from({f"GLOMEX_SANDBOX_{name}": value})


@pytest.mark.parametrize("name", ["THROTTLE", "RETENTION_DAYS"])
@pytest.mark.parametrize("value", ["-1", "1.5", "9" * 5000, "nan", "١٢"])
def test_variables_of_mux_that_make_no_sense_are_refused(name: str, value: str) -> None:
    with pytest.raises(ValueError, match=f"GLOMEX_SANDBOX_{name} must be a whole number"):
        mux_options_from({f"GLOMEX_SANDBOX_{name}": value})


@pytest.mark.parametrize("port", [-1, 65536, 10**20])
def test_port_that_no_machine_has_is_refused(port: int) -> None:
    with pytest.raises(ValueError, match="from 0 to 65535"):
        serve(create_app(), port=port)


@pytest.mark.parametrize(
    ("options", "environ", "code"),
    [
        (["--port", "-1"], {}, 2),
        (["--port", "65536"], {}, 2),
        (["--port", "http"], {}, 2),
        (["--port", "9" * 5000], {}, 2),
        (["--delay", "nan"], {}, 2),
        (["--delay", "inf"], {}, 2),
        (["--delay", "-1"], {}, 2),
        (["--delay", "1e300"], {}, 2),
        (["--token-life", "-1"], {}, 2),
        (["--token-life", "9" * 30], {}, 2),
        (["--token-life", "1.5"], {}, 2),
        (["--variant", "nothing"], {}, 2),
        (["--service", "nothing"], {}, 2),
        ([], {"GLOMEX_SANDBOX_DELAY": "nan"}, 2),
        ([], {"GLOMEX_SANDBOX_TOKEN_LIFE": "-5"}, 2),
        ([], {"GLOMEX_SANDBOX_TOKEN_LIFE": "9" * 30}, 2),
        ([], {"GLOMEX_SANDBOX_INTROSPECTION": "perhaps"}, 2),
        ([], {"GLOMEX_SANDBOX_CHALLENGE_LIFE": "inf"}, 9),
        ([], {"GLOMEX_SANDBOX_EXCLUSIVE_TO": "2"}, 9),
        (["--service", "mux"], {"GLOMEX_SANDBOX_THROTTLE": "-1"}, 9),
        (["--service", "mux"], {"GLOMEX_SANDBOX_RETENTION_DAYS": "9" * 5000}, 9),
        (["--service", "mux"], {"GLOMEX_SANDBOX_STRINGS": "perhaps"}, 9),
    ],
)
def test_odd_options_are_refused_before_anything_is_served(
    cli: Glomex,
    monkeypatch: pytest.MonkeyPatch,
    options: list[str],
    environ: dict[str, str],
    code: int,
) -> None:
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    done = cli("sandbox", "serve", *options)
    assert (done.code, done.out) == (code, "")
    assert done.err.startswith("error: ")


@pytest.mark.process
@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_ctrl_c_leaves_at_once_whatever_clients_do() -> None:
    command = [sys.executable, "-m", "glomex_cli", "sandbox", "serve", "--delay", "600"]
    with (
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process,
        ExitStack() as held,
    ):
        assert process.stdout is not None
        port = int(process.stdout.readline().rsplit(b":", 1)[1].split(b"/")[0])
        for sent in (b"", b"POST /v1 HTTP/1.1\r\nX: "):
            wire = held.enter_context(socket.create_connection(("127.0.0.1", port)))
            wire.sendall(sent)
        body = json.dumps(QUERY).encode()
        busy = held.enter_context(socket.create_connection(("127.0.0.1", port)))
        busy.sendall(
            b"POST /v1 HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nContent-Type: application/json\r\n"
            b"Content-Length: %d\r\n\r\n%b" % (port, len(body), body)
        )
        os.kill(process.pid, signal.SIGINT)
        started = time.monotonic()
        assert process.wait(timeout=20) == 130
        assert time.monotonic() - started < 5
        with socket.socket() as again:
            again.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            again.bind(("127.0.0.1", port))
